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
    """Tell whether a text holds a letter of the Arabic script."""
    return any("\u0620" <= letter <= "\u06d3" or "\u0750" <= letter <= "\u077f" for letter in text)
