# SPDX-License-Identifier: Apache-2.0
"""The age v1 file format: the one envelope around everything that is carried.

Guaranteed: a file sealed here goes to quantum-safe keys only or to older ones only, never to both; one opened
here had its header authenticated before a byte of content, and its content chunk by chunk (stream.py).
Not guaranteed: who wrote it. Anybody who has a recipient can seal to it; who wrote what is what the
signatures inside are for.
"""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING, Protocol

from testimony_app.crypto import header as _header
from testimony_app.crypto.errors import HeaderDamaged, MixedRecipients, NoMatchingKey, PassphraseFile
from testimony_app.crypto.header import LIMITS, SCRYPT, Header, HeaderLimits, Stanza
from testimony_app.crypto.recipients import (
    HybridIdentity,
    HybridRecipient,
    Identity,
    Recipient,
    X25519Identity,
    X25519Recipient,
    identity_from_text,
    recipient_from_text,
)
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import FILE_KEY, PayloadReader, PayloadWriter, Readable, Writable, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LIMITS",
    "Header",
    "HeaderLimits",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Recipient",
    "X25519Identity",
    "X25519Recipient",
    "decoys_for",
    "decrypt",
    "encrypt",
    "identity_from_text",
    "inspect",
    "open_bytes",
    "recipient_from_text",
    "seal_bytes",
    "write_header",
]

MOST_RECIPIENTS = 16
_STEPS = (4, 8, 16)


class _Opener(Protocol):
    """What may open a stanza: an identity, or a stand-in for one."""

    def unwrap(self, stanza: Stanza) -> Secret | None:
        """Return the file key or None."""


def decoys_for(recipients: int) -> int:
    """Return how many decoys hide how many recipients there are: up to 4, 8 or 16 in all."""
    return next(step for step in _STEPS if step >= recipients) - recipients


def encrypt(out: Writable, recipients: Sequence[Recipient], *, decoys: int = 0) -> PayloadWriter:
    """Write a header under a fresh file key and return the writer of the content; `finish` it.

    Raises MixedRecipients.
    """
    with Secret.random(FILE_KEY) as file_key:
        write_header(out, file_key, recipients, decoys=decoys)
        return PayloadWriter(out, file_key)


def write_header(out: Writable, file_key: Secret, recipients: Sequence[Recipient], *, decoys: int = 0) -> None:
    """Write a header that gives these recipients the file key, among as many decoys as asked for.

    A file key is for one payload. Raises MixedRecipients.
    """
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise ValueError("1 to 16 recipients")
    if len({recipient.is_quantum_safe for recipient in recipients}) != 1:
        raise MixedRecipients
    stanzas = [recipient.wrap(file_key) for recipient in recipients]
    stanzas += [_decoy(recipients[0]) for _ in range(decoys)]
    # Shuffled, since the decoys at the end would tell the number they are there to hide.
    secrets.SystemRandom().shuffle(stanzas)
    write_all(out, memoryview(_header.serialise(_header.seal(tuple(stanzas), file_key))))


def inspect(file: Readable, *, limits: HeaderLimits = LIMITS) -> Header:
    """Return the header of the age file that starts at the beginning of `file`, without any key.

    Nothing in it is authenticated. Raises NotAnAgeFile, HeaderDamaged, HeaderTooLarge.
    """
    untrusted_bytes = bytearray(limits.header_bytes)
    view = memoryview(untrusted_bytes)
    file.seek(0)
    filled = 0
    while filled < len(view):
        count = file.readinto(view[filled:])
        if not count:
            break
        filled += count
    return _header.parse(bytes(view[:filled]), limits)


def decrypt(
    file: Readable,
    identities: Iterable[_Opener],
    *,
    limits: HeaderLimits = LIMITS,
    allow_unterminated: bool = False,
) -> PayloadReader:
    """Open an age file with the first of the identities that fits and return its content.

    Raises NotAnAgeFile, HeaderDamaged, HeaderTooLarge, PassphraseFile, NoMatchingKey; reading the content
    raises PayloadTampered and PayloadTruncated.
    """
    header = inspect(file, limits=limits)
    _refuse_passphrase(header)
    with _file_key(header, identities) as file_key:
        _header.check(header, file_key)
        return PayloadReader(file, file_key, start=header.size, allow_unterminated=allow_unterminated)


def seal_bytes(data: bytes | bytearray, recipients: Sequence[Recipient], *, decoys: int = 0) -> bytes:
    """Return a small content as a whole age file."""
    out = io.BytesIO()
    with encrypt(out, recipients, decoys=decoys) as writer:
        writer.write(data)
    return out.getvalue()


def open_bytes(data: bytes, identities: Iterable[_Opener]) -> bytearray:
    """Return the whole content of a small age file, in a buffer that can be wiped.

    Raises what `decrypt` and reading raise.
    """
    with decrypt(io.BytesIO(data), identities) as reader:
        plain = bytearray(reader.size())
        rest = memoryview(plain)
        while rest:
            # A reading that stops early stops before damage, and the next one raises it.
            rest = rest[reader.readinto(rest) :]
        rest.release()
        return plain


def _decoy(like: Recipient) -> Stanza:
    # A random key sealed to a key whose private half never existed outside this line: nobody can open the
    # stanza, and nobody can tell.
    twin = HybridIdentity if isinstance(like, HybridRecipient) else X25519Identity
    with Secret.random(FILE_KEY) as nothing:
        return twin.generate().recipient().wrap(nothing)


def _file_key(header: Header, identities: Iterable[_Opener]) -> Secret:
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                return file_key
    raise NoMatchingKey(stanzas=len(header.stanzas))


def _refuse_passphrase(header: Header) -> None:
    if SCRYPT not in header.types:
        return
    if len(header.stanzas) > 1:
        raise HeaderDamaged(part="scrypt")
    raise PassphraseFile
