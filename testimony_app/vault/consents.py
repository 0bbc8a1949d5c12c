# SPDX-License-Identifier: Apache-2.0
"""The SQL for consents and their withdrawal: events that are only ever added, each also sealed into the custody log."""

from __future__ import annotations

from testimony_app.model.consent import ConsentEvent, ConsentState, current
from testimony_app.vault.columns import digest, text, value
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database


class Consents:
    """The consent events of all testimonies."""

    def __init__(self, database: Database, custody: Custody) -> None:
        """Work on this database."""
        self._database = database
        self._custody = custody

    def add(self, testimony: str, event: ConsentEvent) -> None:
        """Add an event after the others, with its digest in the custody log, in one transaction."""
        with self._database.transaction():
            body = text(event)
            sql = (
                "INSERT INTO consent (testimony, position, id, body)"
                " SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3 FROM consent WHERE testimony = ?1"
            )
            self._database.execute(sql, (testimony, event.id, body))
            facts = {"kind": str(event.kind), "row": f"consent/{event.id}", "value": digest(testimony, event.id, body)}
            self._custody.append("consent", testimony, **facts)

    def of(self, testimony: str) -> tuple[ConsentEvent, ...]:
        """Return a testimony's consent events in their order."""
        rows = self._database.rows("SELECT body FROM consent WHERE testimony = ? ORDER BY position", (testimony,))
        return tuple(value(row[0], ConsentEvent) for row in rows)

    def state(self, testimony: str) -> ConsentState:
        """Return what holds now."""
        return current(self.of(testimony))
