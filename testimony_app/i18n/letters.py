# SPDX-License-Identifier: Apache-2.0
"""Letters and marks of the Arabic script that need care, each as an escape with its name beside it.

Shared by what reads a date and by what folds text for searching. Stored text is never changed by any of this.
"""

from __future__ import annotations

import re
import unicodedata

LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
ZERO_WIDTH_NON_JOINER = "\u200c"

_CONTROLS = (
    "\u200e"  # left-to-right mark
    "\u200f"  # right-to-left mark
    "\u061c"  # Arabic letter mark
    "\u202a-\u202e"  # embeddings and overrides
    "\u2066-\u2069"  # isolates
    "\ufeff"  # byte order mark
    "\u00ad"  # soft hyphen
)
_DIRECTION = re.compile(f"[{_CONTROLS}]")
_ENDS_A_LINE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029]")
_SILENT = re.compile(
    f"[{_CONTROLS}"
    "\u200b"  # zero width space
    "\u200d"  # zero width joiner
    "\u0640"  # tatweel
    "\u064b-\u0652"  # the vowel marks, shadda and sukun
    "\u0653-\u0655"  # madda and hamza as marks
    "\u0670"  # superscript alef
    "\u0610-\u061a"  # honorific marks
    "\u06d6-\u06ed"  # Quranic marks
    "]"
)

_ARABIC_INDIC = {0x0660 + value: str(value) for value in range(10)}
_EXTENDED_ARABIC_INDIC = {0x06F0 + value: str(value) for value in range(10)}
_TO_LATIN_DIGITS = _ARABIC_INDIC | _EXTENDED_ARABIC_INDIC

YEH = "\u06cc"
KEHEH = "\u06a9"
HEH = "\u0647"
ALEF = "\u0627"
ALEF_MADDA = "\u0622"
WAW = "\u0648"

_ALIKE = {
    0x064A: YEH,  # Arabic yeh
    0x0649: YEH,  # alef maksura
    0x0643: KEHEH,  # Arabic kaf
    0x0629: HEH,  # teh marbuta
    0x06C0: HEH,  # heh with yeh above
    0x06C2: HEH,  # heh goal with hamza above
    0x06C3: HEH,  # teh marbuta goal
    0x06C1: HEH,  # heh goal
    0x0623: ALEF,  # alef with hamza above
    0x0625: ALEF,  # alef with hamza below
    0x0671: ALEF,  # alef wasla
    0x0624: WAW,  # waw with hamza above
}
_ONE_SPELLING = {
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


def without_controls(text: str) -> str:
    """Return the text without characters that steer direction or break a line."""
    return _ENDS_A_LINE.sub(" ", _DIRECTION.sub("", text))


def latin_digits(text: str) -> str:
    """Return the text with Persian and Arabic digits as 0 to 9."""
    return text.translate(_TO_LATIN_DIGITS)


def plain(text: str) -> str:
    """Return the text with marks dropped and twin letters made one: the ground of every comparison.

    A half-space stays: whoever compares decides whether it parts words or joins them.
    """
    # Composed first, so that alef + madda is one letter before loose marks are dropped.
    composed = unicodedata.normalize("NFC", text)
    return latin_digits(_SILENT.sub("", composed)).translate(_ALIKE)


def is_arabic_script(text: str) -> bool:
    """Tell whether a text holds a letter or a digit of the Arabic script."""
    ranges = (("\u0620", "\u06d3"), ("\u06f0", "\u06f9"), ("\u0750", "\u077f"))
    return any(first <= letter <= last for letter in text for first, last in ranges)


def one_spelling(text: str) -> str:
    """Return plain text in which Persian, Arabic and Kurdish spellings of a sound are one letter."""
    return text.translate(_ONE_SPELLING)


def without_apostrophes(text: str) -> str:
    """Return text without the signs that stand for ayn and hamza in Latin letters."""
    return _APOSTROPHES.sub("", text)


def bare_latin(text: str) -> str:
    """Return text in small letters whose Latin letters carry no marks."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(_bare(letter) for letter in folded).translate(_LATIN_WITHOUT_PARTS)


def _bare(letter: str) -> str:
    # Only Latin letters lose their marks: taken apart, an Arabic letter would lose what it is.
    if letter < "\u00c0" or "\u0250" <= letter < "\u0300" or ("\u0370" <= letter < "\u1e00") or letter > "\u1eff":
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
