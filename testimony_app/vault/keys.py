# SPDX-License-Identifier: Apache-2.0
"""The two copies of the key file, written alternately, each in one step.

Whatever moment the power fails, one copy is whole. A change in the ways of opening goes into both before it is
acknowledged; the head of the log goes into the older copy, so that the other still stands if this one is torn.
"""

from __future__ import annotations

from pathlib import Path

from testimony_app.crypto.errors import KeyFileDamaged, KeyFileTooNew, NotAKeyFile, WrongKey
from testimony_app.crypto.keyring import Keyring, Kind, open_newest
from testimony_app.crypto.secret import Secret
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import NotAVault, VaultDamaged, VaultTooNew, WrongPassphrase

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

        Raises NotAVault, WrongPassphrase, VaultDamaged, VaultTooNew.
        """
        copies = self._copies()
        if not any(copies):
            raise NotAVault
        try:
            keyring = open_newest([copy for copy in copies if copy], secret, kind=kind, key_file=key_file)
        except WrongKey as error:
            raise WrongPassphrase from error
        except (KeyFileDamaged, NotAKeyFile) as error:
            raise VaultDamaged(what="keys") from error
        except KeyFileTooNew as error:
            raise VaultTooNew(**error.facts) from error
        opened = copies.index(keyring.serialise())
        self._older = 1 - opened
        if kind is not Kind.DURESS and self._is_damaged(copies[self._older], keyring):
            self.was_repaired = True
            self._write(self._older, keyring.serialise())
        return keyring

    def write(self, keyring: Keyring) -> None:
        """Put the keyring over the older copy."""
        self._write(self._older, keyring.serialise())
        self._older = 1 - self._older

    def write_both(self, keyring: Keyring) -> None:
        """Put the keyring over both copies, one after the other."""
        self.write(keyring)
        self.write(keyring)

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
) -> None:
    """Return if a passphrase or a recovery secret opens the vault in a folder, on any thread and without writing.

    Raises NotAVault, WrongPassphrase.
    """
    copies = [disk.read(folder / name, _SIZE) for name in (FIRST, SECOND) if (folder / name).exists()]
    if not copies:
        raise NotAVault
    try:
        open_newest(copies, passphrase, kind=kind, key_file=key_file).lock()
    except WrongKey as error:
        raise WrongPassphrase from error
