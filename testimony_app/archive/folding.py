# SPDX-License-Identifier: Apache-2.0
"""Letters that should be found alike, made alike: for Persian, Arabic and Kurdish.

The same functions fold what is searched and what is searched for. Three keys: `strict` keeps the letters that
tell words apart, `loose` also makes Persian and Kurdish spellings one, `joined` has no spaces at all, so that a
compound is found whether it was written together, with a half-space or apart. Nothing stored is ever folded.
"""

from __future__ import annotations

import re
import unicodedata

from testimony_app.i18n.letters import ALEF, HEH, WAW, YEH, ZERO_WIDTH_NON_JOINER, plain

_LOOSE = {
    0x0622: ALEF,  # alef with madda
    0x0626: YEH,  # yeh with hamza
    0x06BE: HEH,  # heh doachashmee
    0x06D5: HEH,  # Kurdish ae
    0x06CE: YEH,  # Kurdish yeh with small v
    0x06D0: YEH,  # e
    0x06C6: WAW,  # Kurdish oe
    0x06CA: WAW,  # waw with two dots
    0x06C7: WAW,  # u
    0x06CB: WAW,  # ve
    0x0695: "\u0631",  # Kurdish reh with small v below: reh
    0x06B5: "\u0644",  # Kurdish lam with small v: lam
    0x06A4: WAW,  # veh, which Persian hears as waw
    0x0621: None,  # a hamza that stands alone
}
_LATIN_WITHOUT_PARTS = str.maketrans(
    {
        "\u0131": "i",  # dotless i
        "\u00f8": "o",  # o with stroke
        "\u0142": "l",  # l with stroke
        "\u0111": "d",  # d with stroke
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u0259": "e",  # schwa
    }
)
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201b\u02bb\u02bc\u02be\u02bf\u02b9]")
_SPACES = re.compile(r"\s+")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def strict(text: str) -> str:
    """Return text in which only writing habits are made one: Arabic kaf and yeh, vowel marks, digits, case."""
    apart = plain(text).replace(ZERO_WIDTH_NON_JOINER, " ")
    folded = _APOSTROPHES.sub("", _bare_latin(apart))
    return _SPACES.sub(" ", folded).strip()


def loose(text: str) -> str:
    """Return text in which Persian, Arabic and Kurdish spellings of a word are one."""
    return strict(text).translate(_LOOSE)


def joined(text: str) -> str:
    """Return the loose letters and digits alone, without any space, half-space or mark between them."""
    return _NOT_A_LETTER.sub("", loose(text))


def words(text: str) -> list[str]:
    """Return the loose words of a text, in order."""
    return [word for word in _NOT_A_LETTER.split(loose(text)) if word]


def _bare_latin(text: str) -> str:
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(_bare(letter) for letter in folded).translate(_LATIN_WITHOUT_PARTS)


def _bare(letter: str) -> str:
    # Only Latin letters lose their marks: taken apart, an Arabic letter would lose what it is.
    if letter < "\u00c0" or "\u0250" <= letter < "\u0300" or ("\u0370" <= letter < "\u1e00") or letter > "\u1eff":
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
