# SPDX-License-Identifier: Apache-2.0
"""Destroying a testimony, or all that could be read of it: rows and keys in one transaction, then the files.

What is dropped is overwritten in the database file (`secure_delete`); `Vault.shred` then empties the write-ahead
log, and `Vault.rotate` writes the database anew under a fresh key. On an SSD the drive may still hold old pages
that only the old database key opens: the only sure deletion is never to have held the key.
"""

from __future__ import annotations

from testimony_app.model.ids import BlobId
from testimony_app.vault.blobs import Blobs
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound

_CONTENT = ("identity", "recording", "note", "statement", "attachment", "consent", "part")


def forget_content(database: Database, custody: Custody, blobs: Blobs, testimony: str) -> None:
    """Destroy everything that could be read of a testimony, and keep its code, state, dates, languages and length."""
    with database.transaction():
        mine = blobs_of(database, testimony)
        gone = _consents(database, testimony)
        for table in _CONTENT:
            database.execute(f"DELETE FROM {table} WHERE testimony = ?", (testimony,))  # noqa: S608  (our own names)
        sql = (
            "UPDATE testimony SET title = '', pseudonym = '', witness = '{}', session = '{}', people = '[]',"
            " places = '[]' WHERE id = ?"
        )
        if not database.execute(sql, (testimony,)):
            raise NotFound(what="testimony")
        blobs.delete(mine)
        custody.append("content_destroyed", testimony, blobs=len(mine), without=gone)


def erase(database: Database, custody: Custody, blobs: Blobs, testimony: str, reason: str) -> None:
    """Destroy a testimony; a line in the custody log with its code and the reason is all that stays."""
    with database.transaction():
        code = database.value("SELECT code FROM testimony WHERE id = ?", (testimony,))
        if code is None:
            raise NotFound(what="testimony")
        mine = blobs_of(database, testimony)
        gone = [f"state/{testimony}", *_consents(database, testimony)]
        database.execute("DELETE FROM testimony WHERE id = ?", (testimony,))
        blobs.delete(mine)
        custody.append("erased", testimony, code=code, reason=reason, blobs=len(mine), without=gone)


def blobs_of(database: Database, testimony: str) -> list[BlobId]:
    """Return every blob that a testimony holds or was promised."""
    sql = (
        "SELECT blob FROM segment JOIN recording ON recording.id = recording WHERE testimony = ?1"
        " UNION SELECT blob FROM slot JOIN recording ON recording.id = recording WHERE testimony = ?1"
        " UNION SELECT blob FROM attachment WHERE testimony = ?1"
    )
    return [BlobId(row[0]) for row in database.rows(sql, (testimony,))]


def _consents(database: Database, testimony: str) -> list[str]:
    rows = database.rows("SELECT id FROM consent WHERE testimony = ? ORDER BY position", (testimony,))
    return [f"consent/{row[0]}" for row in rows]
