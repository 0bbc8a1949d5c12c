# SPDX-License-Identifier: Apache-2.0
"""The SQL for what the interviewer wrote or marked."""

from __future__ import annotations

import msgspec

from testimony_app.model.testimony import Note
from testimony_app.vault.columns import text, value
from testimony_app.vault.database import Database


class Notes:
    """The notes of all testimonies."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._database = database

    def add(self, testimony: str, note: Note) -> None:
        """Put a note after the others."""
        sql = (
            "INSERT INTO note (id, testimony, position, body)"
            " SELECT ?1, ?2, coalesce(max(position), 0) + 1, ?3 FROM note WHERE testimony = ?2"
        )
        self._database.execute(sql, (note.id, testimony, text(note)))

    def replace(self, note: Note) -> None:
        """Write a note anew in its place."""
        self._database.execute("UPDATE note SET body = ? WHERE id = ?", (text(note), note.id))

    def remove(self, note: str) -> None:
        """Remove a note."""
        self._database.execute("DELETE FROM note WHERE id = ?", (note,))

    def of(self, testimony: str) -> tuple[Note, ...]:
        """Return a testimony's notes in the order they were made."""
        rows = self._database.rows("SELECT body FROM note WHERE testimony = ? ORDER BY position", (testimony,))
        return tuple(value(row[0], Note) for row in rows)

    def end_at(self, note: Note, until_seconds: float) -> Note:
        """Let a marked passage end here and return the note as it now stands."""
        ended = msgspec.structs.replace(note, until_seconds=until_seconds)
        self.replace(ended)
        return ended
