# SPDX-License-Identifier: Apache-2.0
"""Applies the numbered .sql files that have not been applied.

Each file runs in one transaction together with the note that it ran (`PRAGMA user_version`), so a power cut
leaves either all of it or none.
"""

from __future__ import annotations

import re
from importlib import resources

from testimony_app.vault.database import Database
from testimony_app.vault.errors import VaultTooNew

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


def migrations() -> list[tuple[int, str]]:
    """Return every migration's number and text, in order."""
    folder = resources.files("testimony_app.vault") / "migrations"
    found = []
    for entry in folder.iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            found.append((int(match[1]), entry.read_text(encoding="utf-8")))
    return sorted(found)


def newest() -> int:
    """Return the number of the newest migration this program knows."""
    return migrations()[-1][0]


def migrate(database: Database) -> int:
    """Bring the database to this program's shape and return how many migrations ran.

    Raises VaultTooNew when a newer program was here before.
    """
    done = int(database.value("PRAGMA user_version"))
    known = migrations()
    if done > known[-1][0]:
        raise VaultTooNew(version=done)
    todo = [(number, text) for number, text in known if number > done]
    for number, text in todo:
        with database.transaction():
            for statement in _statements(text):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")
    return len(todo)


def _statements(text: str) -> list[str]:
    """Split a script into statements; a trigger's body holds semicolons, so ask SQLite where one ends."""
    from sqlcipher3.dbapi2 import complete_statement  # noqa: PLC0415

    found, collected = [], ""
    for line in text.splitlines(keepends=True):
        collected += line
        if complete_statement(collected):
            found.append(collected)
            collected = ""
    return found
