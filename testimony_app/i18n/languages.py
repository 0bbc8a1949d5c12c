# SPDX-License-Identifier: Apache-2.0
"""For each language: its own name, its direction, its digits, its calendar; and how to set foreign runs apart."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from testimony_app import resources
from testimony_app.i18n import catalogue
from testimony_app.i18n.letters import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    latin_digits,
    without_controls,
)

ENGLISH_DRAFT = "draft"
"""Never translated: it tells whoever helps that they do not read a finished text."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language that the program speaks, or is being taught."""

    code: str
    own_name: str
    direction: str
    """`ltr` or `rtl`."""
    digits: str
    """`latin`, `persian` or `arabic`."""
    calendar: str
    """`solar_hijri` or `gregorian`: which of the two comes first."""
    draft: str
    """The language's own word for a draft; empty once a native reader has signed it off."""

    @property
    def is_draft(self) -> bool:
        """Tell whether no native reader has signed it off yet."""
        return bool(self.draft)

    @property
    def draft_mark(self) -> str:
        """What stands beside a draft's name in a list, in its own words and in English; nothing for the others."""
        if not self.draft:
            return ""
        return f"{auto(self.draft)} ({ltr(ENGLISH_DRAFT)})"

    @property
    def is_right_to_left(self) -> bool:
        """Tell whether the language is written from the right."""
        return self.direction == "rtl"


class _Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    language: tuple[Language, ...]


_FIRST_DIGIT = {"latin": 0x30, "persian": 0x06F0, "arabic": 0x0660}


def _read() -> tuple[Language, ...]:
    listed = msgspec.toml.decode(resources.binary("locale/languages.toml"), type=_Listed)
    return listed.language


LANGUAGES = _read()
_BY_CODE = {language.code: language for language in LANGUAGES}


def known(code: str) -> bool:
    """Tell whether the program lists a language."""
    return code in _BY_CODE


def current() -> Language:
    """Return the language in use; one that is not listed counts as English."""
    return _BY_CODE.get(catalogue.language(), _BY_CODE[catalogue.SOURCE_LANGUAGE])


def ltr(text: str) -> str:
    """Return a code, time, number or path set apart, so that it stays left-to-right in any sentence."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{without_controls(text)}{POP_ISOLATE}"


def auto(text: str) -> str:
    """Return somebody's words set apart, so that they find their own direction in any sentence."""
    return f"{FIRST_STRONG_ISOLATE}{without_controls(text)}{POP_ISOLATE}"


def in_own_direction(text: str) -> str:
    """Return a line made of nothing but other people's words, so that it runs as the language in use does."""
    return ("\N{RIGHT-TO-LEFT MARK}" if current().is_right_to_left else "\N{LEFT-TO-RIGHT MARK}") + text


def digits(text: str | int) -> str:
    """Return text with its digits as the language in use writes them."""
    first = _FIRST_DIGIT[current().digits]
    latin = latin_digits(str(text))
    if first == _FIRST_DIGIT["latin"]:
        return latin
    return latin.translate({0x30 + value: first + value for value in range(10)})


@cache
def _spoken_names() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.text("vocabularies/languages.toml"))


def spoken() -> tuple[str, ...]:
    """Return the codes (ISO 639-3) of the languages that a testimony may be given in, likeliest first."""
    return tuple(_spoken_names())


def spoken_name(code: str) -> str:
    """Return the name of a testimony's language for the reader, or the code when it is not listed."""
    names = _spoken_names().get(code, {})
    return names.get(catalogue.language()) or names.get(catalogue.SOURCE_LANGUAGE) or code
