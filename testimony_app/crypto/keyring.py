# SPDX-License-Identifier: Apache-2.0
"""The vault's one key, wrapped once for each way of opening it.

Its bytes are in keyfile.py. A keyring is made or parsed, opened, perhaps changed, and written; the vault keeps
two copies and writes them in turn.

Guaranteed: one Argon2id run, whatever the number of slots; an empty slot looks like a used one; a slot opens
under one key only (wrap.py); what parses serialises to the same bytes. Not guaranteed: that this is the newest
file there ever was. An older copy opens as well as it did; the log's head inside lets the vault notice.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from testimony_app.crypto import keyfile as _keyfile
from testimony_app.crypto import passphrase as _passphrase
from testimony_app.crypto.errors import KeyFileDamaged, KeySlotsFull, PassphraseTaken, WrongKey
from testimony_app.crypto.kdf import check_mac, hkdf, mac
from testimony_app.crypto.kept import Kept
from testimony_app.crypto.keyfile import SIZE, SLOTS, KeyFile, Kind, State, VaultRoot
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.wrap import unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from testimony_app.crypto.passphrase import Cost

__all__ = ["SIZE", "SLOTS", "Keyring", "Kind", "VaultRoot"]

_SLOT_INFO = b"govah/keys/v1/slot"
_STATE_INFO = b"govah/keys/v1/state"
_MAC_INFO = b"govah/keys/v1/mac"
_RECOVERY_INFO = b"govah/keys/v1/recovery"
PASSPHRASES = (Kind.PASSPHRASE, Kind.PASSPHRASE_AND_FILE)


class Keyring(Kept):
    """The key file as a value: locked, then open, then perhaps changed and written again."""

    def __init__(self, parts: KeyFile, written: bytes | None) -> None:
        """Hold the parts; use `create` or `parse`."""
        super().__init__(written)
        self._parts = parts
        self._file_key: Secret | None = None
        self._root: VaultRoot | None = None

    @classmethod
    def create(cls, vault_id: bytes, cost: Cost) -> Self:
        """Return an open keyring with a fresh root and no slot in use: add one before writing it.

        Raises KeyCostTooHigh.
        """
        if len(vault_id) != _keyfile.VAULT_ID:
            raise ValueError("a vault id has 16 bytes")
        cost.check()
        slots = tuple(os.urandom(_keyfile.SLOT) for _ in range(SLOTS))
        keyring = cls(KeyFile(vault_id, os.urandom(_passphrase.SALT), cost, 0, b"", slots), None)
        keyring._root = VaultRoot(Secret.random(_keyfile.ROOT), Kind.EMPTY, -1)
        keyring._file_key = _keyfile.file_key_of(keyring._root.root, vault_id)
        keyring._state = State.fresh()
        return keyring

    @classmethod
    def parse(cls, untrusted_bytes: bytes) -> Self:
        """Return a locked keyring; nothing in it is authenticated before it is opened.

        Raises NotAKeyFile, KeyFileTooNew, KeyCostTooHigh.
        """
        return cls(_keyfile.parse(untrusted_bytes), bytes(untrusted_bytes))

    @property
    def vault_id(self) -> bytes:
        """Which vault the file belongs to."""
        return self._parts.vault_id

    @property
    def salt(self) -> bytes:
        """What makes the same passphrase another key in another vault."""
        return self._parts.salt

    @property
    def cost(self) -> Cost:
        """What one derivation takes."""
        return self._parts.cost

    @property
    def generation(self) -> int:
        """How often the file was written: of two copies the higher one is newer."""
        return self._parts.generation

    @property
    def is_open(self) -> bool:
        """Whether the root is at hand."""
        return self._root is not None

    @property
    def root(self) -> VaultRoot:
        """The vault root of an open keyring."""
        if self._root is None:
            raise ValueError("the keyring is locked")
        return self._root

    def derive(self, secret: Secret, *, kind: Kind = Kind.PASSPHRASE, key_file: Secret | None = None) -> Secret:
        """Return the key that a way of opening stands for: the one slow step, and for passphrases only."""
        if kind is Kind.RECOVERY:
            return hkdf(secret, salt=self.salt, info=_RECOVERY_INFO)
        return _passphrase.derive(secret, self.salt, self.cost, key_file=key_file)

    def unlock(self, secret: Secret, *, kind: Kind = Kind.PASSPHRASE, key_file: Secret | None = None) -> VaultRoot:
        """Open with a passphrase, with a passphrase and a key file, or with a recovery secret of 32 bytes.

        Raises WrongKey when no slot opens, KeyFileDamaged when one does and the file is not what was written.
        """
        with self.derive(secret, kind=kind, key_file=key_file) as key:
            return self.unlock_derived(key)

    def unlock_derived(self, key: Secret) -> VaultRoot:
        """Open with a key from `derive`; raises WrongKey, KeyFileDamaged."""
        slot, content = _open_slots(self._parts, key)
        with content:
            root, file_key, kind = _keyfile.unpack_slot(content)
        return self._opened(VaultRoot(root, kind, slot), file_key)

    def unlock_root(self, root: Secret) -> VaultRoot:
        """Open with the root itself, which another vault's duress slot leads to; takes the root over.

        Raises WrongKey, KeyFileDamaged.
        """
        try:
            state = self._open_state(root)
        except KeyFileDamaged as error:
            root.wipe()
            raise WrongKey from error
        state.wipe()
        # With one passphrase there is no doubt which way its owner means by "my own".
        mine = [slot for slot, kind in enumerate(state.kinds) if kind in PASSPHRASES]
        opened = VaultRoot(root, Kind.PASSPHRASE, mine[0] if len(mine) == 1 else -1)
        return self._opened(opened, _keyfile.file_key_of(root, self.vault_id))

    def add(self, secret: Secret, kind: Kind = Kind.PASSPHRASE, *, key_file: Secret | None = None) -> int:
        """Give one more way of opening a slot drawn at random among the free ones; return its number.

        Raises KeySlotsFull, and PassphraseTaken when it leads to another vault already.
        """
        with self.derive(secret, kind=kind, key_file=key_file) as key:
            return self._fill_slot(key, self.root.root, kind)

    def add_duress(
        self, secret: Secret, other_root: Secret, *, erases: bool = False, key_file: Secret | None = None
    ) -> int:
        """Give a passphrase a slot that opens to another root, and to nothing of this vault.

        With `erases` the slot says that whoever opens by it means to erase the others. Raises KeySlotsFull,
        PassphraseTaken.
        """
        with self.derive(secret, key_file=key_file) as key:
            return self._fill_slot(key, other_root, Kind.DURESS_ERASING if erases else Kind.DURESS)

    def count_as_mine(self, slot: int) -> None:
        """Let this slot count as the one that opened, as when whoever has it open makes it or moves there."""
        self._root = replace(self.root, slot=slot)

    def drop(self, slot: int) -> None:
        """Fill a slot with random bytes: what opened it opens nothing any more."""
        self._opened_state().kinds[slot] = Kind.EMPTY
        self._put_slot(slot, os.urandom(_keyfile.SLOT))

    @contextlib.contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Take back what the block did to the slots if it fails, for instance at writing them."""
        slots, kinds = self._parts.slots, [*self.kinds]
        try:
            yield
        except BaseException:
            self._parts, self._written = replace(self._parts, slots=slots), None
            self._opened_state().kinds = kinds
            raise

    def erase_others(self) -> None:
        """Destroy every slot but the one that opened; from a duress slot, the vault's own keys with them.

        What is left of a vault's own keys then stands in no file: not even this one's new bytes tell that it was so.
        """
        opened = self.root.slot
        for slot in range(SLOTS):
            if slot != opened:
                self._put_slot(slot, os.urandom(_keyfile.SLOT))
        if self._state is None:
            self._parts = replace(self._parts, sealed_state=os.urandom(_keyfile.SEALED_STATE))
        else:
            kinds = self._state.kinds
            self._state.kinds = [kind if slot == opened else Kind.EMPTY for slot, kind in enumerate(kinds)]

    def serialise(self) -> bytes:
        """Return the bytes to write: the same as were parsed, or, if anything changed, a new generation."""
        if self._written is None:
            self._written = self._sealed()
        return self._written

    def lock(self) -> None:
        """Forget every key; may be called again."""
        for part in (self._root, self._file_key, self._state):
            if part is not None:
                part.wipe()
        self._root = self._file_key = self._state = None

    def _sealed(self) -> bytes:
        if self._file_key is None or (self.root.slot < 0 and not any(self.kinds)):
            raise ValueError("a keyring is written with a way to open it, and while it is open")
        parts = replace(self._parts, generation=self._parts.generation + 1)
        if self._state is not None:
            with self._state.packed() as plain:
                sealed = wrap(self.root.root, plain, info=_STATE_INFO, context=parts.vault_id)
            parts = replace(parts, sealed_state=sealed)
        self._parts = parts
        with self._mac_key(self._file_key) as key:
            return parts.body() + mac(key, parts.body())

    def _opened(self, root: VaultRoot, file_key: Secret) -> VaultRoot:
        """Take over the keys of whoever opened, once the file is what they say it must be."""
        try:
            self._check_mac(file_key)
            state = None if root.kind.is_duress else self._open_state(root.root)
        except KeyFileDamaged:
            root.wipe()
            file_key.wipe()
            raise
        self._file_key, self._root, self._state = file_key, root, state
        return root

    def _open_state(self, root: Secret) -> State:
        try:
            plain = unwrap(root, self._parts.sealed_state, info=_STATE_INFO, context=self.vault_id)
        except WrongKey as error:
            raise KeyFileDamaged(part="state") from error
        with plain:
            return State.unpacked(plain)

    def _check_mac(self, file_key: Secret) -> None:
        written = self.serialise()
        with self._mac_key(file_key) as key:
            if not check_mac(key, written[: -_keyfile.MAC], written[-_keyfile.MAC :]):
                raise KeyFileDamaged(part="mac")

    def _mac_key(self, file_key: Secret) -> Secret:
        return hkdf(file_key, salt=self.vault_id, info=_MAC_INFO)

    def _fill_slot(self, key: Secret, root: Secret, kind: Kind) -> int:
        state = self._opened_state()
        free = [slot for slot, used in enumerate(state.kinds) if used is Kind.EMPTY]
        if not free or self._file_key is None:
            raise KeySlotsFull
        self._refuse_two_ends(key, kind)
        slot = secrets.choice(free)
        with _keyfile.pack_slot(root, self._file_key, kind) as content:
            self._put_slot(slot, wrap(key, content, info=_SLOT_INFO, context=_slot_context(self.vault_id, slot)))
        state.kinds[slot] = kind
        return slot

    def _refuse_two_ends(self, key: Secret, kind: Kind) -> None:
        """One passphrase leads to one place: here, or to the other vault."""
        with contextlib.suppress(WrongKey):
            slot, content = _open_slots(self._parts, key)
            content.wipe()
            if kind.is_duress or self.kinds[slot].is_duress:
                raise PassphraseTaken

    def _put_slot(self, slot: int, sealed: bytes) -> None:
        slots = [*self._parts.slots]
        slots[slot] = sealed
        self._parts = replace(self._parts, slots=tuple(slots))
        self._written = None


def _open_slots(parts: KeyFile, key: Secret) -> tuple[int, Secret]:
    # All eight are always tried, so that the time taken does not tell which one opened.
    opened: list[tuple[int, Secret]] = []
    for slot, sealed in enumerate(parts.slots):
        context = _slot_context(parts.vault_id, slot)
        with contextlib.suppress(WrongKey):
            opened.append((slot, unwrap(key, sealed, info=_SLOT_INFO, context=context)))
    if not opened:
        raise WrongKey
    return opened[0]


def _slot_context(vault_id: bytes, slot: int) -> bytes:
    return vault_id + bytes([slot])
