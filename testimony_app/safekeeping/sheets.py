# SPDX-License-Identifier: Apache-2.0
"""A recovery sheet as one page to print: words, code, and what it is, in English and in Persian.

The page is a file that refers to nothing outside itself and runs nothing. Both languages always stand on it:
who finds the sheet in twenty years may not read the language of the person who made it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from html import escape
from string import Template

import msgspec

from testimony_app import resources
from testimony_app.i18n.languages import LANGUAGES, Language
from testimony_app.model.partner import Role

PAGE_LANGUAGES = ("en", "fa")
_COLUMNS = 3
_PERSIAN_ZERO = 0x06F0
_BOTH_KINDS = ("do", "never")


class Purpose(StrEnum):
    """What the sheets of a set are for; the names under which their texts stand."""

    RECOVERY = "recovery"
    KEEPERS = "keepers"


class Sheet(msgspec.Struct, frozen=True):
    """What stands on one sheet."""

    vault: str
    role: Role
    words: str
    number: int
    count: int
    needed: int
    mark: str
    """Four letters that all sheets of one set share."""
    day: str
    age_key: str = ""
    """An archive's whole key as age takes it, where one sheet alone is the key."""
    purpose: Purpose = Purpose.RECOVERY

    def __repr__(self) -> str:
        """Show which sheet it is, and none of its words."""
        return f"Sheet({self.number} of {self.count})"


def page(sheet: Sheet) -> bytes:
    """Return the sheet as a page of HTML."""
    skeleton = Template(resources.text("sheets/sheet.html"))
    filled = skeleton.substitute(
        title=" \N{MIDDLE DOT} ".join(["Govah", *(str(_texts(code)[_title(sheet)]) for code in PAGE_LANGUAGES)]),
        facts="\n".join(_facts(code, sheet) for code in PAGE_LANGUAGES),
        words=_word_table(sheet.words.split()),
        code=_code(sheet.words),
        under_code="\n".join(_paragraph(code, "code", sheet) for code in PAGE_LANGUAGES),
        age_key=_age_key(sheet),
        texts="\n".join(_column(code, sheet) for code in PAGE_LANGUAGES),
    )
    return filled.encode("utf-8")


@cache
def _texts(code: str) -> Mapping[str, object]:
    return tomllib.loads(resources.text(f"sheets/{code}.toml"))


@cache
def _language(code: str) -> Language:
    return next(language for language in LANGUAGES if language.code == code)


def _facts(code: str, sheet: Sheet) -> str:
    which = "fact" if sheet.count == 1 else "fact_of_several"
    return _paragraph(code, which, sheet)


def _column(code: str, sheet: Sheet) -> str:
    """Return what it is, what to do and what never to do, in one language."""
    language, texts = _language(code), _texts(code)
    kind = _kind(sheet)
    parts = [f'<section lang="{code}" dir="{language.direction}">', f"<h2>{_filled(code, 'what_title', sheet)}</h2>"]
    parts.append(f"<p>{_filled(code, f'what_{kind}', sheet)}</p>")
    if sheet.role is Role.ARCHIVE and sheet.purpose is Purpose.RECOVERY:
        parts.append(f"<p><strong>{_filled(code, f'archive_{kind}', sheet)}</strong></p>")
    for name in _BOTH_KINDS:
        lines = texts[f"{name}_{kind}"]
        assert isinstance(lines, list)  # noqa: S101  (our own resource; a test reads it)
        items = "".join(f"<li>{_fill(code, line, sheet)}</li>" for line in lines)
        parts += [f"<h2>{_filled(code, f'{name}_title', sheet)}</h2>", f"<ul>{items}</ul>"]
    return "\n".join([*parts, "</section>"])


def _title(sheet: Sheet) -> str:
    return "title" if sheet.purpose is Purpose.RECOVERY else f"title_{sheet.purpose}"


def _kind(sheet: Sheet) -> str:
    if sheet.purpose is Purpose.KEEPERS:
        return "keepers"
    return "one" if sheet.count == 1 else "several"


def _paragraph(code: str, name: str, sheet: Sheet) -> str:
    return f'<p lang="{code}" dir="{_language(code).direction}">{_filled(code, name, sheet)}</p>'


def _age_key(sheet: Sheet) -> str:
    if not sheet.age_key:
        return ""
    labels = "\n".join(_paragraph(code, "age_key", sheet) for code in PAGE_LANGUAGES)
    return f'{labels}\n<p class="age" dir="ltr">{sheet.age_key}</p>'


def _filled(code: str, name: str, sheet: Sheet) -> str:
    return _fill(code, str(_texts(code)[name]), sheet)


def _fill(code: str, text: str, sheet: Sheet) -> str:
    """Return a line with the sheet's facts in it, each set apart so that it keeps its own direction."""
    numbers = {"number": sheet.number, "count": sheet.count, "needed": sheet.needed, "rest": sheet.needed - 1}
    facts = {name: _digits(code, value) for name, value in numbers.items()}
    facts["vault"] = f"<bdi>{escape(sheet.vault)}</bdi>"
    facts["mark"] = f'<bdi dir="ltr">{sheet.mark}</bdi>'
    facts["day"] = f'<bdi dir="ltr">{sheet.day}</bdi>'
    return Template(escape(text, quote=False)).substitute(facts)


def _digits(code: str, number: int) -> str:
    if _language(code).digits != "persian":
        return str(number)
    return str(number).translate({0x30 + value: _PERSIAN_ZERO + value for value in range(10)})


def _word_table(words: list[str]) -> str:
    """Return the numbered words, down one column and then the next, always from the left."""
    depth = -(-len(words) // _COLUMNS)
    rows = []
    for row in range(depth):
        places = range(row, len(words), depth)
        cells = "".join(f'<th>{place + 1}</th><td class="word">{words[place]}</td>' for place in places)
        rows.append(f"<tr>{cells}</tr>")
    return "\n".join(rows)


def _code(words: str) -> str:
    # Only here: segno loads Python's modules for the network with it (for an XML writer), which nothing else here does.
    import segno  # noqa: PLC0415

    # Capitals: such codes hold them in half the room.
    return segno.make_qr(words.upper(), error="m").svg_inline(scale=3, border=4)
