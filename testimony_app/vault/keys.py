# SPDX-License-Identifier: Apache-2.0
"""The two copies of the key file, written alternately, each in one step.

Whatever moment the power fails, one copy is whole. A change in the ways of opening goes into both before it is
acknowledged; the head of the log goes into the older copy, so that the other still stands if this one is torn.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from testimony_app.crypto.errors import KeyCostTooHigh, KeyFileDamaged, KeyFileTooNew, NotAKeyFile, WrongKey
from testimony_app.crypto.key_copies import open_newest, open_newest_with_root
from testimony_app.crypto.keyring import Keyring, Kind
from testimony_app.crypto.secret import Secret
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import DiskTrouble, NotAVault, VaultDamaged, VaultTooNew, WrongPassphrase

FIRST, SECOND = "KEYS", "KEYS.B"
_SIZE = 4096


class KeyFiles:
    """KEYS and KEYS.B of one folder."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        """Work in this folder."""
        self._paths = (folder / FIRST, folder / SECOND)
        self._disk = disk
        self._older = 0
        self.was_repaired = False

    def exist(self) -> bool:
        """Tell whether there is a key file at all."""
        return any(path.exists() for path in self._paths)

    def open(self, secret: Secret, *, kind: Kind = Kind.PASSPHRASE, key_file: Secret | None = None) -> Keyring:
        """Return the newest whole copy, opened, and repair the other where it is damaged.

        A passphrase that leads to another vault opens a keyring of kind duress; nothing is repaired then.
        Raises NotAVault, WrongPassphrase, VaultDamaged, VaultTooNew.
        """
        return self._opened(lambda copies: open_newest(copies, secret, kind=kind, key_file=key_file))

    def open_with_root(self, root: Secret) -> Keyring:
        """Return the newest whole copy, opened with the vault's root; raises as `open`."""
        return self._opened(lambda copies: open_newest_with_root(copies, root))

    def know(self, root: Secret) -> bool:
        """Tell whether there is a key file here, ours to read, that this root opens; writes nothing."""
        try:
            open_newest_with_root([copy for copy in self._copies() if copy], root).lock()
        except (WrongKey, KeyFileDamaged, NotAKeyFile, KeyFileTooNew, KeyCostTooHigh, DiskTrouble, OSError):
            return False
        return True

    def write(self, keyring: Keyring) -> None:
        """Put the keyring over the older copy."""
        self._write(self._older, keyring.serialise())
        self._older = 1 - self._older

    def write_both(self, keyring: Keyring) -> None:
        """Put the keyring over both copies, one after the other."""
        self.write(keyring)
        self.write(keyring)

    def write_both_destroying(self, keyring: Keyring) -> None:
        """Put the keyring over both copies; then overwrite what stood there, where the disk writes in place.

        Not on Windows, where a file that is held can't be replaced, and not what has another name as well, which is
        somebody's backup.
        """
        held = [] if os.name == "nt" else [self._disk.open_known(path) for path in self._paths if path.exists()]
        try:
            self.write_both(keyring)
            for descriptor in held:
                if os.fstat(descriptor).st_nlink == 0:
                    self._disk.write_all(descriptor, os.urandom(_SIZE))
                    self._disk.sync(descriptor)
        finally:
            for descriptor in held:
                self._disk.close(descriptor)

    def _opened(self, opens: Callable[[Sequence[bytes]], Keyring]) -> Keyring:
        copies = self._copies()
        if not any(copies):
            raise NotAVault
        try:
            keyring = opens([copy for copy in copies if copy])
        except WrongKey as error:
            raise WrongPassphrase from error
        except (KeyFileDamaged, NotAKeyFile) as error:
            raise VaultDamaged(what="keys") from error
        except KeyFileTooNew as error:
            raise VaultTooNew(**error.facts) from error
        opened = copies.index(keyring.serialise())
        self._older = 1 - opened
        if not keyring.root.kind.is_duress and self._is_damaged(copies[self._older], keyring):
            self.was_repaired = True
            self._write(self._older, keyring.serialise())
        return keyring

    def _copies(self) -> list[bytes]:
        return [self._disk.read(path, _SIZE) if path.exists() else b"" for path in self._paths]

    def _is_damaged(self, copy: bytes, opened: Keyring) -> bool:
        """Tell whether the other copy is not what was written: it would have been opened if it were newer and whole."""
        try:
            other = Keyring.parse(copy)
        except (NotAKeyFile, KeyFileTooNew):
            return True
        return other.vault_id != opened.vault_id or other.generation > opened.generation

    def _write(self, number: int, data: bytes) -> None:
        self._disk.replace(self._paths[number], data)


def try_passphrase(
    folder: Path,
    passphrase: Secret,
    disk: Disk = DISK,
    *,
    kind: Kind = Kind.PASSPHRASE,
    key_file: Secret | None = None,
    names: Sequence[str] = (FIRST, SECOND),
) -> None:
    """Return if a passphrase or a recovery secret opens the vault in a folder, on any thread and without writing.

    A passphrase that leads to another vault opens nothing here. A backup names its key file otherwise. Raises
    NotAVault, WrongPassphrase.
    """
    copies = [disk.read(folder / name, _SIZE) for name in names if (folder / name).exists()]
    if not copies:
        raise NotAVault
    try:
        keyring = open_newest(copies, passphrase, kind=kind, key_file=key_file)
    except WrongKey as error:
        raise WrongPassphrase from error
    leads_elsewhere = keyring.root.kind.is_duress
    keyring.lock()
    if leads_elsewhere:
        raise WrongPassphrase
