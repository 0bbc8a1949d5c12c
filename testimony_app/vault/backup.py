# SPDX-License-Identifier: Apache-2.0
"""A second copy that can be checked: encrypted as the vault is, incremental by blob, restored by any way of opening.

    BACKUP                 names the folder for what it is
    db.<n>, KEYS.<n>       one state of the vault; n grows, the highest complete pair counts
    blobs/xx/<32 hex>      as in the vault; a finished blob never changes, so each is copied once
    out/<name>             sealed bundles
    KEY.<n>.AGE            of an archive's vault: the two keys that open this state, sealed to the archive's own
                           age key, so that the bare key opens a backup without any passphrase (`govah unseal`)

Whatever moment a backup is cut short, the state before it can be restored. A backup holds the keys of what was in
the vault that day: what is erased later leaves the backup when the next one is made. The program says so.
"""

from __future__ import annotations

import re
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto import age
from testimony_app.crypto.errors import KeyCostTooHigh, KeyFileTooNew, NotAKeyFile, PayloadTampered, PayloadTruncated
from testimony_app.crypto.keyring import SIZE, Keyring
from testimony_app.crypto.secret import Secret
from testimony_app.model.ids import BlobId
from testimony_app.model.partner import Role
from testimony_app.vault import founding
from testimony_app.vault.blobs import BlobOpener
from testimony_app.vault.copying import Progress, Tally, copy, files_in, files_in_pairs, size_of
from testimony_app.vault.database import Database
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import (
    BackupDamaged,
    BlobDamaged,
    DiskFull,
    DiskTrouble,
    FolderNotEmpty,
    NotABackup,
)
from testimony_app.vault.founding import BLOBS, DATABASE, OUT

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

MARK = "BACKUP"
_STATE = re.compile(r"KEYS\.(\d{1,9})")
_KEY_PAGE = b"govah-backup-key 1\ndatabase " + bytes(64) + b"\nblob-keys " + bytes(64) + b"\n"
_DIGITS = b"0123456789abcdef"


class BackedUp(msgspec.Struct, frozen=True):
    """What a backup copied, and what stood there already."""

    copied: int
    kept: int
    byte_count: int


class PlannedBlob(msgspec.Struct, frozen=True):
    """A blob that is to be copied: how it is read, and its digest where that is known."""

    opener: BlobOpener
    sha512: str


class BackupPlan(msgspec.Struct, frozen=True):
    """What a backup will copy: blobs that aren't there yet, and sealed bundles; for any thread."""

    folder: Path
    blobs: tuple[PlannedBlob, ...]
    bundles: tuple[Path, ...]
    disk: Disk
    known: int
    """How many blobs the backup holds afterwards."""
    was_there: bool
    """Whether the folder stood there before."""


class CopiedBlobs(msgspec.Struct, frozen=True):
    """What was copied, and the digests that were taken on the way."""

    byte_count: int
    digests: tuple[tuple[BlobId, str], ...]


def back_up(vault: Vault, folder: Path, *, progress: Progress | None = None) -> BackedUp:
    """Bring a backup folder up to the vault's present state; every copy is read back and compared.

    Raises FolderNotEmpty when the folder holds something else, be it another vault's backup, DiskFull, DiskTrouble,
    BackupDamaged.
    """
    made = plan(vault, folder)
    return finish(vault, made, copy_blobs(made, progress=progress))


def plan(vault: Vault, folder: Path) -> BackupPlan:
    """Prepare a backup folder and return what is to be copied to it (vault thread); raises as `back_up`."""
    was_there = folder.exists()
    _refuse_anothers(folder, vault)
    _prepare(folder, vault.disk)
    known = set(_standing(vault))
    present = {path.name for path in files_in_pairs(folder / BLOBS)}
    here = {path.name for path in files_in_pairs(vault.folder / BLOBS)}
    missing = sorted((known & here) - present)
    return BackupPlan(
        folder=folder,
        blobs=tuple(PlannedBlob(vault.blobs.opener(blob), vault.blobs.known_digest(blob)) for blob in missing),
        bundles=tuple(path for path in files_in(vault.folder / OUT) if not (folder / OUT / path.name).exists()),
        disk=vault.disk,
        known=len(known),
        was_there=was_there,
    )


def copy_blobs(made: BackupPlan, *, progress: Progress | None = None) -> CopiedBlobs:
    """Copy what was planned (any thread). After a failure what was copied stays, for the next time or `discard`."""
    sources = [one.opener.path for one in made.blobs]
    tally, byte_count = Tally(size_of((*sources, *made.bundles)), progress), 0
    digests = []
    for one in made.blobs:
        source, sha512 = one.opener.path, one.sha512 or _digest(one.opener)
        if not one.sha512:
            digests.append((one.opener.blob, sha512))
        byte_count += copy(source, made.folder / BLOBS / source.name[:2] / source.name, made.disk, sha512, tally)
    for source in made.bundles:
        copy(source, made.folder / OUT / source.name, made.disk, tally=tally)
    return CopiedBlobs(byte_count, tuple(digests))


def finish(vault: Vault, made: BackupPlan, copied: CopiedBlobs) -> BackedUp:
    """Write the vault's state beside the copies and drop what is erased by now (vault thread); it counts from then."""
    vault.blobs.keep_digests(copied.digests)
    _write_state(vault, made.folder)
    known = set(_standing(vault))
    for path in files_in_pairs(made.folder / BLOBS):
        if path.name not in known:
            vault.disk.unlink(path)
    wanted = {path.name for path in files_in(vault.folder / OUT)}
    for path in (made.folder / OUT).iterdir():
        if path.name not in wanted:
            vault.disk.unlink(path)
    new = len(made.blobs)
    vault.custody.append("backed_up", copied=new, blobs=made.known)
    return BackedUp(copied=new, kept=made.known - new, byte_count=copied.byte_count)


def discard(made: BackupPlan) -> None:
    """Remove what was copied since it was planned (any thread); the state before, if there was one, still counts."""
    folder, disk = made.folder, made.disk
    with suppress(OSError, DiskFull, DiskTrouble):
        for one in made.blobs:
            disk.unlink(folder / BLOBS / one.opener.blob[:2] / one.opener.blob)
        for source in made.bundles:
            disk.unlink(folder / OUT / source.name)
        if states(folder):
            return
        for name in (BLOBS, OUT):
            disk.remove_tree(folder / name)
        disk.unlink(folder / MARK)
        if not made.was_there:
            folder.rmdir()


def _standing(vault: Vault) -> list[BlobId]:
    return [BlobId(row[0]) for row in vault.database.rows("SELECT id FROM blob WHERE standing > 0")]


def _refuse_anothers(folder: Path, vault: Vault) -> None:
    """Return if no other vault's backup lies here: this one would take its place, and it would be lost."""
    for number in states(folder) if (folder / MARK).exists() else ():
        with suppress(NotAKeyFile, KeyFileTooNew, KeyCostTooHigh):
            if Keyring.parse(vault.disk.read(folder / f"KEYS.{number}", SIZE)).vault_id != vault.keyring.vault_id:
                raise FolderNotEmpty


def _prepare(folder: Path, disk: Disk) -> None:
    disk.make_folder(folder)
    if not (folder / MARK).exists():
        if any(folder.iterdir()):
            raise FolderNotEmpty
        disk.write_new(folder / MARK, b"Govah backup 1\n")
    for name in (BLOBS, OUT):
        disk.make_folder(folder / name)
    for left in folder.glob("*.TMP"):
        disk.unlink(left)


def _write_state(vault: Vault, folder: Path) -> None:
    """Write the next pair of database and key file, prove that they open, and drop the pairs before it."""
    disk, number = vault.disk, max(states(folder), default=0) + 1
    database = folder / f"{DATABASE}.{number}"
    for left in folder.glob(f"{DATABASE}.{number}*"):
        disk.unlink(left)
    with vault.keyring.database_key() as key:
        vault.database.copy_to(database, key)
        founding.sync_file(database, disk)
        with closing(Database(database, key, read_only=True)) as copy:
            if copy.damage():
                raise BackupDamaged(what="database")
    if vault.role is Role.ARCHIVE:
        disk.replace(folder / f"KEY.{number}.AGE", _sealed_keys(vault))
    disk.replace(folder / f"KEYS.{number}", vault.keyring.serialise())
    for older in states(folder):
        if older != number:
            disk.unlink(folder / f"KEYS.{older}")
            disk.unlink(folder / f"KEY.{older}.AGE")
            disk.unlink(folder / f"{DATABASE}.{older}")


def _sealed_keys(vault: Vault) -> bytes:
    """Return the keys of the database and of the blobs, in digits, sealed to the vault's own age key."""
    with (
        vault.keyring.database_key() as database,
        vault.keyring.root.blob_keys() as blobs,
        Secret(bytearray(_KEY_PAGE)) as page,
    ):
        # Written in place: a buffer that grows leaves pieces of keys behind.
        for name, key in ((b"database ", database), (b"blob-keys ", blobs)):
            start = _KEY_PAGE.index(name) + len(name)
            for place, byte in enumerate(key.view):
                page.view[start + 2 * place] = _DIGITS[byte >> 4]
                page.view[start + 2 * place + 1] = _DIGITS[byte & 15]
        return age.seal_bytes(page.view, [vault.identity.recipient()])


def states(folder: Path) -> list[int]:
    """Return the numbers of the states that a backup holds whole."""
    found = [_STATE.fullmatch(path.name) for path in folder.iterdir()]
    numbers = [int(match[1]) for match in found if match]
    return [number for number in numbers if (folder / f"{DATABASE}.{number}").exists()]


def newest(backup: Path) -> int:
    """Return the number of a backup's newest state. Raises NotABackup, BackupDamaged."""
    if not (backup / MARK).is_file():
        raise NotABackup
    found = states(backup)
    if not found:
        raise BackupDamaged(what="keys")
    return max(found)


def _digest(opener: BlobOpener) -> str:
    """Return the digest of a blob's file, every chunk of it opened first. Raises BackupDamaged when it isn't whole."""
    try:
        return opener.digest()
    except (BlobDamaged, PayloadTampered, PayloadTruncated):
        raise BackupDamaged(what="blob") from None
