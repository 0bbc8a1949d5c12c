# SPDX-License-Identifier: Apache-2.0
"""How long a passphrase would stand against somebody who has the disk, told without flattery.

It is a low estimate on purpose: letters that could be a word count as one word out of five thousand, years and
runs of neighbours on the keyboard for next to nothing. A passphrase that was drawn at random may be better
than it is told; one that a person made up is seldom worse.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from dataclasses import dataclass
from enum import StrEnum

from shamir_mnemonic.wordlist import WORDLIST

from testimony_app import resources

GUESSES_PER_SECOND = 1e5
"""What ten thousand machines reach together against 512 MiB of Argon2id."""

_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_WORD_BITS = math.log2(5_000)
_LIST_BITS = math.log2(len(WORDLIST))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1234567890", "1qaz2wsx3edc")
_LETTER_BITS, _DIGIT_BITS, _SIGN_BITS, _YEAR_BITS = math.log2(26), math.log2(10), math.log2(16), 8.0


class Level(StrEnum):
    """How good a passphrase is, in four words."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True)
class Strength:
    """An estimate: bits, and what they mean."""

    bits: float

    @property
    def level(self) -> Level:
        """The class of cost: weak falls in weeks, fair in some thousand years, good and strong never."""
        bounds = ((40, Level.WEAK), (55, Level.FAIR), (64, Level.GOOD))
        return next((level for bound, level in bounds if self.bits < bound), Level.STRONG)

    @property
    def seconds(self) -> float:
        """How long guessing takes on the average, with ten thousand machines."""
        return math.pow(2.0, max(0.0, self.bits - 1)) / GUESSES_PER_SECOND


def estimate(text: str) -> Strength:
    """Return how hard a passphrase is to guess; nothing of it is kept."""
    words = text.split()
    seen: set[str] = set()
    bits = 0.0
    for word in words:
        folded = word.lower()
        bits += 1.0 if folded in seen else _word_bits(word)
        seen.add(folded)
    return Strength(bits)


def _word_bits(word: str) -> float:
    whole = word.lower()
    if whole in _common():
        return math.log2(_common()[whole] + 2)
    if whole in _listed():
        return _LIST_BITS
    return sum(_part_bits(part) for part in _PARTS.findall(word))


def _part_bits(part: str) -> float:
    whole = part.lower()
    if whole in _common():
        return math.log2(_common()[whole] + 2)
    unit = whole[: (whole + whole).find(whole, 1)]
    if unit != whole:
        return _part_bits(unit) + math.log2(len(whole) / len(unit))
    if _is_row(whole):
        return _SIGN_BITS + math.log2(len(whole))
    if whole.isdecimal():
        is_year = len(whole) == 4 and (1300 <= int(whole) <= 1420 or 1900 <= int(whole) <= 2040)
        return _YEAR_BITS if is_year else _DIGIT_BITS * len(whole)
    if whole.isalpha():
        cased = 0.0 if part in (whole, part.upper()) or part == part.capitalize() else 1.0
        return min(_LETTER_BITS * len(part), _WORD_BITS) + (part != whole) + cased
    return _SIGN_BITS


def _is_row(part: str) -> bool:
    return len(part) > 2 and any(part in row * 2 or part[::-1] in row * 2 for row in _ROWS)


@functools.cache
def _common() -> dict[str, int]:
    lines = (line for line in resources.text("wordlists/common.txt").splitlines() if not line.startswith("#"))
    return dict(zip(lines, itertools.count(), strict=False))


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(WORDLIST)
