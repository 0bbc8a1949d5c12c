# SPDX-License-Identifier: Apache-2.0
"""One SQLCipher connection on one thread, its settings, and transaction().

The key goes in as a `bytearray` through `set_key` before any statement, never through `PRAGMA key`, which
would leave copies of it in memory for good. A transaction that was acknowledged survives pulling the plug
(`synchronous=FULL`); nothing deleted stays in the file (`secure_delete`), nothing temporary leaves memory.
Using the connection from another thread raises at once; that is SQLite's own rule and we rely on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from testimony_app.crypto.secret import Secret
from testimony_app.vault.disk import Disk, refusals
from testimony_app.vault.errors import DiskFull, DiskTrouble, VaultDamaged, VaultLocked

_SETTINGS = (
    # Silence first: SQLCipher would otherwise write page numbers to standard error.
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 0",
)
_READING = (*_SETTINGS[:6], "PRAGMA query_only = ON")
_DIGITS = b"0123456789abcdef"
_FULL = frozenset({"SQLITE_FULL"})
_TROUBLE = ("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_NOMEM")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

Row = tuple[Any, ...]


class Database:
    """An open, keyed connection."""

    def __init__(self, path: Path, key: Secret, *, read_only: bool = False) -> None:
        """Open the file, making it if it isn't there. Raises VaultDamaged when the key does not fit it."""
        self.path = path
        self._settings = _READING if read_only else _SETTINGS
        self._depth = 0
        self._after_commit: list[Callable[[], None]] = []
        self._opened: sqlcipher.Connection | None = None
        self._open(key)

    @property
    def _connection(self) -> Any:
        if self._opened is None:
            raise VaultLocked
        return self._opened

    def _open(self, key: Secret) -> None:
        # SQLite would give a new file the umask's rights; ours are for the owner alone.
        with refusals():
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlcipher.connect(str(self.path), isolation_level=None)
        try:
            _set_key(connection, key)
            with self._words():
                for setting in self._settings:
                    connection.execute(setting)
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        self._opened = connection

    def secure_memory(self) -> None:
        """Let SQLCipher wipe and lock all its memory from now on; it makes large searches much slower."""
        self.execute("PRAGMA cipher_memory_security = ON")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        with self._words():
            return int(self._connection.execute(sql, values).rowcount)

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one INSERT and return the new row's number."""
        with self._words():
            return int(self._connection.execute(sql, values).lastrowid or 0)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        with self._words():
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return every row of a query."""
        with self._words():
            return list(self._connection.execute(sql, values))

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Yield the rows of a query without holding them all."""
        with self._words():
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return a query's first row, or None."""
        with self._words():
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first value of a query's first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is under way."""
        return self._depth > 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside happen, or nothing of it; may be nested, the inner one then undoes only itself."""
        name = f"level_{self._depth}"
        begin, done, undo = (
            (f"SAVEPOINT {name}", f"RELEASE {name}", f"ROLLBACK TO {name}")
            if self._depth
            else ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        )
        self.execute(begin)
        self._depth += 1
        promised = len(self._after_commit)
        try:
            yield
            self.execute(done)
        except BaseException:
            del self._after_commit[promised:]
            # SQLite itself may have rolled back already, when the disk was full.
            if self._connection.in_transaction:
                self.execute(undo)
            raise
        finally:
            self._depth -= 1
        if self._depth == 0:
            self._keep_promises()

    def after_commit(self, act: Callable[[], None]) -> None:
        """Run something once the transaction under way is on the disk; each act once, in the order promised."""
        if act not in self._after_commit:
            self._after_commit.append(act)
        if self._depth == 0:
            self._keep_promises()

    def _keep_promises(self) -> None:
        promised, self._after_commit = self._after_commit, []
        for act in promised:
            act()

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the file and cut the log to nothing."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path, key: Secret) -> None:
        """Write the whole database to a new file under another key, compacted, with nothing deleted in it."""
        other = Database(path, key)
        try:
            with self._words():
                self._connection.backup(other._connection)
            other.execute("VACUUM")
            other.checkpoint()
            other.execute("PRAGMA journal_mode = DELETE")
        finally:
            other.close()

    def replace_with(self, new: Path, key: Secret, disk: Disk) -> None:
        """Let a copy take this database's place, and go on with it."""
        self.checkpoint()
        self.close()
        # A write-ahead log of the old file beside the new one would be poison; SQLite removes it at closing,
        # and after the checkpoint above it is empty in any case.
        for suffix in ("-wal", "-shm"):
            disk.unlink(self.path.with_name(self.path.name + suffix))
        disk.rename(new, self.path)
        disk.sync_folder(self.path.parent)
        self._open(key)

    def reopen(self, key: Secret) -> None:
        """Open the file again if it was closed. Raises VaultDamaged when the key does not fit it."""
        if self._opened is None:
            self._open(key)

    def damage(self) -> list[str]:
        """Return what SQLCipher and SQLite find wrong, page by page; nothing when all is well."""
        with self._words():
            found = [str(row[0]) for row in self._connection.execute("PRAGMA cipher_integrity_check")]
            if not found:
                found = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found

    def disagrees(self, table: str) -> bool:
        """Tell whether a table and its indexes no longer fit each other."""
        return [row[0] for row in self.rows(f"PRAGMA integrity_check({table})")] != ["ok"]

    def close(self) -> None:
        """Close the connection; SQLCipher wipes its copy of the key. A second time does nothing."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @contextmanager
    def _words(self) -> Iterator[None]:
        """Sort a database failure at the moment it happens: the disk's, the file's, or ours."""
        try:
            yield
        except sqlcipher.DatabaseError as error:
            name = str(getattr(error, "sqlite_errorname", ""))
            if name in _FULL:
                raise DiskFull from error
            if name.startswith(_TROUBLE):
                raise DiskTrouble(reason=name) from error
            if name.startswith(_DAMAGED):
                raise VaultDamaged(what="database") from error
            raise


def _set_key(connection: Any, key: Secret) -> None:
    """Hand over the key as `x'<64 digits>'` in one buffer that is zeroed; nothing on the way makes a copy of it."""
    raw = bytearray(3 + 2 * len(key))
    raw[:2], raw[-1:] = b"x'", b"'"
    for place, byte in enumerate(key.view):
        raw[2 + 2 * place] = _DIGITS[byte >> 4]
        raw[3 + 2 * place] = _DIGITS[byte & 15]
    try:
        connection.set_key(raw)
    finally:
        raw[:] = bytes(len(raw))
