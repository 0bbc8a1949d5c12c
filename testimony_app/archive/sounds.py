# SPDX-License-Identifier: Apache-2.0
"""A word as it sounds, so that it is found in another script: Gohardasht and its Persian spelling are one key.

Only what both scripts write is kept: consonants, in classes of those that Persian speaks alike, and long i.
Written for Persian names and their usual Latin spellings; Kurdish spellings come in through folding.
"""

from __future__ import annotations

import re
from itertools import product

from testimony_app.i18n.letters import is_arabic_script

_ALEF, _WAW, _YEH = "\u0627", "\u0648", "\u06cc"
_SILENT_AT_THE_END = ("\u0647", "\u062d")  # heh, hah
_CLASSES = {
    "\u0628": "b",  # beh
    "\u062a": "t",  # teh
    "\u062b": "s",  # theh
    "\u062c": "j",  # jeem
    "\u062d": "h",  # hah
    "\u062e": "x",  # khah
    "\u062f": "d",  # dal
    "\u0630": "z",  # thal
    "\u0631": "r",  # reh
    "\u0632": "z",  # zain
    "\u0633": "s",  # seen
    "\u0634": "w",  # sheen
    "\u0635": "s",  # sad
    "\u0636": "z",  # dad
    "\u0637": "t",  # tah
    "\u0638": "z",  # zah
    "\u063a": "q",  # ghain
    "\u0641": "f",  # feh
    "\u0642": "q",  # qaf
    "\u0644": "l",  # lam
    "\u0645": "m",  # meem
    "\u0646": "n",  # noon
    "\u0647": "h",  # heh
    "\u067e": "p",  # peh
    "\u0686": "c",  # tcheh
    "\u0698": "j",  # jeh
    "\u06a9": "k",  # keheh
    "\u06af": "g",  # gaf
}
# The article before a letter that swallows its l: abd + al + rahman is spoken abdorrahman.
_SWALLOWED_L = re.compile(
    "(?<=..)\u0627\u0644(?=[\u062a\u062b\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0644\u0646]..)"
)
_LATIN_ARTICLE = re.compile("(?<=abd)[aeou]l(?=[rnstzd])|[aeou]l(?=d+in$)")
_PAIRS = (
    ("kh", "X"),
    ("sh", "W"),
    ("tch", "C"),
    ("ch", "C"),
    ("gh", "q"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
)
_LONG_I = re.compile("ee|ei|ey|ai|ay|ie|ii")
# Iraj begins with a long i, which Persian writes; Ibrahim with a short one, which it does not.
_OPEN_I = re.compile(r"i([^aeiouwv])\1?[aeiou]")
# Khosrow, Rowshan: a w after o or a that no vowel follows is no consonant.
_GLIDE = re.compile("(?<=[oa])w(?![aeiou])")
_LATIN = {"w": "v", "X": "x", "W": "w", "C": "c", "c": "k", "x": "ks"}
_SPOKEN = _CLASSES | {_ALEF: "A", _WAW: "U", _YEH: "I"}
_VOWELS = (("aa", "A"), ("ee", "I"), ("ei", "I"), ("ey", "I"), ("ie", "I"), ("oo", "U"), ("ou", "U"), ("ow", "U"))
_FINAL_EH = re.compile("[ea]h$")
_LATIN_ROW = _LATIN | {"i": "I", "y": "I", "u": "U"}
_TWICE = re.compile(r"(.)\1+")
_SHORTEST = 2
_MOST_WAWS = 3


def keys(word: str) -> tuple[str, ...]:
    """Return the keys of one folded word, in either script; words that may sound alike share one.

    Persian waw may be a v or a vowel, a yeh at the end an i or an a: such a word has a key for each reading.
    """
    found = _arabic(word) if is_arabic_script(word) else [_latin(word)]
    return tuple(dict.fromkeys(one for one in found if len(one) >= _SHORTEST))


def sounded(word: str) -> str:
    """Return a folded word as a row of sounds for comparing: consonants as in its key, vowels as far as written.

    Small a, e and o may be heard and not written; A, I and U are written in both scripts; E ends a word.
    """
    if is_arabic_script(word):
        written = _SWALLOWED_L.sub("", word)
        end = "E" if written.endswith(_SILENT_AT_THE_END[0]) else ""
        row = "".join(_SPOKEN.get(letter, "") for letter in (written[:-1] if end else written))
        return _once(row) + end
    spoken = _LATIN_ARTICLE.sub("", word)
    for written, sound in (*_PAIRS, *_VOWELS):
        spoken = spoken.replace(written, sound)
    spoken = _FINAL_EH.sub("E", spoken)
    return _once("".join(_LATIN_ROW.get(letter, letter) for letter in spoken))


def _arabic(word: str) -> list[str]:
    spoken = _SWALLOWED_L.sub("", word)
    if spoken.endswith(_SILENT_AT_THE_END):
        spoken = spoken[:-1]
    if spoken.startswith(_ALEF + _YEH):
        first, rest = "i", spoken[2:]
    else:
        first = {_WAW: "v", _YEH: "y"}.get(spoken[:1], "")
        rest = spoken[1:] if first else spoken
    readings = [_once(first + inner) for inner in _readings(rest)]
    return readings + [one[:-1] for one in readings if one.endswith("i")]


def _readings(letters: str) -> list[str]:
    """Return the sounds of letters, once for each way of speaking up to three waws."""
    written = "".join(
        letter if letter == _WAW else "i" if letter == _YEH else _CLASSES.get(letter, "") for letter in letters
    )
    pieces = written.split(_WAW)
    if len(pieces) - 1 > _MOST_WAWS:
        return ["".join(pieces)]
    return [
        "".join(piece + spoken for piece, spoken in zip(pieces, [*choice, ""], strict=True))
        for choice in product(("", "v"), repeat=len(pieces) - 1)
    ]


def _latin(word: str) -> str:
    spoken = _LATIN_ARTICLE.sub("", word)
    for written, sound in _PAIRS:
        spoken = spoken.replace(written, sound)
    spoken = _LONG_I.sub("i", _GLIDE.sub("", spoken.rstrip("h")))
    first = "i" if _OPEN_I.match(spoken) else "y" if spoken.startswith("y") else ""
    rest = spoken[1:] if first or spoken.startswith("i") else spoken
    sounds = "".join(_latin_sound(letter) for letter in rest)
    return _once(first + _TWICE.sub(r"\1", sounds).replace("|", ""))


def _latin_sound(letter: str) -> str:
    # A vowel parts two equal consonants until it is dropped: "mm" is one sound, "mam" are two.
    return "i" if letter in "iy" else "|" if letter in "aeou" else _LATIN.get(letter, letter)


def _once(sounds: str) -> str:
    return _TWICE.sub(r"\1", sounds)
