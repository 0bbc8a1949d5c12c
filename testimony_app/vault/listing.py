# SPDX-License-Identifier: Apache-2.0
"""The SQL that lists testimonies: pages of rows, codes, the people they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.listing import Page, Row
from testimony_app.model.person import NamedPerson
from testimony_app.model.testimony import State
from testimony_app.vault.columns import listed
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound

_ROW = (
    "testimony.id, code, state, kind, languages, seconds, word_count, created, pseudonym, remark, signer,"
    " coalesce((SELECT max(carried_at) FROM bundle WHERE bundle.testimony = testimony.id), '')"
)


class Listing:
    """Testimonies as lists show them."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def rows(self, offset: int = 0, limit: int = 100, *, state: State | None = None, text: str = "") -> Page:
        """Return a page of the list, newest first; `text` is found in code, title and pseudonym."""
        clauses, values = [], list[Any]()
        if state is not None:
            clauses.append("state = ?")
            values.append(state)
        if text:
            clauses.append("instr(lower(code || char(10) || title || char(10) || pseudonym), lower(?)) > 0")
            values.append(text)
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        total = int(self._database.value(f"SELECT count(*) FROM testimony{where}", values))  # noqa: S608
        sql = f"SELECT {_ROW} FROM testimony{where} ORDER BY created DESC, testimony.id LIMIT ? OFFSET ?"  # noqa: S608
        found = tuple(listed(row) for row in self._database.rows(sql, (*values, limit, offset)))
        return Page(rows=found, total=total, more=offset + len(found) < total)

    def row(self, testimony: str) -> Row:
        """Return one testimony as a list shows it. Raises NotFound."""
        found = self._database.row(f"SELECT {_ROW} FROM testimony WHERE id = ?", (testimony,))  # noqa: S608
        if found is None:
            raise NotFound(what="testimony")
        return listed(found)

    def people(self) -> Iterator[tuple[TestimonyId, Code, tuple[NamedPerson, ...]]]:
        """Yield the people each testimony names, for those that name any."""
        sql = "SELECT id, code, people FROM testimony WHERE people != '[]' ORDER BY id"
        decoder = msgspec.json.Decoder(tuple[NamedPerson, ...])
        for identifier, code, body in self._database.each(sql):
            yield TestimonyId(identifier), Code(code), decoder.decode(body)

    def codes(self, state: State | None = None) -> tuple[Code, ...]:
        """Return all codes, oldest first, or those in one state."""
        where, values = (" WHERE state = ?", (state,)) if state else ("", ())
        rows = self._database.rows(f"SELECT code FROM testimony{where} ORDER BY created, id", values)  # noqa: S608
        return tuple(Code(row[0]) for row in rows)
