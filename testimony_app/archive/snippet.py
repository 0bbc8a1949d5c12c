# SPDX-License-Identifier: Apache-2.0
"""The words around what was found, as they were written, with marks about the find itself."""

from __future__ import annotations

import re
from collections.abc import Collection

from testimony_app.archive import folding, indexing
from testimony_app.archive.query import Term

START, END = "\x02", "\x03"
_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_AROUND = 8
_ELLIPSIS = "\u2026"


def snippet(raw: str, terms: Collection[Term]) -> str:
    """Return some words of a text around its first find; marks are U+0002 and U+0003."""
    words = list(_WORD.finditer(raw))
    found = [at for at, word in enumerate(words) if any(_fits(word.group(), term) for term in terms)]
    if not words:
        return raw
    centre = found[0] if found else 0
    first, last = max(0, centre - _AROUND), min(len(words), centre + _AROUND + 1)
    begin = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(raw)
    shown = _marked(raw, begin, end, [words[at].span() for at in found if first <= at < last])
    return f"{_ELLIPSIS + ' ' if first else ''}{shown}{' ' + _ELLIPSIS if last < len(words) else ''}"


def holds(raw: str, terms: Collection[Term]) -> bool:
    """Tell whether a text has a word that one of the terms is about."""
    return any(_fits(word.group(), term) for word in _WORD.finditer(raw) for term in terms)


def _marked(raw: str, begin: int, end: int, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], begin
    for start, stop in spans:
        pieces += [raw[at:start], START, raw[start:stop], END]
        at = stop
    text = "".join([*pieces, raw[at:end]])
    # One line, whatever the note was.
    return " ".join(text.split())


def _fits(word: str, term: Term) -> bool:
    folded = folding.words(word)
    joined = "".join(folded)
    sought = "".join(term.words)
    if any(part.startswith(wanted) for part in folded for wanted in term.words) or joined.startswith(sought):
        return True
    if term.reaches_inside and sought in joined:
        return True
    return not set(indexing.keys_in(word)).isdisjoint(term.other_keys)
