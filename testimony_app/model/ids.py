# SPDX-License-Identifier: Apache-2.0
"""Identifiers, each its own type, and the short code that people read to each other.

An identifier is 32 lower-case hex digits of a random UUID (RFC 9562, version 4): it tells neither time nor
order. A code looks like T-7K2F-Q9: Crockford base 32, five random characters and a check character
(Crockford's modulo 37; codes whose check symbol would not be a letter or digit are never handed out).
"""

from __future__ import annotations

import re
import secrets
import uuid
from typing import NewType

from testimony_app.errors import Refusal

TestimonyId = NewType("TestimonyId", str)
RecordingId = NewType("RecordingId", str)
AttachmentId = NewType("AttachmentId", str)
BlobId = NewType("BlobId", str)
BundleId = NewType("BundleId", str)
Fingerprint = NewType("Fingerprint", str)
Code = NewType("Code", str)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(r"T-?([0-9A-Z]{4})-?([0-9A-Z]{2})")


class NotACode(Refusal):
    """The text is no testimony code, or its check character does not fit."""

    code = "model.not-a-code"


def new_id() -> str:
    """Return a fresh random identifier of 32 hex digits."""
    return uuid.uuid4().hex


def new_code() -> Code:
    """Return a fresh random code with its check character."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(5))
        check = _check_value(drawn)
        if check < len(ALPHABET):
            return _written(drawn + ALPHABET[check])


def parse_code(text: str) -> Code:
    """Return the code in its one written form, from any case, with or without hyphens.

    Raises NotACode when the shape or the check character is wrong.
    """
    match = _SHAPE.fullmatch(text.strip().upper())
    if match is None:
        raise NotACode
    symbols = "".join(match.groups()).translate(_LOOKS_LIKE)
    if any(symbol not in ALPHABET for symbol in symbols):
        raise NotACode
    if _check_value(symbols[:5]) != ALPHABET.index(symbols[5]):
        raise NotACode
    return _written(symbols)


def _written(symbols: str) -> Code:
    return Code(f"T-{symbols[:4]}-{symbols[4:]}")


def _check_value(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number * 32 + ALPHABET.index(symbol)
    return number % 37
