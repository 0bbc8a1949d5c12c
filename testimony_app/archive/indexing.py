# SPDX-License-Identifier: Apache-2.0
"""What a testimony is found by: its text in parts, folded, with the sound of each word beside it.

Each part is a paragraph, a note, the names of one person, ... so that a hit can show where it stands. The key of
a word's sound goes into the folded text as a word of its own, marked with its script: a Latin query looks for
the keys of Arabic letters and the other way round, so that within one script spelling still counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from testimony_app.archive import folding, sounds
from testimony_app.i18n.letters import ZERO_WIDTH_NON_JOINER, is_arabic_script
from testimony_app.model.person import NamedPerson
from testimony_app.model.testimony import Testimony

STATEMENT, NOTE, PERSON, TOLD, PLACE, TITLE, WITNESS, ATTACHMENT = (
    "statement",
    "note",
    "person",
    "told",
    "place",
    "title",
    "witness",
    "attachment",
)
KEY_OF_ARABIC, KEY_OF_LATIN = "0a", "0l"
_LONGEST_PART = 1_000

Part = tuple[str, float | None, str, str, str]
"""Kind, seconds into the recording, text as it is, folded with its keys, folded without spaces."""


def parts(testimony: Testimony) -> list[Part]:
    """Return everything that a testimony may be found by."""
    return [
        (kind, seconds, raw, _folded(kind, raw), folding.joined(raw))
        for kind, seconds, raw in texts(testimony)
        if raw.strip()
    ]


def keys_in(text: str) -> list[str]:
    """Return the marked keys of all words of a text; what a query in the same words is compared with."""
    halves = text.replace(ZERO_WIDTH_NON_JOINER, " ").replace("-", " ")
    words = dict.fromkeys([*folding.spoken(text), *folding.spoken(halves)])
    return [marked for word in words for marked in keys_of(word)]


def keys_of_name(name: str) -> list[str]:
    """Return the marked keys of a name, in which any two words may be written as one."""
    words = folding.spoken(name)
    pairs = [one + other for one, other in pairwise(words)]
    return list(dict.fromkeys([*keys_in(name), *(marked for pair in pairs for marked in keys_of(pair))]))


def keys_of(word: str) -> list[str]:
    """Return the marked keys of one spoken word."""
    mark = KEY_OF_ARABIC if is_arabic_script(word) else KEY_OF_LATIN
    if word.isdigit():
        return []
    return [mark + key for key in sounds.keys(word)]


def _folded(kind: str, raw: str) -> str:
    keys = keys_of_name(raw) if kind in {PERSON, PLACE} else keys_in(raw)
    return " ".join([*folding.words(raw), *keys])


def texts(testimony: Testimony) -> Iterator[tuple[str, float | None, str]]:
    """Yield every text of a testimony that may be searched: its kind, its time in the recording, the words."""
    yield TITLE, None, testimony.title
    yield WITNESS, None, testimony.witness.pseudonym
    yield WITNESS, None, testimony.witness.note
    for person in testimony.people:
        for names in _names(person):
            yield PERSON, person.at_seconds, names
        yield TOLD, person.at_seconds, f"{person.happened} {person.date_as_said} {person.place} {person.note}"
    for place in testimony.places:
        yield PLACE, None, " \u00b7 ".join([*place.names, place.note])
    for note in testimony.notes:
        yield NOTE, note.at_seconds, note.text
    for attachment in testimony.attachments:
        yield ATTACHMENT, None, attachment.title
    if testimony.statement is not None:
        for paragraph in testimony.statement.text.splitlines():
            yield from ((STATEMENT, None, piece) for piece in _pieces(paragraph))


def _names(person: NamedPerson) -> Iterator[str]:
    yield from person.names
    yield person.father_name


def _pieces(paragraph: str) -> Iterator[str]:
    """Yield a paragraph in lengths that a hit can show, cut between words."""
    while len(paragraph) > _LONGEST_PART:
        cut = paragraph.rfind(" ", 0, _LONGEST_PART)
        cut = cut if cut > 0 else _LONGEST_PART
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph
