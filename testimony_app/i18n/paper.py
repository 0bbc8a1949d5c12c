# SPDX-License-Identifier: Apache-2.0
"""What printed pages are made of: texts in both page languages, facts set apart, and codes that a camera reads.

A page is one file of HTML that refers to nothing outside itself and runs nothing. English and Persian always stand
on it together: who finds it in twenty years may not read the language of the person who made it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from string import Template

from testimony_app import resources
from testimony_app.i18n.languages import LANGUAGES, Language

PAGE_LANGUAGES = ("en", "fa")
_FIRST_DIGIT = {"latin": 0x30, "persian": 0x06F0, "arabic": 0x0660}


def skeleton(name: str, **parts: str) -> bytes:
    """Return a page of `resources/sheets` with its parts filled in."""
    return Template(resources.text(f"sheets/{name}.html")).substitute(parts).encode("utf-8")


@cache
def texts(code: str) -> Mapping[str, object]:
    """Return everything that stands on pages in one language, by name."""
    return tomllib.loads(resources.text(f"sheets/{code}.toml"))


@cache
def language(code: str) -> Language:
    """Return one of the page languages."""
    return next(one for one in LANGUAGES if one.code == code)


def title(name: str) -> str:
    """Return a page's title in both languages."""
    return " \N{MIDDLE DOT} ".join(["Govah", *(str(texts(code)[name]) for code in PAGE_LANGUAGES)])


def paragraph(code: str, name: str, facts: Mapping[str, str | int]) -> str:
    """Return one text as a paragraph in its own direction."""
    return f'<p lang="{code}" dir="{language(code).direction}">{filled(code, name, facts)}</p>'


def paragraphs(name: str, facts: Mapping[str, str | int]) -> str:
    """Return one text in both languages, a paragraph each."""
    return "\n".join(paragraph(code, name, facts) for code in PAGE_LANGUAGES)


def filled(code: str, name: str, facts: Mapping[str, str | int]) -> str:
    """Return one text with its facts in it."""
    return fill(code, str(texts(code)[name]), facts)


def fill(code: str, text: str, facts: Mapping[str, str | int]) -> str:
    """Return a line with facts in it: numbers in the language's digits, texts as `set_apart` or `mark` made them."""
    shown = {name: digits(code, fact) if isinstance(fact, int) else fact for name, fact in facts.items()}
    return Template(escape(text, quote=False)).substitute(shown)


def set_apart(name: str) -> str:
    """Return a name that keeps its own direction within a sentence."""
    return f"<bdi>{escape(name)}</bdi>"


def mark(sign: str) -> str:
    """Return a code, day or number that is always read from the left."""
    return f'<bdi dir="ltr">{escape(sign)}</bdi>'


def digits(code: str, number: int) -> str:
    """Return a number in a language's own digits."""
    first = _FIRST_DIGIT[language(code).digits]
    return str(number).translate({0x30 + value: first + value for value in range(10)})


def drawn_code(text: str, error: str = "m") -> str:
    """Return a QR code as a drawing within the page; raises ValueError when the text is too long for any."""
    # Only here: segno loads Python's modules for the network with it (for an XML writer), which nothing else here does.
    import segno  # noqa: PLC0415

    return segno.make_qr(text, error=error).svg_inline(scale=3, border=4)
