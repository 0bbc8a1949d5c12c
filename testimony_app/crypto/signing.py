# SPDX-License-Identifier: Apache-2.0
"""Signatures that say what they are for.

Each text is signed twice, by two independent keys: with Ed25519, which every ssh-keygen can verify, and with
the composite of ML-DSA-44 and Ed25519 (`ssh-mldsa44-ed25519@openssh.com`, OpenSSH 10.4), which stays good when
one of the two halves falls. A card pins both keys; `verify` wants both signatures, so that nobody gains by
leaving the stronger one out. The namespace is signed with the text: a receipt can't be shown as a bundle.

A signature proves which device key signed: not who spoke, nor when.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from testimony_app.crypto import sshsig
from testimony_app.crypto.errors import NotAKey, SignatureInvalid, SignatureMissing
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.sshsig import SshSignature

BUNDLE = "bundle-v1@govah"
RECEIPT = "receipt-v1@govah"
CARD = "card-v1@govah"
LIVE = "live-v1@govah"
GUIDE = "guide-v1@govah"
VOICES = "voices-v1@govah"
NAMESPACES = (BUNDLE, RECEIPT, CARD, LIVE, GUIDE, VOICES)
ED25519 = "ssh-ed25519"
COMPOSITE = "ssh-mldsa44-ed25519@openssh.com"
_SEED = 32
_POINT = 32
_LATTICE_PUBLIC = 1312
_LATTICE_SIGNATURE = 2420
_CURVE_SIGNATURE = 64
_COMPOSITE_PUBLIC = _LATTICE_PUBLIC + _POINT
_COMPOSITE_SIGNATURE = _LATTICE_SIGNATURE + _CURVE_SIGNATURE
_PREFIX = b"CompositeAlgorithmSignatures2025"
_LABEL = b"COMPSIG-MLDSA44-Ed25519-SHA512"
_SEED_INFO = b"govah/signing/v1/composite"


@dataclass(frozen=True)
class Signatures:
    """The two signature files of one text; an empty one is missing."""

    ed25519: str
    pq: str


@dataclass(frozen=True)
class RawSignatures:
    """The two signatures alone, without a file around them."""

    ed25519: bytes
    composite: bytes


@dataclass(frozen=True)
class PublicKeys:
    """The two keys that a card pins, raw: 32 and 1,344 bytes."""

    ed25519: bytes
    composite: bytes

    @classmethod
    def from_base64(cls, ed25519: str, composite: str) -> Self:
        """Return the keys as a card writes them; raises NotAKey."""
        try:
            keys = cls(_decoded(ed25519), _decoded(composite))
        except (binascii.Error, ValueError) as error:
            raise NotAKey from error
        if len(keys.ed25519) != _POINT or len(keys.composite) != _LATTICE_PUBLIC + _POINT:
            raise NotAKey
        return keys

    def to_base64(self) -> tuple[str, str]:
        """Return the keys as a card writes them."""
        return base64.b64encode(self.ed25519).decode("ascii"), base64.b64encode(self.composite).decode("ascii")


@dataclass(frozen=True)
class VerifiedSigner:
    """Which keys signed, and for what: made by `verify` alone."""

    keys: PublicKeys
    namespace: str


class DeviceKey:
    """The keys a device signs with, from two seeds of 32 bytes that share nothing."""

    def __init__(self, ed25519_seed: Secret, composite_seed: Secret) -> None:
        """Take the seeds over; raises NotAKey."""
        if len(ed25519_seed) != _SEED or len(composite_seed) != _SEED:
            raise NotAKey
        self._ed25519_seed = ed25519_seed
        self._composite_seed = composite_seed

    @classmethod
    def generate(cls) -> Self:
        """Return fresh keys."""
        return cls(Secret.random(_SEED), Secret.random(_SEED))

    @classmethod
    def from_seeds(cls, seeds: Secret) -> Self:
        """Return the keys of the 64 bytes that `seeds` gave; raises NotAKey."""
        return cls(Secret(seeds.view[:_SEED]), Secret(seeds.view[_SEED:]))

    def seeds(self) -> Secret:
        """Return both seeds, 64 bytes, to be sealed and wiped by the caller."""
        return Secret(self._ed25519_seed.view + self._composite_seed.view)

    @property
    def ed25519_public(self) -> bytes:
        """The 32-byte key that verifies the Ed25519 signature."""
        return self._ed25519().public_key().public_bytes_raw()

    @property
    def composite_public(self) -> bytes:
        """The 1,344-byte key that verifies the composite signature."""
        lattice, curve = self._composite()
        return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def public_keys(self) -> PublicKeys:
        """Return both public keys."""
        return PublicKeys(self.ed25519_public, self.composite_public)

    def sign(self, message: bytes, namespace: str) -> Signatures:
        """Return both signature files of a text, for one purpose."""
        if namespace not in NAMESPACES:
            raise ValueError("an unknown namespace")
        raw = self.sign_raw(sshsig.to_be_signed(message, namespace))
        return Signatures(
            SshSignature(ED25519, self.ed25519_public, namespace, raw.ed25519).armored(),
            SshSignature(COMPOSITE, self.composite_public, namespace, raw.composite).armored(),
        )

    def sign_raw(self, signed: bytes) -> RawSignatures:
        """Return both signatures over bytes that say themselves what they are for: SSHSIG's, or a certificate's."""
        return RawSignatures(self._ed25519().sign(signed), self._sign_composite(signed))

    def signature_sizes(self, namespace: str) -> tuple[int, int]:
        """Return how long the two signature files for a purpose are; they never vary."""
        curve = SshSignature(ED25519, bytes(_POINT), namespace, bytes(_CURVE_SIGNATURE))
        composite = SshSignature(COMPOSITE, bytes(_COMPOSITE_PUBLIC), namespace, bytes(_COMPOSITE_SIGNATURE))
        return len(curve.armored()), len(composite.armored())

    def wipe(self) -> None:
        """Forget the seeds."""
        self._ed25519_seed.wipe()
        self._composite_seed.wipe()

    def _ed25519(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._ed25519_seed.view)

    def _composite(self) -> tuple[MLDSA44PrivateKey, Ed25519PrivateKey]:
        # The composite has an Ed25519 key of its own: its draft forbids a component that also signs alone.
        with hkdf(self._composite_seed, salt=b"", info=_SEED_INFO, size=2 * _SEED) as seeds:
            return (
                MLDSA44PrivateKey.from_seed_bytes(seeds.view[:_SEED]),
                Ed25519PrivateKey.from_private_bytes(seeds.view[_SEED:]),
            )

    def _sign_composite(self, signed: bytes) -> bytes:
        lattice, curve = self._composite()
        representative = _representative(signed)
        return lattice.sign(representative, _LABEL) + curve.sign(representative)


def verify(message: bytes, signatures: Signatures, keys: PublicKeys, namespace: str) -> VerifiedSigner:
    """Return who signed, if both keys did, this text, for this purpose.

    Raises SignatureMissing, SignatureInvalid.
    """
    for text, algorithm in ((signatures.ed25519, ED25519), (signatures.pq, COMPOSITE)):
        if not text:
            raise SignatureMissing(algorithm=algorithm)
    claimed = RawSignatures(
        _claimed(signatures.ed25519, ED25519, keys.ed25519, namespace),
        _claimed(signatures.pq, COMPOSITE, keys.composite, namespace),
    )
    verify_raw(sshsig.to_be_signed(message, namespace), claimed, keys)
    return VerifiedSigner(keys, namespace)


def verify_raw(signed: bytes, signatures: RawSignatures, keys: PublicKeys, *, only: str = "") -> None:
    """Return if both keys signed these bytes, or the one that is asked for; raises SignatureInvalid."""
    try:
        if only != COMPOSITE:
            Ed25519PublicKey.from_public_bytes(keys.ed25519).verify(signatures.ed25519, signed)
        if only != ED25519:
            _verify_composite(signatures.composite, keys.composite, signed)
    except (InvalidSignature, ValueError) as error:
        raise SignatureInvalid(part="signature") from error


def allowed_signers_line(
    principal: str,
    ed25519_public: bytes,
    composite_public: bytes,
    namespaces: tuple[str, ...] = NAMESPACES,
    *,
    is_authority: bool = False,
) -> str:
    """Return the two lines that tell `ssh-keygen -Y verify` whose keys these are and what they may sign.

    With `is_authority` it is not they that sign, but the one-time keys that they certified.
    """
    authority = "cert-authority," if is_authority else ""
    options = f'{principal} {authority}namespaces="{",".join(namespaces)}"'
    lines = (
        f"{options} {sshsig.public_line(ED25519, ed25519_public)}",
        f"{options} {sshsig.public_line(COMPOSITE, composite_public)}",
    )
    return "\n".join(lines) + "\n"


def _claimed(text: str, algorithm: str, public: bytes, namespace: str) -> bytes:
    claimed = sshsig.parse(text)
    told = (claimed.algorithm, claimed.public, claimed.namespace)
    if told != (algorithm, public, namespace) or claimed.certificate:
        raise SignatureInvalid(part="claim")
    return claimed.signature


def _verify_composite(signature: bytes, public: bytes, signed: bytes) -> None:
    if len(signature) != _LATTICE_SIGNATURE + _CURVE_SIGNATURE or len(public) != _LATTICE_PUBLIC + _POINT:
        raise SignatureInvalid(part="size")
    representative = _representative(signed)
    lattice = MLDSA44PublicKey.from_public_bytes(public[:_LATTICE_PUBLIC])
    lattice.verify(signature[:_LATTICE_SIGNATURE], representative, _LABEL)
    curve = Ed25519PublicKey.from_public_bytes(public[_LATTICE_PUBLIC:])
    curve.verify(signature[_LATTICE_SIGNATURE:], representative)


def _representative(signed: bytes) -> bytes:
    # draft-ietf-lamps-pq-composite-sigs-18, with an empty context: M' of the text as SSH wants it signed.
    return _PREFIX + _LABEL + b"\0" + hashlib.sha512(signed).digest()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii"), validate=True)
