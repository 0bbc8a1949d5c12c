# SPDX-License-Identifier: Apache-2.0
"""The header of an age v1 file, read so strictly that what is read writes back to the same bytes.

    age-encryption.org/v1
    -> type argument ...
    base64 body, 64 columns a line, ending in a shorter line (perhaps an empty one)
    --- base64 of HMAC-SHA-256 over all of the above and these three dashes

Guaranteed: `serialise(parse(bytes)) == bytes[:header.size]`; nothing is parsed beyond the limits; nothing is
believed before `check` has compared the authentication code.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from testimony_app.crypto.errors import HeaderAltered, HeaderDamaged, HeaderTooLarge, NotAnAgeFile
from testimony_app.crypto.kdf import check_mac, hkdf, mac

if TYPE_CHECKING:
    from testimony_app.crypto.secret import Secret

_VERSION = b"age-encryption.org/v1\n"
_COLUMNS = 64
_MAC_BYTES = 32
_STANZA = re.compile(rb"-> [!-~]+(?: [!-~]+)*")
HYBRID = "mlkem768x25519"
X25519 = "X25519"
SCRYPT = "scrypt"
_QUANTUM_SAFE = frozenset({HYBRID, "mlkem768p256tag"})
_NOT_QUANTUM_SAFE = frozenset({X25519, SCRYPT, "p256tag", "ssh-ed25519", "ssh-rsa", "piv-p256"})


@dataclass(frozen=True)
class HeaderLimits:
    """How much header we are willing to read: formats of others may be larger, ours never are."""

    header_bytes: int = 64 * 1024
    stanzas: int = 32
    line_bytes: int = 4096


LIMITS = HeaderLimits()


@dataclass(frozen=True)
class Stanza:
    """One wrapped file key: its type, its arguments and its body."""

    type: str
    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """What stands before the payload; `size` is where the payload begins."""

    stanzas: tuple[Stanza, ...]
    mac: bytes

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the stanzas, in their order."""
        return tuple(stanza.type for stanza in self.stanzas)

    @property
    def is_mixed(self) -> bool:
        """Whether the file stays closed to a quantum computer only in part, and so not at all."""
        return bool(_QUANTUM_SAFE & set(self.types)) and bool(_NOT_QUANTUM_SAFE & set(self.types))

    @property
    def is_quantum_safe(self) -> bool:
        """Whether at least one stanza is quantum-safe and none is known not to be."""
        return bool(_QUANTUM_SAFE & set(self.types)) and not _NOT_QUANTUM_SAFE & set(self.types)

    @property
    def size(self) -> int:
        """How many bytes the header takes."""
        return len(serialise(self))


def seal(stanzas: tuple[Stanza, ...], file_key: Secret) -> Header:
    """Return a header over these stanzas with its authentication code."""
    with _mac_key(file_key) as key:
        return Header(stanzas, mac(key, _unsealed(stanzas)))


def check(header: Header, file_key: Secret) -> None:
    """Compare the authentication code; raises HeaderAltered."""
    with _mac_key(file_key) as key:
        if not check_mac(key, _unsealed(header.stanzas), header.mac):
            raise HeaderAltered


def serialise(header: Header) -> bytes:
    """Return the header's bytes."""
    return _unsealed(header.stanzas) + b" " + _encode(header.mac) + b"\n"


def parse(untrusted_bytes: bytes, limits: HeaderLimits = LIMITS) -> Header:
    """Return the header at the start of the bytes, which may go on behind it.

    Raises NotAnAgeFile, HeaderDamaged, HeaderTooLarge.
    """
    if not untrusted_bytes.startswith(_VERSION):
        raise NotAnAgeFile
    lines = _Lines(untrusted_bytes, len(_VERSION), limits)
    stanzas: list[Stanza] = []
    while True:
        line = lines.next()
        if line.startswith(b"---"):
            return Header(_at_least_one(stanzas), _parse_mac(line))
        stanzas.append(_parse_stanza(line, lines))
        if len(stanzas) > limits.stanzas:
            raise HeaderTooLarge(stanzas=len(stanzas))


class _Lines:
    """Line after line, each within the limits."""

    def __init__(self, untrusted_bytes: bytes, start: int, limits: HeaderLimits) -> None:
        self._bytes = untrusted_bytes
        self._at = start
        self._limits = limits

    def next(self) -> bytes:
        end = self._bytes.find(b"\n", self._at, self._at + self._limits.line_bytes)
        if end < 0 and len(self._bytes) - self._at >= self._limits.line_bytes:
            raise HeaderTooLarge(line_bytes=self._limits.line_bytes)
        if end < 0 and len(self._bytes) >= self._limits.header_bytes:
            raise HeaderTooLarge(header_bytes=self._limits.header_bytes)
        if end < 0:
            raise HeaderDamaged(part="end")
        if end >= self._limits.header_bytes:
            raise HeaderTooLarge(header_bytes=self._limits.header_bytes)
        line = self._bytes[self._at : end]
        self._at = end + 1
        return line


def _parse_stanza(line: bytes, lines: _Lines) -> Stanza:
    if _STANZA.fullmatch(line) is None:
        raise HeaderDamaged(part="stanza")
    kind, *arguments = line.decode("ascii").split(" ")[1:]
    body = bytearray()
    while True:
        text = lines.next()
        if len(text) > _COLUMNS:
            raise HeaderDamaged(part="body")
        body += decode_base64(text)
        if len(text) < _COLUMNS:
            return Stanza(kind, tuple(arguments), bytes(body))


def _parse_mac(line: bytes) -> bytes:
    if not line.startswith(b"--- "):
        raise HeaderDamaged(part="mac")
    code = decode_base64(line[4:])
    if len(code) != _MAC_BYTES:
        raise HeaderDamaged(part="mac")
    return code


def _at_least_one(stanzas: list[Stanza]) -> tuple[Stanza, ...]:
    if not stanzas:
        raise HeaderDamaged(part="stanzas")
    return tuple(stanzas)


def decode_base64(text: bytes) -> bytes:
    """Return what an unpadded base64 text stands for, if it is the one text that does.

    Raises HeaderDamaged.
    """
    try:
        value = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise HeaderDamaged(part="base64") from error
    if _encode(value) != text:
        raise HeaderDamaged(part="base64")
    return value


def encode_base64(value: bytes) -> str:
    """Return the unpadded base64 text of a value."""
    return _encode(value).decode("ascii")


def _encode(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _unsealed(stanzas: tuple[Stanza, ...]) -> bytes:
    return b"".join([_VERSION, *(_stanza_bytes(stanza) for stanza in stanzas), b"---"])


def _stanza_bytes(stanza: Stanza) -> bytes:
    first = " ".join(["->", stanza.type, *stanza.arguments]).encode("ascii")
    body = _encode(stanza.body)
    # One line more than fits: a body that fills its last line is followed by an empty one.
    rows = [body[start : start + _COLUMNS] for start in range(0, len(body) + 1, _COLUMNS)]
    return b"\n".join([first, *rows]) + b"\n"


def _mac_key(file_key: Secret) -> Secret:
    return hkdf(file_key, salt=b"", info=b"header")
