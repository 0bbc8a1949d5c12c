# SPDX-License-Identifier: Apache-2.0
"""The words of recovery sheets, from the printed page's file or from a text, and the secret that they restore.

What is wrong is said of the one sheet that it is wrong with. Words are text while they are read, and Python
can't wipe text: recover on a computer that is switched off afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from testimony_app.crypto import shares
from testimony_app.crypto.errors import NotAShare, SharesDoNotFit
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.shares import WORDS, ShareFacts
from testimony_app.safekeeping.errors import (
    NotASheet,
    SheetMistyped,
    SheetOfAnotherSet,
    SheetTwice,
    TooFewSheets,
    UnknownWord,
)

__all__ = ["WORDS", "facts_of", "mark_of", "needed_with", "read_files", "read_text", "secret_of"]

_MOST_BYTES = 1 << 20
_CELL = re.compile(r'<th>(\d+)</th><td class="word">([a-z]+)</td>')
_WORD = re.compile(r"[a-z]+")


def read_files(paths: Sequence[Path], *, first: int = 1) -> tuple[str, ...]:
    """Return the words of every sheet in some files: printed pages, or texts with nothing but the words.

    The first of them is counted as number `first`. Raises NotASheet.
    """
    found: list[str] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                text = file.read(_MOST_BYTES).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise NotASheet(sheet=len(found) + first) from error
        sheets = read_text(text)
        if not sheets:
            raise NotASheet(sheet=len(found) + first)
        found += sheets
    return tuple(found)


def read_text(text: str) -> tuple[str, ...]:
    """Return the words of every sheet in a text; numbers and lines that begin with # don't count."""
    cells = _CELL.findall(text)
    if cells:
        return (" ".join(word for _, word in sorted(cells, key=lambda cell: int(cell[0]))),)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    words = _WORD.findall(" ".join(lines).lower())
    if len(words) % WORDS:
        return (" ".join(words),) if words else ()
    return tuple(" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS))


def facts_of(words: str, number: int = 1) -> ShareFacts:
    """Return what one sheet says of its set. Raises UnknownWord, SheetMistyped."""
    unknown = shares.unknown_words(words)
    if unknown:
        raise UnknownWord(sheet=number, word=unknown[0])
    try:
        return shares.read_share(words)
    except NotAShare as error:
        raise SheetMistyped(sheet=number, words=len(words.split()), expected=WORDS) from error


def needed_with(words: str) -> int:
    """Return how many sheets of its set are needed, this one among them."""
    return facts_of(words).threshold


def mark_of(words: str) -> str:
    """Return the four letters that all sheets of one set share."""
    return f"{facts_of(words).set_id:04X}"


def secret_of(sheets: Sequence[str]) -> Secret:
    """Return what the sheets restore, every one of them having had its part in it.

    Raises UnknownWord, SheetMistyped, SheetOfAnotherSet, SheetTwice, TooFewSheets.
    """
    needed = _check_together(sheets)
    secret = _combined(sheets[:needed], number=needed)
    for number in range(needed + 1, len(sheets) + 1):
        # One more than is needed can't be proved with all the others at once: it takes the last one's place.
        if not _restores(secret, [*sheets[: needed - 1], sheets[number - 1]], number):
            secret.wipe()
            raise SheetOfAnotherSet(sheet=number)
    return secret


def _check_together(sheets: Sequence[str]) -> int:
    """Return how many sheets the set needs; raises what is wrong with one of them, or with their number."""
    facts = [facts_of(words, number) for number, words in enumerate(sheets, 1)]
    if not facts:
        raise TooFewSheets(needed=1, given=0)
    sets = Counter((fact.set_id, fact.threshold) for fact in facts)
    common, _ = sets.most_common(1)[0]
    seen: dict[int, int] = {}
    for number, fact in enumerate(facts, 1):
        if (fact.set_id, fact.threshold) != common:
            raise SheetOfAnotherSet(sheet=number)
        if fact.index in seen:
            raise SheetTwice(sheet=number, same=seen[fact.index])
        seen[fact.index] = number
    needed = common[1]
    if len(facts) < needed:
        raise TooFewSheets(needed=needed, given=len(facts))
    return needed


def _restores(secret: Secret, sheets: Sequence[str], number: int) -> bool:
    try:
        with _combined(sheets, number=number) as again:
            return again == secret
    except SheetOfAnotherSet:
        return False


def _combined(sheets: Sequence[str], *, number: int) -> Secret:
    try:
        return shares.combine(list(sheets))
    except SharesDoNotFit as error:
        raise SheetOfAnotherSet(sheet=number) from error
