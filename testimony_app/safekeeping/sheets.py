# SPDX-License-Identifier: Apache-2.0
"""A recovery sheet as one page to print: words, code, and what it is, in English and in Persian.

How a page is put together, and why in both languages, stands in testimony_app/i18n/paper.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from testimony_app.i18n import paper
from testimony_app.model.partner import Role

_COLUMNS = 3
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
    facts = _facts(sheet)
    return paper.skeleton(
        "sheet",
        title=paper.title("title" if sheet.purpose is Purpose.RECOVERY else f"title_{sheet.purpose}"),
        facts=paper.paragraphs("fact" if sheet.count == 1 else "fact_of_several", facts),
        words=_word_table(sheet.words.split()),
        # Capitals: such codes hold them in half the room.
        code=paper.drawn_code(sheet.words.upper()),
        under_code=paper.paragraphs("code", facts),
        age_key=_age_key(sheet, facts),
        texts="\n".join(_column(code, sheet, facts) for code in paper.PAGE_LANGUAGES),
    )


def _facts(sheet: Sheet) -> Mapping[str, str | int]:
    return {
        "number": sheet.number,
        "count": sheet.count,
        "needed": sheet.needed,
        "rest": sheet.needed - 1,
        "vault": paper.set_apart(sheet.vault),
        "mark": paper.mark(sheet.mark),
        "day": paper.mark(sheet.day),
    }


def _column(code: str, sheet: Sheet, facts: Mapping[str, str | int]) -> str:
    """Return what it is, what to do and what never to do, in one language."""
    kind = _kind(sheet)
    parts = [f'<section lang="{code}" dir="{paper.language(code).direction}">']
    parts += [f"<h2>{paper.filled(code, 'what_title', facts)}</h2>"]
    parts += [f"<p>{paper.filled(code, f'what_{kind}', facts)}</p>"]
    if sheet.role is Role.ARCHIVE and sheet.purpose is Purpose.RECOVERY:
        parts.append(f"<p><strong>{paper.filled(code, f'archive_{kind}', facts)}</strong></p>")
    for name in _BOTH_KINDS:
        lines = paper.texts(code)[f"{name}_{kind}"]
        assert isinstance(lines, list)  # noqa: S101  (our own resource; a test reads it)
        items = "".join(f"<li>{paper.fill(code, line, facts)}</li>" for line in lines)
        parts += [f"<h2>{paper.filled(code, f'{name}_title', facts)}</h2>", f"<ul>{items}</ul>"]
    return "\n".join([*parts, "</section>"])


def _kind(sheet: Sheet) -> str:
    if sheet.purpose is Purpose.KEEPERS:
        return "keepers"
    return "one" if sheet.count == 1 else "several"


def _age_key(sheet: Sheet, facts: Mapping[str, str | int]) -> str:
    if not sheet.age_key:
        return ""
    return f'{paper.paragraphs("age_key", facts)}\n<p class="age" dir="ltr">{sheet.age_key}</p>'


def _word_table(words: list[str]) -> str:
    """Return the numbered words, down one column and then the next, always from the left."""
    depth = -(-len(words) // _COLUMNS)
    rows = []
    for row in range(depth):
        places = range(row, len(words), depth)
        cells = "".join(f'<th>{place + 1}</th><td class="word">{words[place]}</td>' for place in places)
        rows.append(f"<tr>{cells}</tr>")
    return "\n".join(rows)
