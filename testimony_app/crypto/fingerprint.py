# SPDX-License-Identifier: Apache-2.0
"""A card in a form two people can read to each other.

The fingerprint names a card inside the program; the safety number is its other form, for people: 60 decimal
digits, 199 bits, so that nobody can make a second card with the same one.
"""

from __future__ import annotations

import hashlib
import unicodedata

from testimony_app.model.ids import Fingerprint

GROUPS = 12
DIGITS = 5
_LABEL = b"govah/safety-number/v1\0"


def fingerprint(card_bytes: bytes) -> Fingerprint:
    """Return the SHA-256 of a card's canonical bytes, in hex."""
    return Fingerprint(hashlib.sha256(card_bytes).hexdigest())


def safety_number(card_bytes: bytes) -> str:
    """Return the 60 digits of a card, in 12 groups of 5 with spaces between."""
    digest = hashlib.sha512(_LABEL + card_bytes).digest()
    groups = (int.from_bytes(digest[at : at + 5], "big") % 10**DIGITS for at in range(0, GROUPS * 5, 5))
    return " ".join(f"{group:05d}" for group in groups)


def same_number(read_aloud: str, expected: str) -> bool:
    """Say whether two safety numbers are the same, whatever the digits, spaces and hyphens they are written in."""
    return len(_digits(expected)) == GROUPS * DIGITS and _digits(read_aloud) == _digits(expected)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdecimal())
