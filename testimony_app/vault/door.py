# SPDX-License-Identifier: Apache-2.0
"""From a folder and a passphrase to an unlocked key file: of the vault there, or of the one beside it that is meant.

A duress passphrase leads to another vault. Nothing on the disk names that one: the slot holds its root, and whichever
vault in the same folder the root opens is the one. So two ordinary vaults lie side by side, and neither says that it
knows the other. What this does not hide is in docs/threats.md, N4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from testimony_app.crypto.keyring import Keyring, Kind
from testimony_app.crypto.secret import Secret
from testimony_app.vault import founding
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import DiskFull, DiskTrouble, WrongPassphrase
from testimony_app.vault.keys import KeyFiles
from testimony_app.vault.lockfile import Lock


@dataclass(frozen=True)
class Unlocked:
    """A vault's folder, held, and its key file, open."""

    folder: Path
    lock: Lock
    keys: KeyFiles
    keyring: Keyring

    def give_back(self) -> None:
        """Forget the keys and let go of the folder."""
        self.keyring.lock()
        self.lock.release()


@contextmanager
def through(
    folder: Path, passphrase: Secret, *, kind: Kind, key_file: Secret | None, is_here: bool, disk: Disk
) -> Iterator[Unlocked]:
    """Hand out the vault that a passphrase opens; if the block fails, it is given back.

    A vault that says so erases its own ways of opening after the block: the other one is open by then. With
    `is_here` a passphrase that leads elsewhere is a wrong one. Raises what opening a vault raises.
    """
    first = _unlocked(folder, lambda keys: keys.open(passphrase, kind=kind, key_file=key_file), disk)
    if not first.keyring.root.kind.is_duress:
        with _given_back_on_failure(first):
            yield first
        return
    try:
        meant = _meant_by(first, disk, is_here=is_here)
        with _given_back_on_failure(meant):
            yield meant
            _erase_if_wanted(first)
    finally:
        first.give_back()


def find_beside(folder: Path, root: Secret, disk: Disk) -> Path | None:
    """Return the vault in the same folder as this one that a root opens, or None."""
    here = folder.resolve()
    return next((one for one in _neighbours(here) if one != here and KeyFiles(one, disk).know(root)), None)


def _unlocked(folder: Path, opens: Callable[[KeyFiles], Keyring], disk: Disk) -> Unlocked:
    keys = founding.key_files(folder, disk)
    lock = Lock(folder)
    try:
        return Unlocked(folder, lock, keys, opens(keys))
    except BaseException:
        lock.release()
        raise


@contextmanager
def _given_back_on_failure(unlocked: Unlocked) -> Iterator[None]:
    try:
        yield
    except BaseException:
        unlocked.give_back()
        raise


def _meant_by(first: Unlocked, disk: Disk, *, is_here: bool) -> Unlocked:
    """Return the vault that a duress passphrase leads to; raises WrongPassphrase when there is none."""
    root = first.keyring.root.root
    other = None if is_here else find_beside(first.folder, root, disk)
    if other is None:
        raise WrongPassphrase
    return _unlocked(other, lambda keys: keys.open_with_root(root), disk)


def _erase_if_wanted(first: Unlocked) -> None:
    """Destroy every other way of opening, where the slot that opened says so.

    What the disk refuses is not said: the other vault is open by now, and whoever is watching would read it. Each
    copy of the key file is then either as it was or erased, and the next opening by this passphrase tries again.
    """
    if first.keyring.root.kind is Kind.DURESS_ERASING:
        first.keyring.erase_others()
        with suppress(DiskFull, DiskTrouble):
            first.keys.write_both_destroying(first.keyring)


def _neighbours(here: Path) -> list[Path]:
    try:
        return sorted(path for path in here.parent.iterdir() if path.is_dir())
    except OSError:
        return []
