# SPDX-License-Identifier: Apache-2.0
"""Reads every byte of an open vault and says what is not as it was written.

The database page by page, the custody log entry by entry, the tables against the log, each blob to its last byte.
A quick check leaves the blobs' content out and looks at their length only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto.errors import PayloadTampered, PayloadTruncated
from testimony_app.crypto.stream import payload_size
from testimony_app.model.bundle import BundleFile
from testimony_app.model.ids import BlobId
from testimony_app.vault import rollback
from testimony_app.vault.blobs import COMPLETE, BlobOpener
from testimony_app.vault.copying import Progress, Tally
from testimony_app.vault.errors import BlobDamaged, LogBroken, RolledBack, VaultDamaged

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

_PARTS = """
    SELECT blob.id, blob.sha512, COALESCE(
        (SELECT testimony.code FROM segment JOIN recording ON recording.id = segment.recording
            JOIN testimony ON testimony.id = recording.testimony WHERE segment.blob = blob.id),
        (SELECT testimony.code FROM attachment
            JOIN testimony ON testimony.id = attachment.testimony WHERE attachment.blob = blob.id))
    FROM blob WHERE standing > 0 ORDER BY blob.id
"""


class Found(msgspec.Struct, frozen=True):
    """Something that is not what it was: which part, and a word for why."""

    what: str
    reason: str
    testimony: str = ""
    """The code of the testimony that it belongs to, where it belongs to one."""


class CheckResult(msgspec.Struct, frozen=True):
    """What a check read and found."""

    checked: int
    damaged: tuple[Found, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything is as it was written."""
        return not self.damaged


class Part(msgspec.Struct, frozen=True):
    """A blob that is to be read, and its digest where that is known."""

    opener: BlobOpener
    sha512: str
    testimony: str

    @property
    def byte_count(self) -> int:
        """How much there is to read."""
        return self.opener.byte_count


class SealedFile(msgspec.Struct, frozen=True):
    """A sealed file that is to be read: where it is, what it was, and whether it may be gone."""

    path: Path
    file: BundleFile
    was_carried: bool
    testimony: str

    @property
    def byte_count(self) -> int:
        """How much there is to read."""
        return self.file.byte_count


class Reading(msgspec.Struct, frozen=True):
    """Everything that a check reads besides the database; for any thread while the vault is open."""

    parts: tuple[Part, ...]
    sealed: tuple[SealedFile, ...]
    found: tuple[Found, ...]
    quick: bool
    is_readable: bool
    """Whether the database is whole; if it isn't, nothing else is read."""


def check(vault: Vault, *, quick: bool = False, progress: Progress | None = None) -> CheckResult:
    """Return what was read and what is damaged; changes nothing but the custody log, which gets a line.

    When the database itself is damaged, nothing is written to it any more and the blobs are left unread.
    """
    begun = begin(vault, quick=quick)
    return end(vault, begun, read(begun, progress=progress))


def begin(vault: Vault, *, quick: bool = False) -> Reading:
    """Read the database and the log, and return what else is to be read (vault thread)."""
    damaged = _database(vault)
    if damaged:
        return Reading((), (), tuple(damaged), quick=quick, is_readable=False)
    found = _log(vault)
    rows = vault.database.rows(_PARTS)
    parts = tuple(Part(vault.blobs.opener(BlobId(blob)), sha512, code or "") for blob, sha512, code in rows)
    codes: dict[str, str] = dict(vault.database.rows("SELECT id, code FROM testimony"))
    sealed = tuple(
        SealedFile(vault.out / known.file.name, known.file, bool(known.carried_at), codes.get(known.testimony, ""))
        for known in vault.bundles.sealed()
    )
    return Reading(parts, sealed, tuple(found), quick=quick, is_readable=True)


def read(begun: Reading, *, progress: Progress | None = None) -> tuple[Found, ...]:
    """Return what is damaged among blobs and sealed files (any thread); `progress` may raise to stop it."""
    total = sum(part.byte_count for part in begun.parts) + sum(one.byte_count for one in begun.sealed)
    tally = Tally(total, progress)
    found = []
    for part in begun.parts:
        reason = _length(part.opener) if begun.quick else _blob(part)
        if reason:
            found.append(Found(what=f"blob {part.opener.blob[:8]}", reason=reason, testimony=part.testimony))
        tally.add(part.byte_count)
    for one in begun.sealed:
        reason = _sealed(one, quick=begun.quick)
        if reason:
            found.append(Found(what=f"bundle {one.file.name}", reason=reason, testimony=one.testimony))
        tally.add(one.byte_count)
    return tuple(found)


def end(vault: Vault, begun: Reading, found: tuple[Found, ...]) -> CheckResult:
    """Write down that the vault was checked and return what came of it (vault thread)."""
    damaged = (*begun.found, *found)
    if not begun.is_readable:
        return CheckResult(checked=1, damaged=damaged)
    vault.custody.append("checked", blobs=len(begun.parts), quick=begun.quick, damaged=len(damaged))
    return CheckResult(checked=len(begun.parts) + 2, damaged=damaged)


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


def _sealed(one: SealedFile, *, quick: bool) -> str:
    """Return a word for a sealed file that is missing before it was carried away, or isn't what was sealed."""
    if not one.path.exists():
        return "" if one.was_carried else "missing"
    if one.path.stat().st_size != one.file.byte_count:
        return "length"
    if quick:
        return ""
    with one.path.open("rb") as file:
        return "" if hashlib.file_digest(file, "sha256").hexdigest() == one.file.sha256 else "altered"


def _length(opener: BlobOpener) -> str:
    try:
        size = opener.path.stat().st_size
    except FileNotFoundError:
        return "missing"
    whole = payload_size(opener.byte_count)
    return "" if (size == whole if opener.standing == COMPLETE else size >= opener.byte_count) else "length"


def _blob(part: Part) -> str:
    """Return a word for what is wrong with a blob, or nothing: every chunk is opened, the ciphertext digested."""
    try:
        digest = part.opener.digest()
    except BlobDamaged as error:
        return str(error.facts["reason"])
    except PayloadTruncated:
        return "cut-short"
    except (PayloadTampered, VaultDamaged):
        return "altered"
    return "" if not part.sha512 or digest == part.sha512 else "altered"
