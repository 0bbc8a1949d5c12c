# SPDX-License-Identifier: Apache-2.0
"""The SQL for written testimonies: every version that was kept, the newest first in line.

A draft is saved every few seconds of typing. Saves within one sitting replace the version at hand; `new_version`
keeps what stands and goes on under the next number.
"""

from __future__ import annotations

from testimony_app.clock import Clock, stamp
from testimony_app.model.testimony import Statement
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound


class Statements:
    """The written statements of all testimonies."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on this database."""
        self._database = database
        self._clock = clock

    def save(self, testimony: str, text: str, language: str, *, new_version: bool = True) -> Statement:
        """Keep a text, as a version of its own or in place of the newest, and return it. Raises NotFound."""
        with self._database.transaction():
            latest = self.latest(testimony)
            if latest is not None and (latest.text, latest.language) == (text, language):
                return latest
            version = 1 if latest is None else latest.version + int(new_version)
            now = stamp(self._clock.now())
            statement = Statement(text=text, language=language, version=version, saved_at=now)
            self.add(testimony, statement)
        return statement

    def add(self, testimony: str, statement: Statement) -> None:
        """Write one version, over the one with its number if there is one. Raises NotFound."""
        with self._database.transaction():
            words = len(statement.text.split())
            sql = "UPDATE testimony SET word_count = ? WHERE id = ?"
            if not self._database.execute(sql, (words, testimony)):
                raise NotFound(what="testimony")
            sql = (
                "INSERT OR REPLACE INTO statement (testimony, version, language, saved_at, text) VALUES (?, ?, ?, ?, ?)"
            )
            row = (testimony, statement.version, statement.language, statement.saved_at, statement.text)
            self._database.execute(sql, row)

    def latest(self, testimony: str) -> Statement | None:
        """Return the newest version, if anything was written."""
        found = self.history(testimony, limit=1)
        return found[0] if found else None

    def history(self, testimony: str, *, limit: int = 1000) -> tuple[Statement, ...]:
        """Return the versions, newest first."""
        sql = (
            "SELECT text, language, version, saved_at FROM statement WHERE testimony = ? ORDER BY version DESC LIMIT ?"
        )
        rows = self._database.rows(sql, (testimony, limit))
        return tuple(Statement(text=row[0], language=row[1], version=row[2], saved_at=row[3]) for row in rows)
