# SPDX-License-Identifier: Apache-2.0
"""The full-text tables and the queries on them.

Two indexes stand over the parts of each testimony (a statement, a note, a line of a transcript, a person's names):
`words` over folded text, found by whole words and by how they begin, and `letters` over folded text without its
spaces, found by any three letters in a row. Folding and the search language are `archive`'s; here are only the
tables. What is deleted leaves no trace in the index (`secure-delete`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from testimony_app.model.ids import Code, TestimonyId
from testimony_app.vault.database import Database

WORDS, LETTERS = "words", "letters"
_TABLES = {WORDS: "part_words", LETTERS: "part_letters"}

Part = tuple[str, float | None, str, str, str]
"""Kind, seconds into the recording if it has a time, text as it is, folded, folded without spaces."""


class IndexHit(msgspec.Struct, frozen=True):
    """A part of a testimony in which something was found; `rank` is smaller the better it fits."""

    part: int
    testimony: TestimonyId
    code: Code
    kind: str
    seconds: float | None
    raw: str
    loose: str
    rank: float


class SearchIndex:
    """The index of one vault."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._database = database

    def put(self, testimony: str, parts: Iterable[Part]) -> None:
        """Make these parts what a testimony is found by, instead of what was there before."""
        rows = [(testimony, *part) for part in parts]
        with self._database.transaction():
            self.remove(testimony)
            sql = "INSERT INTO part (testimony, kind, seconds, raw, loose, joined) VALUES (?, ?, ?, ?, ?, ?)"
            self._database.execute_many(sql, rows)

    def remove(self, testimony: str) -> None:
        """Let a testimony be found no more."""
        self._database.execute("DELETE FROM part WHERE testimony = ?", (testimony,))

    def search(
        self, match: str, *, index: str = WORDS, limit: int = 50, offset: int = 0, kinds: Sequence[str] = ()
    ) -> list[IndexHit]:
        """Return the parts that an FTS5 expression matches, best first."""
        table = _TABLES[index]
        clause, values = _among(kinds)
        joined = f" JOIN part ON part.id = {table}.rowid" if kinds else ""
        # The best are picked before their words are fetched: a word that stands everywhere has thousands of parts.
        sql = (
            "SELECT part.id, testimony, code, part.kind, part.seconds, raw, part.loose, best.rank"  # noqa: S608
            f" FROM (SELECT {table}.rowid AS id, rank FROM {table}{joined} WHERE {table} MATCH ?{clause}"
            f" ORDER BY rank, {table}.rowid LIMIT ? OFFSET ?) AS best"
            " JOIN part ON part.id = best.id JOIN testimony ON testimony.id = part.testimony"
            " ORDER BY best.rank, part.id"
        )
        return [IndexHit(*row) for row in self._database.rows(sql, (match, *values, limit, offset))]

    def count(self, match: str, *, index: str = WORDS, kinds: Sequence[str] = ()) -> int:
        """Return how many parts an FTS5 expression matches."""
        table = _TABLES[index]
        clause, values = _among(kinds)
        join = f" JOIN part ON part.id = {table}.rowid" if kinds else ""
        sql = f"SELECT count(*) FROM {table}{join} WHERE {table} MATCH ?{clause}"  # noqa: S608  (our own names)
        return int(self._database.value(sql, (match, *values)))

    def testimonies(self, match: str, *, index: str = WORDS, kinds: Sequence[str] = ()) -> list[TestimonyId]:
        """Return which testimonies have a part that an FTS5 expression matches."""
        table = _TABLES[index]
        clause, values = _among(kinds)
        sql = (
            f"SELECT DISTINCT testimony FROM {table} JOIN part ON part.id = {table}.rowid"  # noqa: S608
            f" WHERE {table} MATCH ?{clause}"
        )
        return [TestimonyId(row[0]) for row in self._database.rows(sql, (match, *values))]

    def testimonies_in_either(self, words: str, letters: str) -> list[TestimonyId]:
        """Return which testimonies have a part that the one expression matches by words, or the other by letters."""
        sql = (
            "SELECT DISTINCT testimony FROM part WHERE id IN (SELECT rowid FROM part_words WHERE part_words MATCH ?"
            " UNION SELECT rowid FROM part_letters WHERE part_letters MATCH ?)"
        )
        return [TestimonyId(row[0]) for row in self._database.rows(sql, (words, letters))]

    def parts(self, kinds: Sequence[str] = ()) -> Iterator[tuple[TestimonyId, str, float | None, str, str, str]]:
        """Yield every part as it was put, with its testimony: all of them, or those of some kinds."""
        clause, values = _among(kinds)
        sql = f"SELECT testimony, kind, seconds, raw, loose, joined FROM part WHERE 1{clause} ORDER BY id"  # noqa: S608
        for row in self._database.each(sql, values):
            yield TestimonyId(row[0]), row[1], row[2], row[3], row[4], row[5]

    def compact(self) -> None:
        """Merge what many additions left in pieces; worth doing after a large import."""
        with self._database.transaction():
            for table in _TABLES.values():
                self._database.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def _among(kinds: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    if not kinds:
        return "", ()
    return f" AND part.kind IN ({', '.join('?' * len(kinds))})", tuple(kinds)
