# SPDX-License-Identifier: Apache-2.0
"""The key file, byte by byte: what stands where, and what its sealed parts say.

The key file is 4,096 bytes, always, and tells without a key only its vault, its cost and how often it was
written (numbers are big-endian):

       0     16  vault id
      16     32  salt
      48     12  Argon2id: memory in KiB, iterations, lanes
      60      4  version, 1
      64      8  generation, one more at each writing
      72    232  state, sealed under the root: database keys, head of the log, what each slot is for
     304  1,088  eight slots of 136 bytes, each the vault root sealed under one way of opening, or random
   1,392  2,672  zeros
   4,064     32  HMAC-SHA-256 of all before, under the file key

Each slot opens to 64 bytes: the vault root (32), the file key (24), the slot's purpose (1) and zeros (7). The
file key is the same in all slots; the root is not, if a slot was made for duress. A vault's own file key follows
from its root, so that a root alone, which is what another vault's duress slot holds, opens the whole file.

What may be done with it is in keyring.py.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from testimony_app.crypto.errors import KeyFileDamaged, KeyFileTooNew, NotAKeyFile
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.wrap import OVERHEAD

SIZE = 4096
SLOTS = 8
VERSION = 1
VAULT_ID = 16
ROOT = 32
FILE_KEY = 24
SLOT = OVERHEAD + 64
MAC = 32
_HEAD = struct.Struct(">16s32sIIIIQ")
_STATE = struct.Struct(">I32s32sQ64s8s12x")
SEALED_STATE = OVERHEAD + _STATE.size
_SLOTS_AT = _HEAD.size + SEALED_STATE
_END = _SLOTS_AT + SLOTS * SLOT
_NO_KEY = bytes(32)
_FILE_KEY_INFO = b"govah/keys/v1/file-key"


class Kind(IntEnum):
    """What a slot is for; only who opened the vault can see it."""

    EMPTY = 0
    PASSPHRASE = 1
    PASSPHRASE_AND_FILE = 2
    RECOVERY = 3
    DURESS = 4
    DURESS_ERASING = 5

    @property
    def is_duress(self) -> bool:
        """Whether the slot leads to another vault."""
        return self in {Kind.DURESS, Kind.DURESS_ERASING}


@dataclass(frozen=True)
class VaultRoot:
    """The key of keys while the vault is open; everything else is derived from it, for one purpose each."""

    root: Secret
    kind: Kind
    slot: int

    def db_wrap_key(self) -> Secret:
        """Return the key that seals database keys."""
        return self._derived(b"govah/vault/v1/database-keys")

    def log_key(self) -> Secret:
        """Return the key of the log."""
        return self._derived(b"govah/vault/v1/log")

    def device_key_wrap(self) -> Secret:
        """Return the key that seals the signing seeds and the age identity."""
        return self._derived(b"govah/vault/v1/device-keys")

    def blob_keys(self) -> Secret:
        """Return the key that seals the file keys of blobs."""
        return self._derived(b"govah/vault/v1/blob-keys")

    def wipe(self) -> None:
        """Forget the root."""
        self.root.wipe()

    def _derived(self, info: bytes) -> Secret:
        return hkdf(self.root, salt=b"", info=info)


@dataclass
class State:
    """What the file keeps for the vault, sealed under the root."""

    epoch: int
    database_key: Secret
    next_database_key: Secret | None
    log_seq: int
    log_hash: bytes
    kinds: list[Kind]

    @classmethod
    def fresh(cls) -> State:
        """Return the state of a vault that is being made."""
        return cls(1, Secret.random(32), None, 0, bytes(64), [Kind.EMPTY] * SLOTS)

    @classmethod
    def unpacked(cls, plain: Secret) -> State:
        """Return the state that the sealed bytes hold."""
        epoch, key, following, seq, log_hash, kinds = _STATE.unpack(plain.view)
        return cls(
            epoch,
            Secret(key),
            None if following == _NO_KEY else Secret(following),
            seq,
            log_hash,
            [_kind(kind) for kind in kinds],
        )

    def packed(self) -> Secret:
        """Return the bytes to seal."""
        plain = bytearray(_STATE.size)
        following = self.next_database_key
        _STATE.pack_into(
            plain,
            0,
            self.epoch,
            self.database_key.view,
            _NO_KEY if following is None else following.view,
            self.log_seq,
            self.log_hash,
            bytes(self.kinds),
        )
        return Secret(plain)

    def begin_epoch(self) -> Secret:
        """Return a copy of the next key of the database, made now if there is none."""
        if self.next_database_key is None:
            self.next_database_key = Secret.random(len(_NO_KEY))
        return self.next_database_key.copy()

    def finish_epoch(self) -> None:
        """Put the next key, if there is one, in the place of the present one."""
        if self.next_database_key is not None:
            self.database_key.wipe()
            self.database_key, self.next_database_key = self.next_database_key, None
            self.epoch += 1

    def wipe(self) -> None:
        """Forget the database keys."""
        self.database_key.wipe()
        if self.next_database_key is not None:
            self.next_database_key.wipe()


def file_key_of(root: Secret, vault_id: bytes) -> Secret:
    """Return the file key of a vault's own key file."""
    return hkdf(root, salt=vault_id, info=_FILE_KEY_INFO, size=FILE_KEY)


def pack_slot(root: Secret, file_key: Secret, kind: Kind) -> Secret:
    """Return the 64 bytes that a slot opens to."""
    return Secret(root.view + file_key.view + bytes([kind]) + bytes(7))


def unpack_slot(content: Secret) -> tuple[Secret, Secret, Kind]:
    """Return the vault root, the file key and the slot's purpose; raises KeyFileDamaged."""
    kind, *zeros = content.view[ROOT + FILE_KEY :]
    return Secret(content.view[:ROOT]), Secret(content.view[ROOT : ROOT + FILE_KEY]), _kind(kind + 256 * any(zeros))


def _kind(value: int) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise KeyFileDamaged(part="kind") from error


@dataclass(frozen=True)
class KeyFile:
    """The parts of a key file, none of them opened."""

    vault_id: bytes
    salt: bytes
    cost: Cost
    generation: int
    sealed_state: bytes
    slots: tuple[bytes, ...]

    def body(self) -> bytes:
        """Return all of the file but its authentication code."""
        cost = self.cost
        head = _HEAD.pack(
            self.vault_id, self.salt, cost.memory_kib, cost.iterations, cost.lanes, VERSION, self.generation
        )
        return (head + self.sealed_state + b"".join(self.slots)).ljust(SIZE - MAC, b"\0")


def parse(untrusted_bytes: bytes) -> KeyFile:
    """Return the parts; raises NotAKeyFile, KeyFileTooNew, KeyCostTooHigh."""
    if len(untrusted_bytes) != SIZE or any(untrusted_bytes[_END:-MAC]):
        raise NotAKeyFile
    vault_id, salt, memory, iterations, lanes, version, generation = _HEAD.unpack_from(untrusted_bytes)
    if version != VERSION:
        raise KeyFileTooNew(version=version) if version > VERSION else NotAKeyFile
    cost = Cost(memory, iterations, lanes)
    cost.check()
    slots = tuple(untrusted_bytes[at : at + SLOT] for at in range(_SLOTS_AT, _END, SLOT))
    return KeyFile(vault_id, salt, cost, generation, untrusted_bytes[_HEAD.size : _SLOTS_AT], slots)
