# SPDX-License-Identifier: Apache-2.0
"""A page of the catalogue: rows as they are shown, and whether there are more."""

from __future__ import annotations

import msgspec

from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.testimony import Kind, State


class Row(msgspec.Struct, frozen=True):
    """One testimony in a list."""

    id: TestimonyId
    code: Code
    state: State
    kind: Kind
    languages: tuple[str, ...]
    seconds: float
    word_count: int
    created: str
    pseudonym: str = ""
    remark: str = ""
    """A word from a closed list that the screen turns into a sentence: `interrupted`, `no_consent`, ..."""
    carried_at: str = ""
    signer: str = ""


class Page(msgspec.Struct, frozen=True):
    """Some rows, how many there are in all, and whether more follow."""

    rows: tuple[Row, ...]
    total: int
    more: bool


class Hit(msgspec.Struct, frozen=True):
    """One place where a search found something; the snippet marks matches with U+0002 and U+0003."""

    id: TestimonyId
    code: Code
    snippet: str
    seconds: float | None
    row: Row


class Hits(msgspec.Struct, frozen=True):
    """What a search found and how long it took."""

    hits: tuple[Hit, ...]
    total: int
    milliseconds: float
