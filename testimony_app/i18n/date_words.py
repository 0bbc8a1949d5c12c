# SPDX-License-Identifier: Apache-2.0
"""A said date taken apart into marked words: months, seasons, numbers, "about", "between".

The words themselves are in resources/vocabularies/dates.toml; nothing here knows a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from testimony_app import resources
from testimony_app.i18n.letters import (
    YEH,
    ZERO_WIDTH_NON_JOINER,
    bare_latin,
    one_spelling,
    plain,
    without_apostrophes,
)

_LONGEST_PHRASE = 5
_Vocabulary = dict[str, dict[str, list[str]]]
_PIECES = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"  # 1367/5/10
    r"|\d{2,4}/\d{1,4}"  # 1367/5
    r"|\d{2,4}s\b"  # 1980s
    r"|\d+"
    r"|[~?\u061f&,;.=()\u060c\u061b\u2013\u2014-]"
    r"|[^\W\d_]+"
)
_DASHES = {"-", "\u2013", "\u2014"}
_CLAUSE_ENDS = {",", ";", "=", "(", ")", "\u060c", "\u061b"}
_CENTURIES = (13, 14, 19, 20)


class Token(NamedTuple):
    """One marked word; `kind` is `month`, `season`, `number`, `dash`, `unknown`, ..."""

    kind: str
    value: str
    number: int = 0
    digits: int = 0
    """How many digits a number was said with; two of them leave the century open."""


def tokens(text: str) -> list[Token]:
    """Return the marked words of a said date, fillers left out."""
    pieces = _PIECES.findall(_folded(text))
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        token, length = _next(pieces, at)
        found.append(token)
        at += length
    marked = [_in_context(found, at) for at in range(len(found))]
    return _numbers_joined([token for token in marked if token.kind != "filler"])


def _folded(text: str) -> str:
    apart = plain(text).replace(ZERO_WIDTH_NON_JOINER, " ")
    return one_spelling(without_apostrophes(bare_latin(apart)))


def _next(pieces: list[str], at: int) -> tuple[Token, int]:
    for length in range(min(_LONGEST_PHRASE, len(pieces) - at), 0, -1):
        known = _lexicon().get(" ".join(pieces[at : at + length]))
        if known is not None:
            return known, length
    # Kurdish hangs its genitive on the word: the month of Gelawej + i.
    bare = _lexicon().get(pieces[at].removesuffix(YEH))
    return bare or _by_shape(pieces[at]), 1


def _in_context(found: list[Token], at: int) -> Token:
    """Return a token as its neighbours make it: "three months" is no month, "mid-1360s" no range."""
    token = found[at]
    before = found[at - 1].kind if at else ""
    after = found[at + 1].kind if at + 1 < len(found) else ""
    if token.kind == "dash" and before == "part":
        return Token("filler", "")
    is_length = token.value == "lengths" or token.kind == "year"
    if is_length and before in {"number", "number_word"} and after != "month":
        return Token("unknown", token.value)
    return token


def _by_shape(piece: str) -> Token:
    if piece.isdecimal():
        return Token("number", piece, int(piece), len(piece))
    if piece[0].isdecimal():
        if piece.endswith("s"):
            return Token("decade_number", piece, int(piece[:-1]), len(piece) - 1)
        return Token("numeric", piece)
    if piece in _DASHES:
        return Token("dash", piece)
    if piece in _CLAUSE_ENDS:
        return Token("clause", piece)
    return Token("unknown", piece)


def _numbers_joined(marked: list[Token]) -> list[Token]:
    """Return the tokens with number words added up: sixty + seven, thirteen + sixty-seven."""
    result: list[Token] = []
    for token in marked:
        if token.kind != "number_word":
            result.append(token)
            continue
        joint = bool(result) and result[-1].kind in {"and", "dash"}
        before = result[-2] if joint and len(result) > 1 else (result[-1] if result else token)
        total = _sum(before, token) if before.kind == "number_word" else 0
        if total:
            del result[-2 if joint else -1 :]
            result.append(Token("number_word", token.value, total))
        else:
            result.append(token)
    return [_as_number(token) for token in result]


def _sum(before: Token, after: Token) -> int:
    if before.number in _CENTURIES and 20 <= after.number < 100:
        return before.number * 100 + after.number
    for unit in (1000, 100, 10):
        if before.number >= unit and before.number % unit == 0 and after.number < unit:
            return before.number + after.number
    # nineteen eighty + eight: only the last two places are still open
    if before.number > 100 and before.number % 10 == 0 and after.number < 10:
        return before.number + after.number
    return 0


def _as_number(token: Token) -> Token:
    if token.kind != "number_word":
        return token
    kind = "first" if token.number == 1 else "number"
    return Token(kind, token.value, token.number, len(str(token.number)))


@cache
def _lexicon() -> dict[str, Token]:
    """Return every known phrase with what it marks; where two sections share a spelling, the first has it."""
    lexicon: dict[str, Token] = {}
    for spellings, token in _entries(tomllib.loads(resources.text("vocabularies/dates.toml"))):
        for spelling in spellings:
            lexicon.setdefault(" ".join(_PIECES.findall(_folded(spelling))), token)
    return lexicon


def _entries(words: _Vocabulary) -> Iterator[tuple[list[str], Token]]:
    for calendar in ("solar_hijri", "gregorian", "lunar_hijri"):
        for number, spellings in words["months." + calendar].items():
            yield spellings, Token("month", calendar, int(number))
    for section, kind, digits in (
        ("seasons", "season", 0),
        ("numbers", "number_word", 0),
        ("decades", "decade_number", 4),
    ):
        for number, spellings in words[section].items():
            yield spellings, Token(kind, "", int(number), digits)
    for section, kind in (("parts", "part"), ("calendars", "calendar"), ("feasts", "feast"), ("fillers", "filler")):
        for value, spellings in words[section].items():
            yield spellings, Token(kind, value)
    for section in ("qualifiers", "joints", "units"):
        for kind, spellings in words[section].items():
            yield spellings, Token(kind, "")
