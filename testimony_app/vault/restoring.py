# SPDX-License-Identifier: Apache-2.0
"""A vault made of a backup, in three steps, so that the long ones need no database and can be stopped.

First the way of opening is tried on the backup itself; then its files are copied to an empty folder, which does not
count as a vault yet; then it is opened and read from end to end. After any failure the folder is as it was found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.clock import Clock
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.vault import founding
from testimony_app.vault.backup import newest
from testimony_app.vault.check import CheckResult, check
from testimony_app.vault.copying import Progress, Tally, copy, files_in, files_in_pairs, size_of
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.founding import BLOBS, DATABASE, OUT
from testimony_app.vault.keys import FIRST, SECOND, try_passphrase

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault


class Fetched(msgspec.Struct, frozen=True):
    """A backup's files in a folder of their own that is no vault yet: open it or discard it."""

    folder: Path
    number: int
    was_there: bool
    """Whether the folder stood there before, empty."""
    disk: Disk


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
    try_secret(backup, secret, kind=kind, key_file=key_file, disk=disk)
    vault = open_fetched(fetch(backup, folder, disk=disk), secret, clock=clock, key_file=key_file, kind=kind)
    return vault, check(vault)


def try_secret(
    backup: Path,
    secret: Secret,
    *,
    kind: Kind = Kind.PASSPHRASE,
    key_file: Secret | None = None,
    disk: Disk = DISK,
) -> None:
    """Return if a passphrase or a recovery secret opens a backup (any thread); reads its key file alone.

    A passphrase that leads to another vault opens nothing here. Raises NotABackup, WrongPassphrase, BackupDamaged.
    """
    names = (f"KEYS.{newest(backup)}",)
    try_passphrase(backup, secret, disk, kind=kind, key_file=key_file, names=names)


def fetch(backup: Path, folder: Path, *, progress: Progress | None = None, disk: Disk = DISK) -> Fetched:
    """Copy a backup's newest state to an empty folder, each copy read back (any thread).

    Raises NotABackup, FolderNotEmpty, BackupDamaged, DiskFull, what `progress` raises; the folder is as before then.
    """
    number, was_there = newest(backup), folder.exists()
    blobs, bundles = list(files_in_pairs(backup / BLOBS)), files_in(backup / OUT)
    database, keys = backup / f"{DATABASE}.{number}", backup / f"KEYS.{number}"
    tally = Tally(size_of((*blobs, *bundles, database)), progress)
    with founding.ground(folder, disk) as lock:
        for source in blobs:
            copy(source, folder / BLOBS / source.name[:2] / source.name, disk, tally=tally)
        for source in bundles:
            copy(source, folder / OUT / source.name, disk, tally=tally)
        copy(database, folder / DATABASE, disk, tally=tally)
        for name in (FIRST, SECOND):
            copy(keys, folder / name, disk)
        lock.release()
    return Fetched(folder, number, was_there, disk)


def open_fetched(
    fetched: Fetched, secret: Secret, *, clock: Clock, key_file: Secret | None = None, kind: Kind = Kind.PASSPHRASE
) -> Vault:
    """Return the vault that was fetched, open (vault thread); if it doesn't open, the folder is as it was found.

    Raises what opening a vault raises.
    """
    from testimony_app.vault.vault import Vault  # noqa: PLC0415  (the vault knows nothing of backups)

    folder, disk = fetched.folder, fetched.disk
    try:
        founding.finish(folder, disk)
        vault = Vault.open(folder, secret, clock=clock, key_file=key_file, kind=kind, is_here=True, disk=disk)
    except BaseException:
        discard(fetched)
        raise
    vault.custody.append("restored", backup=fetched.number)
    return vault


def discard(fetched: Fetched) -> None:
    """Remove what was fetched, once its vault is closed; the folder is as it was found."""
    founding.undo(fetched.folder, fetched.disk, was_there=fetched.was_there)
