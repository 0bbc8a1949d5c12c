# SPDX-License-Identifier: Apache-2.0
"""Reads every byte of an open vault and says what is not as it was written.

The database page by page, the custody log entry by entry, the tables against the log, each blob to its last byte.
A quick check leaves the blobs' content out and looks at their length only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto.errors import PayloadTampered, PayloadTruncated
from testimony_app.crypto.stream import payload_size
from testimony_app.model.ids import BlobId
from testimony_app.vault import rollback
from testimony_app.vault.blobs import COMPLETE
from testimony_app.vault.errors import BlobDamaged, LogBroken, RolledBack, VaultDamaged

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

_PIECE = 1 << 20
Progress = Callable[[int, int], None]


class Found(msgspec.Struct, frozen=True):
    """Something that is not what it was: which part, and a word for why."""

    what: str
    reason: str


class CheckResult(msgspec.Struct, frozen=True):
    """What a check read and found."""

    checked: int
    damaged: tuple[Found, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything is as it was written."""
        return not self.damaged


def check(vault: Vault, *, quick: bool = False, progress: Progress | None = None) -> CheckResult:
    """Return what was read and what is damaged; changes nothing but the custody log, which gets a line.

    When the database itself is damaged, nothing is written to it any more and the blobs are left unread.
    """
    damaged = _database(vault)
    if damaged:
        return CheckResult(checked=1, damaged=tuple(damaged))
    rows = vault.database.rows("SELECT id, standing, byte_count, sha512 FROM blob WHERE standing > 0 ORDER BY id")
    total = sum(row[2] for row in rows)
    found = _log(vault)
    done = 0
    for blob, standing, byte_count, sha512 in rows:
        reason = _length(vault, BlobId(blob), standing, byte_count) if quick else _blob(vault, BlobId(blob), sha512)
        if reason:
            found.append(Found(what=f"blob {blob[:8]}", reason=reason))
        done += byte_count
        if progress is not None:
            progress(done, total)
    found += _bundles(vault, quick=quick)
    vault.custody.append("checked", blobs=len(rows), quick=quick, damaged=len(found))
    return CheckResult(checked=len(rows) + 2, damaged=tuple(found))


def _database(vault: Vault) -> list[Found]:
    try:
        return [Found(what="database", reason=line) for line in vault.database.damage()]
    except VaultDamaged:
        return [Found(what="database", reason="unreadable")]


def _log(vault: Vault) -> list[Found]:
    try:
        rollback.compare(vault.database, vault.custody, vault.keyring.log_head)
    except (LogBroken, RolledBack) as error:
        return [Found(what="custody", reason=error.code)]
    return []


def _bundles(vault: Vault, *, quick: bool) -> list[Found]:
    """Return which sealed files are missing before they were carried away, or are not what was sealed."""
    found = []
    for known in vault.bundles.sealed():
        path = vault.out / known.file.name
        if not path.exists():
            reason = "" if known.carried_at else "missing"
        elif path.stat().st_size != known.file.byte_count:
            reason = "length"
        elif quick:
            reason = ""
        else:
            with path.open("rb") as file:
                reason = "" if hashlib.file_digest(file, "sha256").hexdigest() == known.file.sha256 else "altered"
        if reason:
            found.append(Found(what=f"bundle {known.file.name}", reason=reason))
    return found


def _length(vault: Vault, blob: BlobId, standing: int, byte_count: int) -> str:
    try:
        size = vault.blobs.path(blob).stat().st_size
    except FileNotFoundError:
        return "missing"
    whole = payload_size(byte_count)
    return "" if (size == whole if standing == COMPLETE else size >= byte_count) else "length"


def _blob(vault: Vault, blob: BlobId, sha512: str) -> str:
    """Return a word for what is wrong with a blob, or nothing: every chunk is opened, the ciphertext digested."""
    try:
        with vault.blobs.open(blob) as reader:
            buffer = bytearray(_PIECE)
            while reader.readinto(buffer):
                pass
        with vault.blobs.path(blob).open("rb") as file:
            digest = hashlib.file_digest(file, "sha512").hexdigest()
    except BlobDamaged as error:
        return str(error.facts["reason"])
    except PayloadTruncated:
        return "cut-short"
    except (PayloadTampered, VaultDamaged):
        return "altered"
    return "" if not sha512 or digest == sha512 else "altered"
