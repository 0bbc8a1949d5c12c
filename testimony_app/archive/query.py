# SPDX-License-Identifier: Apache-2.0
"""The search language: text in, Query out.

    gohardasht summer      both, in either script; a word also finds longer ones that begin with it
    "the hall of visits"   these words, one after the other
    -evin                  not this
    gohar*                 the same as gohar, for those who are used to typing it
    T-7K2F-Q9              a testimony's code

Nothing that is typed is an error: what cannot be read as a sign is a letter.
"""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from testimony_app.archive import folding
from testimony_app.archive.indexing import KEY_OF_ARABIC, KEY_OF_LATIN
from testimony_app.archive.sounds import keys
from testimony_app.i18n.letters import is_arabic_script
from testimony_app.model.ids import Code, NotACode, parse_code

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_PIECE = re.compile(rf"(-?)(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|(\S+))")
_SHORTEST_INSIDE = 5
_TRIGRAM = 3


class Term(msgspec.Struct, frozen=True):
    """One thing that must be found, or must not: folded words in their order."""

    words: tuple[str, ...]
    spoken: str = ""
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def in_words(self) -> str:
        """Return the expression for the index of words."""
        if self.is_phrase:
            return _quoted(" ".join(self.words))
        alternatives = [" AND ".join(f"{_quoted(word)}*" for word in self.words)]
        alternatives += [_quoted(key) for key in self.other_keys]
        return " OR ".join(f"({one})" for one in alternatives)

    @property
    def in_letters(self) -> str:
        """Return the expression for the index of letters, or nothing where it would be too short."""
        joined = "".join(self.words)
        return _quoted(joined) if len(joined) >= _TRIGRAM and not self.is_phrase else ""

    @property
    def reaches_inside(self) -> bool:
        """Tell whether the term is long enough to be sought inside other words from the start."""
        return len("".join(self.words)) >= _SHORTEST_INSIDE and not self.is_phrase

    @property
    def other_keys(self) -> tuple[str, ...]:
        """Return the keys under which another script would hold the same sound."""
        if self.is_phrase or self.spoken.isdigit():
            return ()
        mark = KEY_OF_LATIN if is_arabic_script(self.spoken) else KEY_OF_ARABIC
        return tuple(mark + key for key in keys(self.spoken))


class Query(msgspec.Struct, frozen=True):
    """What somebody looks for: all terms must hold; or one code."""

    terms: tuple[Term, ...] = ()
    code: Code | None = None

    @property
    def wanted(self) -> tuple[Term, ...]:
        """Return what must be found."""
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        """Return what must not be found."""
        return tuple(term for term in self.terms if term.is_excluded)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to look for."""
        return not self.wanted and self.code is None


def parse(text: str) -> Query:
    """Return the query that a typed text means."""
    with suppress(NotACode):
        return Query(code=parse_code(text))
    terms = []
    for minus, phrase, word in _PIECE.findall(text):
        words = tuple(folding.words(phrase or word))
        if words:
            spoken = "".join(folding.spoken(phrase or word))
            terms.append(Term(words, spoken, is_phrase=bool(phrase), is_excluded=bool(minus)))
    return Query(tuple(terms))


def _quoted(text: str) -> str:
    # Folded words hold letters and digits only, so a quotation mark never needs doubling.
    return f'"{text}"'
