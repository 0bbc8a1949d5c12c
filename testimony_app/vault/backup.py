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

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.clock import Clock
from testimony_app.crypto import age
from testimony_app.crypto.errors import PayloadTampered, PayloadTruncated
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.model.ids import BlobId
from testimony_app.model.partner import Role
from testimony_app.vault import founding
from testimony_app.vault.check import CheckResult, check
from testimony_app.vault.database import Database
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import BackupDamaged, BlobDamaged, FolderNotEmpty, NotABackup
from testimony_app.vault.founding import BLOBS, DATABASE, OUT
from testimony_app.vault.keys import FIRST, SECOND

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

_MARK = "BACKUP"
_STATE = re.compile(r"KEYS\.(\d{1,9})")
_KEY_PAGE = b"govah-backup-key 1\ndatabase " + bytes(64) + b"\nblob-keys " + bytes(64) + b"\n"
_DIGITS = b"0123456789abcdef"
_PIECE = 1 << 20
Progress = Callable[[int, int], None]


class BackedUp(msgspec.Struct, frozen=True):
    """What a backup copied, and what stood there already."""

    copied: int
    kept: int
    byte_count: int


def back_up(vault: Vault, folder: Path, *, progress: Progress | None = None) -> BackedUp:
    """Bring a backup folder up to the vault's present state; every copy is read back and compared.

    Raises FolderNotEmpty when the folder holds something else, DiskFull, DiskTrouble, BackupDamaged.
    """
    disk = vault.disk
    _prepare(folder, disk)
    wanted = {path.name: path for path in _files(vault.folder / BLOBS)}
    present = {path.name: path for path in _files(folder / BLOBS)}
    known = {row[0] for row in vault.database.rows("SELECT id FROM blob WHERE standing > 0")}
    missing = [wanted[name] for name in sorted(known & (wanted.keys() - present.keys()))]
    byte_count = 0
    for number, source in enumerate(missing):
        byte_count += _copy(source, folder / BLOBS / source.name[:2] / source.name, disk, _digest(vault, source.name))
        if progress is not None:
            progress(number + 1, len(missing))
    _copy_folder(vault.folder / OUT, folder / OUT, disk)
    _write_state(vault, folder)
    for name in present.keys() - known:
        disk.unlink(present[name])
    vault.custody.append("backed_up", copied=len(missing), blobs=len(known))
    return BackedUp(copied=len(missing), kept=len(known) - len(missing), byte_count=byte_count)


def restore(  # noqa: PLR0913 - each is a fact of its own, given by name
    backup: Path,
    folder: Path,
    secret: Secret,
    *,
    clock: Clock,
    key_file: Secret | None = None,
    kind: Kind = Kind.PASSPHRASE,
    disk: Disk = DISK,
) -> tuple[Vault, CheckResult]:
    """Make a vault in an empty folder from a backup, open it, read every byte of it, and return both.

    Raises NotABackup, FolderNotEmpty, WrongPassphrase, BackupDamaged, DiskFull.
    """
    from testimony_app.vault.vault import Vault  # noqa: PLC0415  (the vault knows nothing of backups)

    number = _newest(backup)
    with founding.ground(folder, disk) as lock:
        for source in _files(backup / BLOBS):
            _copy(source, folder / BLOBS / source.name[:2] / source.name, disk, "")
        _copy_folder(backup / OUT, folder / OUT, disk)
        _copy(backup / f"{DATABASE}.{number}", folder / DATABASE, disk, "")
        for name in (FIRST, SECOND):
            _copy(backup / f"KEYS.{number}", folder / name, disk, "")
        founding.finish(folder, disk)
        lock.release()
        vault = Vault.open(folder, secret, clock=clock, key_file=key_file, kind=kind, is_here=True, disk=disk)
    vault.custody.append("restored", backup=number)
    return vault, check(vault)


def _prepare(folder: Path, disk: Disk) -> None:
    disk.make_folder(folder)
    if not (folder / _MARK).exists():
        if any(folder.iterdir()):
            raise FolderNotEmpty
        disk.write_new(folder / _MARK, b"Govah backup 1\n")
    for name in (BLOBS, OUT):
        disk.make_folder(folder / name)
    for left in folder.glob("*.TMP"):
        disk.unlink(left)


def _write_state(vault: Vault, folder: Path) -> None:
    """Write the next pair of database and key file, prove that they open, and drop the pairs before it."""
    disk, number = vault.disk, max(_states(folder), default=0) + 1
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
    for older in _states(folder):
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


def _states(folder: Path) -> list[int]:
    found = [_STATE.fullmatch(path.name) for path in folder.iterdir()]
    numbers = [int(match[1]) for match in found if match]
    return [number for number in numbers if (folder / f"{DATABASE}.{number}").exists()]


def _newest(backup: Path) -> int:
    if not (backup / _MARK).is_file():
        raise NotABackup
    states = _states(backup)
    if not states:
        raise BackupDamaged(what="keys")
    return max(states)


def _files(folder: Path) -> Iterator[Path]:
    for inner in sorted(folder.iterdir()):
        if inner.is_dir():
            yield from (path for path in sorted(inner.iterdir()) if path.suffix != ".TMP")


def _copy_folder(source: Path, target: Path, disk: Disk) -> None:
    wanted = {path.name for path in source.iterdir() if path.is_file() and path.suffix != ".TMP"}
    for name in sorted(wanted):
        if not (target / name).exists():
            _copy(source / name, target / name, disk, "")
    for path in target.iterdir():
        if path.name not in wanted:
            disk.unlink(path)


def _digest(vault: Vault, blob: str) -> str:
    """Return what the copy of a blob must be. Raises BackupDamaged when the blob isn't what was written."""
    try:
        return vault.blobs.digest(BlobId(blob))
    except (BlobDamaged, PayloadTampered, PayloadTruncated):
        raise BackupDamaged(what="blob") from None


def _copy(source: Path, target: Path, disk: Disk, sha512: str) -> int:
    """Copy a file in one step, read the copy back, and return its length. Raises BackupDamaged when it differs."""
    disk.make_folder(target.parent)
    new = target.with_name(target.name + ".TMP")
    disk.unlink(new)
    digest, byte_count = hashlib.sha512(), 0
    descriptor = disk.open_new(new)
    try:
        with source.open("rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                byte_count += len(piece)
                disk.write_all(descriptor, piece)
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
    expected = sha512 or digest.hexdigest()
    if digest.hexdigest() != expected or _read_back(new) != expected:
        disk.unlink(new)
        raise BackupDamaged(what="blob")
    disk.rename(new, target)
    disk.sync_folder(target.parent)
    disk.blur_time(target)
    return byte_count


def _read_back(path: Path) -> str:
    """Return the digest of a file as the disk has it: the system is asked to forget its own copy first."""
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha512").hexdigest()
