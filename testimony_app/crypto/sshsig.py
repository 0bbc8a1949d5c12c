# SPDX-License-Identifier: Apache-2.0
"""Signature files as `ssh-keygen -Y verify` reads them, parsed so that they write back to the same bytes.

    -----BEGIN SSH SIGNATURE-----       base64, 70 columns, of:
    "SSHSIG" | version 1 | string public key | string namespace | string "" | string "sha512" | string signature
    -----END SSH SIGNATURE-----

In the place of a public key may stand a certificate for it (certificate.py). What is signed is not the text but:
"SSHSIG" | string namespace | string "" | string "sha512" | string SHA-512.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from testimony_app.crypto.errors import SignatureInvalid

_MAGIC = b"SSHSIG"
_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"
_COLUMNS = 70
_HASH = b"sha512"
_LONGEST = 16 * 1024


@dataclass(frozen=True)
class SshSignature:
    """One signature file: who says to have signed, for what purpose, and the signature."""

    algorithm: str
    public: bytes
    namespace: str
    signature: bytes
    certificate: bytes = b""
    """Where another key vouches for this one: the certificate, in the public key's place."""

    def armored(self) -> str:
        """Return the text of the file."""
        name = self.algorithm.encode("ascii")
        blob = (
            _MAGIC
            + (1).to_bytes(4, "big")
            + string(self.certificate or string(name) + string(self.public))
            + string(self.namespace.encode("ascii"))
            + string(b"")
            + string(_HASH)
            + string(string(name) + string(self.signature))
        )
        text = base64.b64encode(blob).decode("ascii")
        rows = [text[start : start + _COLUMNS] for start in range(0, len(text), _COLUMNS)]
        return _BEGIN + "\n".join(rows) + "\n" + _END


def to_be_signed(message: bytes, namespace: str) -> bytes:
    """Return what a key signs for a message in a namespace."""
    digest = hashlib.sha512(message).digest()
    return _MAGIC + string(namespace.encode("ascii")) + string(b"") + string(_HASH) + string(digest)


def parse(untrusted_text: str) -> SshSignature:
    """Return the signature that a file holds; raises SignatureInvalid unless it is written in the one way."""
    if len(untrusted_text) > _LONGEST or not untrusted_text.startswith(_BEGIN) or not untrusted_text.endswith(_END):
        raise SignatureInvalid(part="armor")
    body = untrusted_text[len(_BEGIN) : -len(_END)]
    try:
        blob = base64.b64decode(body.replace("\n", "").encode("ascii"), validate=True)
        signature = _parse_blob(Wire(blob))
    except (binascii.Error, ValueError) as error:
        raise SignatureInvalid(part="encoding") from error
    if signature.armored() != untrusted_text:
        raise SignatureInvalid(part="form")
    return signature


def string(value: bytes) -> bytes:
    """Return a value as SSH writes it: its length in four bytes, then itself."""
    return len(value).to_bytes(4, "big") + value


def public_line(algorithm: str, public: bytes) -> str:
    """Return a public key as `ssh-keygen` writes it in a line: its type and its base64."""
    blob = string(algorithm.encode("ascii")) + string(public)
    return f"{algorithm} {base64.b64encode(blob).decode('ascii')}"


def certificate_type(algorithm: str) -> str:
    """Return how OpenSSH calls a certificate for keys of an algorithm."""
    return algorithm.removesuffix("@openssh.com") + "-cert-v01@openssh.com"


class Wire:
    """Strings one after the other; what is missing or left over is a ValueError."""

    def __init__(self, untrusted_bytes: bytes) -> None:
        self._rest = untrusted_bytes

    def take(self, count: int) -> bytes:
        """Return the next bytes."""
        if len(self._rest) < count:
            raise ValueError("cut short")
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def string(self) -> bytes:
        """Return the next string."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def end(self) -> None:
        """Refuse what is left over."""
        if self._rest:
            raise ValueError("left over")


def _parse_blob(wire: Wire) -> SshSignature:
    if wire.take(len(_MAGIC) + 4) != _MAGIC + b"\0\0\0\1":
        raise ValueError("magic")
    key, namespace, reserved, digest = wire.string(), wire.string(), wire.string(), wire.string()
    signature_name, signature = pair(wire.string())
    wire.end()
    algorithm = signature_name.decode("ascii")
    public, certificate = _public(key, algorithm)
    if reserved or digest != _HASH:
        raise ValueError("fields")
    return SshSignature(algorithm, public, namespace.decode("ascii"), signature, certificate)


def _public(key: bytes, algorithm: str) -> tuple[bytes, bytes]:
    """Return the public key in a signature file, and the certificate that it stands in, if it does."""
    wire = Wire(key)
    name = wire.string().decode("ascii")
    if name == certificate_type(algorithm):
        wire.string()
        return wire.string(), key
    public = wire.string()
    wire.end()
    if name != algorithm:
        raise ValueError("fields")
    return public, b""


def pair(blob: bytes) -> tuple[bytes, bytes]:
    """Return the two strings that a blob consists of; ValueError when it doesn't."""
    wire = Wire(blob)
    first, second = wire.string(), wire.string()
    wire.end()
    return first, second
