# SPDX-License-Identifier: Apache-2.0
"""One key vouches for another: OpenSSH's certificates, in the one form that we write and take.

A card's keys can certify keys that are used once and erased (one for each testimony of a drop box). A signature
then carries the certificate in its public key's place, and `ssh-keygen -Y verify` checks the whole chain when
the card's keys are marked `cert-authority` in the file of allowed signers.

    string type | string nonce | string public key | uint64 serial | uint32 1 (user) | string key id
    string principals (string "device") | uint64 0 | uint64 2^64-1 | string "" x 3 | string authority's key
    string signature of all before it

Both keys of a pair are certified apart, by the authority's key of the same kind, under the same serial number.
The form is strict: no options, no extensions, no dates (there is no trusted time offline), one byte string for each
set of values. A serial number is used once; whoever checks compares it with what was signed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from testimony_app.crypto import sshsig
from testimony_app.crypto.errors import SignatureInvalid, SignatureMissing
from testimony_app.crypto.signing import (
    COMPOSITE,
    ED25519,
    DeviceKey,
    PublicKeys,
    RawSignatures,
    Signatures,
    verify_raw,
)
from testimony_app.crypto.sshsig import SshSignature, Wire, pair, string

PRINCIPAL = "device"
KEY_ID = "govah one-time key"
_NONCE = 32
_FOREVER = b"\xff" * 8
_USER = (1).to_bytes(4, "big")


@dataclass(frozen=True)
class Certificate:
    """What one certificate says, and the authority's signature under it."""

    algorithm: str
    nonce: bytes
    public: bytes
    serial: int
    authority: bytes
    signature: bytes = b""

    def signed(self) -> bytes:
        """Return the bytes that the authority signs."""
        name = self.algorithm.encode("ascii")
        return (
            string(sshsig.certificate_type(self.algorithm).encode("ascii"))
            + string(self.nonce)
            + string(self.public)
            + self.serial.to_bytes(8, "big")
            + _USER
            + string(KEY_ID.encode("ascii"))
            + string(string(PRINCIPAL.encode("ascii")))
            + bytes(8)
            + _FOREVER
            + 3 * string(b"")
            + string(string(name) + string(self.authority))
        )

    def blob(self) -> bytes:
        """Return the whole certificate as it stands in a signature file."""
        name = self.algorithm.encode("ascii")
        return self.signed() + string(string(name) + string(self.signature))


class OneTimeKey:
    """A pair of keys and what vouches for them: signs as a device key does, under its serial number."""

    def __init__(self, device: DeviceKey, certificates: tuple[bytes, bytes]) -> None:
        """Take the keys over; the certificates are the blobs for the Ed25519 and the composite key."""
        self._device = device
        self._certificates = certificates
        self.serial = parse(certificates[0], ED25519).serial

    def sign(self, message: bytes, namespace: str) -> Signatures:
        """Return both signature files of a text, each with its certificate inside."""
        raw = self._device.sign_raw(sshsig.to_be_signed(message, namespace))
        keys = self._device.public_keys()
        curve, composite = self._certificates
        return Signatures(
            SshSignature(ED25519, keys.ed25519, namespace, raw.ed25519, curve).armored(),
            SshSignature(COMPOSITE, keys.composite, namespace, raw.composite, composite).armored(),
        )

    def signature_sizes(self, namespace: str) -> tuple[int, int]:
        """Return how long the two signature files for a purpose are; they never vary."""
        made = self.sign(b"", namespace)
        return len(made.ed25519), len(made.pq)

    def wipe(self) -> None:
        """Forget the private keys."""
        self._device.wipe()


def certify(subject: PublicKeys, serial: int, authority: DeviceKey) -> tuple[bytes, bytes]:
    """Return the two certificates in which an authority's keys vouch for another pair of keys."""
    keys = authority.public_keys()
    return (
        _certified(Certificate(ED25519, os.urandom(_NONCE), subject.ed25519, serial, keys.ed25519), authority),
        _certified(Certificate(COMPOSITE, os.urandom(_NONCE), subject.composite, serial, keys.composite), authority),
    )


def parse(untrusted_blob: bytes, algorithm: str) -> Certificate:
    """Return what a certificate says, if it is written in the one way; its signature isn't checked yet.

    Raises SignatureInvalid.
    """
    try:
        certificate = _parse(Wire(untrusted_blob), algorithm)
    except ValueError as error:
        raise SignatureInvalid(part="certificate") from error
    if certificate.blob() != untrusted_blob or len(certificate.nonce) != _NONCE:
        raise SignatureInvalid(part="certificate")
    return certificate


def claimed_authority(signatures: Signatures) -> PublicKeys | None:
    """Return whose keys vouch for the keys of two signature files, or None when they carry no certificates.

    Raises SignatureInvalid when only one does.
    """
    curve, composite = sshsig.parse(signatures.ed25519), sshsig.parse(signatures.pq)
    if bool(curve.certificate) != bool(composite.certificate):
        raise SignatureInvalid(part="certificate")
    if not curve.certificate:
        return None
    return PublicKeys(
        parse(curve.certificate, ED25519).authority,
        parse(composite.certificate, COMPOSITE).authority,
    )


def serial_of(signatures: Signatures) -> int | None:
    """Return the number of the one-time keys that two verified signature files were made with, or None for others."""
    blob = sshsig.parse(signatures.ed25519).certificate
    return parse(blob, ED25519).serial if blob else None


def verify_certified(message: bytes, signatures: Signatures, authority: PublicKeys, namespace: str) -> int:
    """Return the serial number of the one-time keys that signed this text, if the authority vouches for both.

    Raises SignatureMissing, SignatureInvalid.
    """
    if not signatures.ed25519 or not signatures.pq:
        raise SignatureMissing(algorithm=COMPOSITE if signatures.ed25519 else ED25519)
    files = sshsig.parse(signatures.ed25519), sshsig.parse(signatures.pq)
    curve, composite = parse(files[0].certificate, ED25519), parse(files[1].certificate, COMPOSITE)
    told = (files[0].algorithm, files[1].algorithm, files[0].namespace, files[1].namespace)
    if told != (ED25519, COMPOSITE, namespace, namespace) or curve.serial != composite.serial:
        raise SignatureInvalid(part="claim")
    if (curve.authority, composite.authority) != (authority.ed25519, authority.composite):
        raise SignatureInvalid(part="authority")
    _verify_certificates(curve, composite, authority)
    keys = PublicKeys(curve.public, composite.public)
    raw = RawSignatures(files[0].signature, files[1].signature)
    verify_raw(sshsig.to_be_signed(message, namespace), raw, keys)
    return curve.serial


def _verify_certificates(curve: Certificate, composite: Certificate, authority: PublicKeys) -> None:
    verify_raw(curve.signed(), RawSignatures(curve.signature, b""), authority, only=ED25519)
    verify_raw(composite.signed(), RawSignatures(b"", composite.signature), authority, only=COMPOSITE)


def _certified(certificate: Certificate, authority: DeviceKey) -> bytes:
    raw = authority.sign_raw(certificate.signed())
    signature = raw.ed25519 if certificate.algorithm == ED25519 else raw.composite
    name = certificate.algorithm.encode("ascii")
    return certificate.signed() + string(string(name) + string(signature))


def _parse(wire: Wire, algorithm: str) -> Certificate:
    wire.string()
    nonce, public = wire.string(), wire.string()
    serial = int.from_bytes(wire.take(8), "big")
    wire.take(len(_USER))
    wire.string()
    wire.string()
    wire.take(16)
    for _ in range(3):
        wire.string()
    _name, authority = pair(wire.string())
    _name, signature = pair(wire.string())
    wire.end()
    return Certificate(algorithm, nonce, public, serial, authority, signature)
