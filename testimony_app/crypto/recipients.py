# SPDX-License-Identifier: Apache-2.0
"""Who an age file is sealed to: the quantum-safe hybrid key, and the older X25519.

An identity is the private half and opens; a recipient is the public half and seals. The hybrid is HPKE
(RFC 9180, base mode) with ML-KEM-768 + X25519 ("X-Wing"), HKDF-SHA-256 and ChaCha20-Poly1305: what is sealed
to it stays closed as long as either of the two holds.
"""

from __future__ import annotations

import hashlib
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from testimony_app.crypto import bech32
from testimony_app.crypto.errors import HeaderDamaged, NotAKey
from testimony_app.crypto.header import HYBRID, X25519, Stanza, decode_base64, encode_base64
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.secret import Secret, wipe

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_X25519_INFO = b"age-encryption.org/v1/X25519"
_HYBRID_PUBLIC = "age1pq"
_HYBRID_PRIVATE = "age-secret-key-pq-"
_X25519_PUBLIC = "age"
_X25519_PRIVATE = "age-secret-key-"
_ZERO_NONCE = bytes(12)
_SEED = 32
_POINT = 32
_LATTICE_PUBLIC = 1184
_LATTICE_SHARE = 1088
_ENC = _LATTICE_SHARE + _POINT
_BODY = 32
"""A wrapped file key: 16 bytes and the tag. Other lengths are refused before any key is tried."""


class HybridRecipient:
    """The public half of a quantum-safe key: `age1pq1...`."""

    is_quantum_safe = True

    def __init__(self, public: bytes) -> None:
        """Take the 1,216 bytes of an ML-KEM-768 key and an X25519 key; raises NotAKey."""
        if len(public) != _LATTICE_PUBLIC + _POINT:
            raise NotAKey
        try:
            lattice = mlkem.MLKEM768PublicKey.from_public_bytes(public[:_LATTICE_PUBLIC])
        except ValueError as error:
            raise NotAKey from error
        point = X25519PublicKey.from_public_bytes(public[_LATTICE_PUBLIC:])
        self.public = public
        self._key = hpke.MLKEM768X25519PublicKey(lattice, point)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the recipient that a text stands for, in small letters or capitals; raises NotAKey."""
        return cls(bytes(bech32.decode(_HYBRID_PUBLIC, _ascii(text))))

    def text(self) -> str:
        """Return `age1pq1...`, 1,959 characters."""
        return bech32.encode(_HYBRID_PUBLIC, self.public).decode("ascii")

    def wrap(self, file_key: Secret) -> Stanza:
        """Return the stanza that gives the file key to whoever holds the identity."""
        sealed = _SUITE.encrypt(file_key.view, self._key, _HYBRID_INFO)
        return Stanza(HYBRID, (encode_base64(sealed[:_ENC]),), sealed[_ENC:])


class HybridIdentity:
    """The private half of a quantum-safe key: a seed of 32 bytes."""

    def __init__(self, seed: Secret) -> None:
        """Take the seed over; raises NotAKey when it has not 32 bytes."""
        if len(seed) != _SEED:
            raise NotAKey
        self.seed = seed

    @classmethod
    def generate(cls) -> Self:
        """Return a fresh identity."""
        return cls(Secret.random(_SEED))

    @classmethod
    def from_text(cls, text: str | Secret) -> Self:
        """Return the identity that `AGE-SECRET-KEY-PQ-1...` stands for; raises NotAKey."""
        return cls(Secret(bech32.decode(_HYBRID_PRIVATE, _ascii(text))))

    def text(self) -> Secret:
        """Return `AGE-SECRET-KEY-PQ-1...` as ASCII, to be wiped after use."""
        return _capitals(bech32.encode(_HYBRID_PRIVATE, self.seed.view))

    def recipient(self) -> HybridRecipient:
        """Return the public half."""
        lattice, curve = self._halves()
        return HybridRecipient(lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> Secret | None:
        """Return the file key, or None when the stanza is not for this identity.

        Raises HeaderDamaged when no honest writer can have made the stanza.
        """
        if stanza.type != HYBRID:
            return None
        share = _only_argument(stanza, _ENC)
        lattice, curve = self._halves()
        # The library takes a share of low order for one that is merely not ours; asked directly, it says so.
        _exchange(curve, share[_LATTICE_SHARE:])
        key = hpke.MLKEM768X25519PrivateKey(lattice, curve)
        try:
            return Secret(_SUITE.decrypt(share + stanza.body, key, _HYBRID_INFO))
        except InvalidTag:
            return None

    def wipe(self) -> None:
        """Forget the seed."""
        self.seed.wipe()

    def _halves(self) -> tuple[mlkem.MLKEM768PrivateKey, X25519PrivateKey]:
        # X-Wing's expansion of one seed into two keys; the library leaves it to its caller.
        expanded = bytearray(hashlib.shake_256(self.seed.view).digest(3 * _SEED))
        try:
            return (
                mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[: 2 * _SEED]),
                X25519PrivateKey.from_private_bytes(expanded[2 * _SEED :]),
            )
        finally:
            wipe(expanded)


class X25519Recipient:
    """The public half of an older key: `age1...`. What is sealed to it is open to a quantum computer."""

    is_quantum_safe = False

    def __init__(self, public: bytes) -> None:
        """Take the 32 bytes of the point; raises NotAKey."""
        if len(public) != _POINT:
            raise NotAKey
        self.public = public

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the recipient that a text stands for; raises NotAKey."""
        return cls(bytes(bech32.decode(_X25519_PUBLIC, _ascii(text))))

    def text(self) -> str:
        """Return `age1...`, 62 characters."""
        return bech32.encode(_X25519_PUBLIC, self.public).decode("ascii")

    def wrap(self, file_key: Secret) -> Stanza:
        """Return the stanza that gives the file key to whoever holds the identity."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            shared = bytearray(ephemeral.exchange(X25519PublicKey.from_public_bytes(self.public)))
        except ValueError as error:
            raise NotAKey from error
        with Secret(shared) as secret, _wrap_key(secret, share, self.public) as key:
            body = ChaCha20Poly1305(key.view).encrypt(_ZERO_NONCE, file_key.view, None)
        return Stanza(X25519, (encode_base64(share),), body)


class X25519Identity:
    """The private half of an older key."""

    def __init__(self, scalar: Secret) -> None:
        """Take the scalar over; raises NotAKey when it has not 32 bytes."""
        if len(scalar) != _POINT:
            raise NotAKey
        self.scalar = scalar

    @classmethod
    def generate(cls) -> Self:
        """Return a fresh identity."""
        return cls(Secret.random(_POINT))

    @classmethod
    def from_text(cls, text: str | Secret) -> Self:
        """Return the identity that `AGE-SECRET-KEY-1...` stands for; raises NotAKey."""
        return cls(Secret(bech32.decode(_X25519_PRIVATE, _ascii(text))))

    def text(self) -> Secret:
        """Return `AGE-SECRET-KEY-1...` as ASCII, to be wiped after use."""
        return _capitals(bech32.encode(_X25519_PRIVATE, self.scalar.view))

    def recipient(self) -> X25519Recipient:
        """Return the public half."""
        return X25519Recipient(self._key().public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> Secret | None:
        """Return the file key, or None when the stanza is not for this identity.

        Raises HeaderDamaged when no honest writer can have made the stanza.
        """
        if stanza.type != X25519:
            return None
        share = _only_argument(stanza, _POINT)
        curve = self._key()
        own = curve.public_key().public_bytes_raw()
        with _exchange(curve, share) as shared, _wrap_key(shared, share, own) as key:
            try:
                return Secret(ChaCha20Poly1305(key.view).decrypt(_ZERO_NONCE, stanza.body, None))
            except InvalidTag:
                return None

    def wipe(self) -> None:
        """Forget the scalar."""
        self.scalar.wipe()

    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.scalar.view)


Recipient = HybridRecipient | X25519Recipient
Identity = HybridIdentity | X25519Identity


def recipient_from_text(text: str) -> Recipient:
    """Return the recipient that a text stands for, of either kind; raises NotAKey."""
    if text.strip().lower().startswith(_HYBRID_PUBLIC + "1"):
        return HybridRecipient.from_text(text)
    return X25519Recipient.from_text(text)


def identity_from_text(text: str | Secret) -> Identity:
    """Return the identity that a text stands for, of either kind; raises NotAKey."""
    if _ascii(text).lower().startswith(_HYBRID_PRIVATE.encode("ascii") + b"1"):
        return HybridIdentity.from_text(text)
    return X25519Identity.from_text(text)


def _only_argument(stanza: Stanza, size: int) -> bytes:
    if len(stanza.arguments) != 1:
        raise HeaderDamaged(part="arguments")
    share = decode_base64(stanza.arguments[0].encode("ascii"))
    if len(share) != size or len(stanza.body) != _BODY:
        raise HeaderDamaged(part="stanza")
    return share


def _exchange(curve: X25519PrivateKey, share: bytes) -> Secret:
    try:
        return Secret(curve.exchange(X25519PublicKey.from_public_bytes(share)))
    except ValueError as error:
        raise HeaderDamaged(part="share") from error


def _wrap_key(shared: Secret, share: bytes, public: bytes) -> Secret:
    # The nonce that goes with this key is all zeros: the key depends on a fresh share and is used once.
    return hkdf(shared, salt=share + public, info=_X25519_INFO)


def _capitals(text: bytearray) -> Secret:
    for index, letter in enumerate(text):
        if ord("a") <= letter <= ord("z"):
            text[index] = letter - 32
    return Secret(text)


def _ascii(text: str | Secret) -> bytearray:
    if isinstance(text, Secret):
        return bytearray(text.view.strip())
    try:
        return bytearray(text.strip().encode("ascii"))
    except UnicodeEncodeError as error:
        raise NotAKey from error
