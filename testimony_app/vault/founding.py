# SPDX-License-Identifier: Apache-2.0
"""A new vault's folder, from empty to finished, and what belongs in it.

A file named FOUNDING stands while a vault is being made: after a failure everything is removed again, and after a
power cut the next attempt knows that what lies there never was a vault.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from testimony_app.crypto.keyring import Keyring, Kind
from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.vault.custody import Custody
from testimony_app.vault.disk import Disk, refusals
from testimony_app.vault.errors import DiskFull, DiskTrouble, FolderNotEmpty, NotAVault, VaultDamaged
from testimony_app.vault.keys import FIRST, SECOND, KeyFiles
from testimony_app.vault.lockfile import NAME as LOCK
from testimony_app.vault.lockfile import Lock

DATABASE, NEXT_DATABASE = "db", "db.next"
BLOBS, OUT, QUARANTINE = "blobs", "out", "quarantine"
_MARK = "FOUNDING"
_FOLDERS = (BLOBS, OUT, QUARANTINE)
_OTHERS = ("held",)
"""What other rooms keep in a vault's folder: bundles of signers nobody knows yet."""


@contextmanager
def ground(folder: Path, disk: Disk) -> Iterator[Lock]:
    """Prepare an empty folder and hold its lock; if the block fails, leave the folder as it was found.

    Raises FolderNotEmpty, and VaultInUse when a vault is being made there just now.
    """
    was_there = folder.exists()
    if was_there and not folder.is_dir():
        raise FolderNotEmpty
    _clear_unfinished(folder, disk)
    if was_there and any(folder.iterdir()):
        raise FolderNotEmpty
    _make_parents(folder, disk)
    lock: Lock | None = None
    try:
        disk.write_new(folder / _MARK, b"")
        lock = Lock(folder)
        for name in _FOLDERS:
            disk.make_folder(folder / name)
        disk.sync_folder(folder)
        yield lock
    except BaseException:
        if lock is not None:
            lock.release()
        undo(folder, disk, was_there=was_there)
        raise


def undo(folder: Path, disk: Disk, *, was_there: bool) -> None:
    """Remove a vault that was being made, as far as the disk lets us; the folder too if it was made for it."""
    with suppress(OSError, DiskFull, DiskTrouble):
        _remove_everything(folder, disk)
        if not was_there:
            folder.rmdir()


def keyring(passphrase: Secret, cost: Cost, key_file: Secret | None) -> Keyring:
    """Return a fresh keyring that this passphrase opens."""
    fresh = Keyring.create(secrets.token_bytes(16), cost)
    kind = Kind.PASSPHRASE if key_file is None else Kind.PASSPHRASE_AND_FILE
    # Whoever makes a vault has it open by this way.
    fresh.count_as_mine(fresh.add(passphrase, kind, key_file=key_file))
    return fresh


def finish(folder: Path, disk: Disk) -> None:
    """Say that the vault is made: from here on it is one."""
    disk.unlink(folder / _MARK)
    disk.sync_folder(folder)


def mark_abandoned(folder: Path, disk: Disk) -> None:
    """Say that what is in the folder is a vault no more; nobody opens it from here on, and `abandon` comes next."""
    disk.replace(folder / _MARK, b"")


def abandon(folder: Path, disk: Disk) -> None:
    """Destroy a closed vault that was marked: its keys first, which closes for ever whatever else is left.

    The key files are overwritten before they are removed, which helps where the disk writes in place. Cut short
    anywhere, the folder counts as one in which a vault was to be made, and whoever makes one there clears it.
    """
    for name in (FIRST, SECOND):
        if (folder / name).exists():
            _overwrite(folder / name, disk)
            disk.unlink(folder / name)
    disk.sync_folder(folder)
    for name in (*_FOLDERS, *_OTHERS):
        disk.remove_tree(folder / name)


def strangers(folder: Path) -> tuple[str, ...]:
    """Return the names in a vault's folder that are not the vault's own."""
    own = {*_FOLDERS, *_OTHERS, LOCK}
    stems = (FIRST, SECOND, DATABASE, NEXT_DATABASE, _MARK)
    own |= {stem + suffix for stem in stems for suffix in ("", ".TMP", "-wal", "-shm", "-journal")}
    return tuple(sorted(path.name for path in folder.iterdir() if path.name not in own))


def key_files(folder: Path, disk: Disk) -> KeyFiles:
    """Return a vault's key files. Raises NotAVault, or VaultDamaged when only they are missing."""
    keys = KeyFiles(folder, disk)
    if not folder.is_dir() or (folder / _MARK).exists():
        raise NotAVault
    if not keys.exist():
        if (folder / DATABASE).exists() and (folder / BLOBS).is_dir():
            raise VaultDamaged(what="keys")
        raise NotAVault
    if not (folder / DATABASE).exists():
        raise VaultDamaged(what="database")
    for name in _FOLDERS:
        disk.make_folder(folder / name)
    return keys


def empty_folder(folder: Path, disk: Disk) -> None:
    """Remove everything in a folder of ours and leave it empty."""
    if folder.exists() and not any(folder.iterdir()):
        return
    disk.remove_tree(folder)
    disk.make_folder(folder)


def sweep_out(folder: Path, known: set[str], custody: Custody, disk: Disk) -> None:
    """Remove sealed files that no row knows: a power cut came between their writing and the seal.

    In a vault that was once opened despite a rollback they stay: there, the row may be what is missing.
    """
    strays = [path for path in folder.iterdir() if path.name not in known]
    keep_whole = bool(strays) and custody.knows("rollback_noticed")
    for path in strays:
        if path.suffix == ".TMP" or not keep_whole:
            disk.unlink(path)


def sync_file(path: Path, disk: Disk) -> None:
    """Return when a file that somebody else wrote is on the disk, with its name."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
    disk.sync_folder(path.parent)


def _overwrite(path: Path, disk: Disk) -> None:
    with refusals():
        descriptor = os.open(path, os.O_WRONLY)
    try:
        disk.write_all(descriptor, os.urandom(path.stat().st_size))
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def _clear_unfinished(folder: Path, disk: Disk) -> None:
    if (folder / _MARK).exists():
        # Whoever is still at it, as in a second window, holds the lock: their work is no crash's leftover.
        Lock(folder).release()
        _remove_everything(folder, disk)


def _remove_everything(folder: Path, disk: Disk) -> None:
    for name in _FOLDERS:
        disk.remove_tree(folder / name)
    names = [stem + suffix for stem in (DATABASE, NEXT_DATABASE) for suffix in ("", "-wal", "-shm", "-journal")]
    names += [LOCK, _MARK + ".TMP"]
    names += [name + suffix for name in (FIRST, SECOND) for suffix in ("", ".TMP")]
    for name in (*names, _MARK):
        disk.unlink(folder / name)


def _make_parents(folder: Path, disk: Disk) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        for parent in reversed(missing):
            disk.make_folder(parent)
    except OSError as error:
        raise DiskTrouble(reason=errno.errorcode.get(error.errno or 0, "unknown")) from error
