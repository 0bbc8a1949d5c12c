# SPDX-License-Identifier: Apache-2.0
"""The ways of opening a vault: passphrases, a key file as a second half, recovery secrets.

Each change is in both copies of the key file when the call returns, or is taken back before the call raises. One
passphrase or recovery always stays; a duress passphrase, which opens another vault, does not count as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec

from testimony_app.crypto.keyring import Keyring, Kind
from testimony_app.crypto.secret import Secret
from testimony_app.vault.custody import Custody
from testimony_app.vault.errors import DiskFull, DiskTrouble, NotRemovable, VaultLocked
from testimony_app.vault.keys import KeyFiles


class Way(msgspec.Struct, frozen=True):
    """One way of opening: its slot, what kind it is, and whether the vault is open by it now."""

    slot: int
    kind: Kind
    is_mine: bool


class Ways:
    """The ways of opening one vault."""

    def __init__(self, keyring: Keyring, keys: KeyFiles, custody: Custody) -> None:
        """Work on this open keyring and the files it is kept in."""
        self._open_keyring = keyring
        self._keys = keys
        self._custody = custody

    @property
    def _keyring(self) -> Keyring:
        if not self._open_keyring.is_open:
            raise VaultLocked
        return self._open_keyring

    def all(self) -> tuple[Way, ...]:
        """Return every way of opening, by slot."""
        keyring = self._keyring
        mine = keyring.root.slot
        return tuple(
            Way(slot=slot, kind=kind, is_mine=slot == mine)
            for slot, kind in enumerate(keyring.kinds)
            if kind is not Kind.EMPTY
        )

    def add_passphrase(self, passphrase: Secret, *, key_file: Secret | None = None) -> int:
        """Let a further passphrase, alone or with a key file of 32 bytes, open the vault; return its slot."""
        kind = Kind.PASSPHRASE if key_file is None else Kind.PASSPHRASE_AND_FILE
        return self._add(passphrase, kind, key_file)

    def add_recovery(self, secret: Secret) -> int:
        """Let a recovery secret of 32 bytes open the vault; return its slot."""
        return self._add(secret, Kind.RECOVERY, None)

    def set_duress(
        self, passphrase: Secret, other_root: Secret, *, erases: bool, key_file: Secret | None = None
    ) -> int:
        """Let a passphrase lead to the vault with this root, and to nothing here; return its slot.

        It takes the place of an earlier one. With `erases`, giving it erases every other way of opening. Raises
        KeySlotsFull, PassphraseTaken.
        """
        keyring = self._keyring
        kind = Kind.DURESS_ERASING if erases else Kind.DURESS
        with self._taken_back_on_failure():
            for way in self.all():
                if way.kind.is_duress:
                    keyring.drop(way.slot)
            slot = keyring.add_duress(passphrase, other_root, erases=erases, key_file=key_file)
            self._write("way_added", kind)
        return slot

    def change(self, slot: int, passphrase: Secret, *, key_file: Secret | None = None) -> int:
        """Put a new passphrase in the place of one way of opening; return the new slot. Raises NotRemovable."""
        self._check(slot)
        if self._keyring.kinds[slot].is_duress:
            raise NotRemovable
        kind = Kind.PASSPHRASE if key_file is None else Kind.PASSPHRASE_AND_FILE
        keyring = self._keyring
        # Dropped first: with all eight slots in use there would be no room otherwise. Nothing is written
        # before both are done.
        with self._taken_back_on_failure():
            keyring.drop(slot)
            added = keyring.add(passphrase, kind, key_file=key_file)
            self._write("way_changed", kind)
        if keyring.root.slot == slot:
            keyring.count_as_mine(added)
        return added

    def drop(self, slot: int) -> None:
        """Let a way of opening open nothing any more. Raises NotRemovable when it is the last."""
        self._check(slot)
        if [way.slot for way in self.all() if not way.kind.is_duress] == [slot]:
            raise NotRemovable
        kind = self._keyring.kinds[slot]
        with self._taken_back_on_failure():
            self._keyring.drop(slot)
            self._write("way_dropped", kind)

    @contextmanager
    def _taken_back_on_failure(self) -> Iterator[None]:
        """Undo a change that could not be written: one copy of the key file may hold it already."""
        try:
            with self._keyring.undone_on_failure():
                yield
        except (DiskFull, DiskTrouble):
            with suppress(DiskFull, DiskTrouble):
                self._keys.write_both(self._keyring)
            raise

    def _check(self, slot: int) -> None:
        if slot not in [way.slot for way in self.all()]:
            raise NotRemovable

    def _add(self, secret: Secret, kind: Kind, key_file: Secret | None) -> int:
        with self._taken_back_on_failure():
            slot = self._keyring.add(secret, kind, key_file=key_file)
            self._write("way_added", kind)
        return slot

    def _write(self, event: str, kind: Kind) -> None:
        self._keys.write_both(self._keyring)
        self._custody.append(event, kind=kind.name.lower())
