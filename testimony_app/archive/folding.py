# SPDX-License-Identifier: Apache-2.0
"""Letters that should be found alike, made alike: for Persian, Arabic and Kurdish.

The same functions fold what is searched and what is searched for. Three keys: `strict` keeps the letters that
tell words apart, `loose` also makes Persian and Kurdish spellings one, `joined` has no spaces at all, so that a
compound is found whether it was written together, with a half-space or apart. Nothing stored is ever folded.
"""

from __future__ import annotations

import re

from testimony_app.i18n.letters import ZERO_WIDTH_NON_JOINER, bare_latin, one_spelling, plain, without_apostrophes

_KURDISH_E = "\u06d5"
_INSIDE_A_COMPOUND = re.compile(f"(?<=\\w)[{ZERO_WIDTH_NON_JOINER}-](?=\\w)")
_SPACES = re.compile(r"\s+")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def strict(text: str) -> str:
    """Return text in which only writing habits are made one: Arabic kaf and yeh, vowel marks, digits, case."""
    apart = plain(text).replace(ZERO_WIDTH_NON_JOINER, " ")
    folded = without_apostrophes(bare_latin(apart))
    return _SPACES.sub(" ", folded).strip()


def loose(text: str) -> str:
    """Return text in which Persian, Arabic and Kurdish spellings of a word are one."""
    return one_spelling(strict(text))


def joined(text: str) -> str:
    """Return the loose letters and digits alone, without any space, half-space or mark between them."""
    return _NOT_A_LETTER.sub("", loose(text))


def words(text: str) -> list[str]:
    """Return the loose words of a text, in order."""
    return [word for word in _NOT_A_LETTER.split(loose(text)) if word]


def spoken(text: str) -> list[str]:
    """Return the words of a text as sounds are made of them: a compound is one word, Kurdish e is no h."""
    apart = without_apostrophes(bare_latin(plain(text))).replace(_KURDISH_E, "")
    compounds = _INSIDE_A_COMPOUND.sub("", one_spelling(apart))
    return [word for word in _NOT_A_LETTER.split(compounds) if word]
