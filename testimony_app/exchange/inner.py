# SPDX-License-Identifier: Apache-2.0
"""testimony.json, and what must hold between a bundle's own payloads.

The testimony's values (testimony_app/model) become canonical JSON by four rules, so that one testimony has
one spelling, and an older file still has its one spelling after the model has grown:

    a member that holds its default is left out       a member that nobody knows is a refusal
    a number with a fraction is a string, "12.345"    seconds, rounded to a millisecond
    answers is a list of pairs, sorted                [["P1","yes"],["P2","no"]]
    `blob` holds the path of the payload in the bag   data/audio/r01-s01.flac
    the written statement's `text` is empty           it stands in data/text/statement.txt, however long
"""

from __future__ import annotations

import math
import unicodedata
from enum import Enum
from typing import Any

import msgspec

from testimony_app.crypto import canonical
from testimony_app.crypto.errors import NotCanonical
from testimony_app.exchange import consent_alone, tagfiles
from testimony_app.exchange.contents import BundleJson
from testimony_app.exchange.errors import BeyondLimits, BundleJsonRefused, TestimonyTooLarge
from testimony_app.exchange.limits import TESTIMONY_JSON_MAX
from testimony_app.model.testimony import Testimony

_FILE = "testimony.json"


def write_testimony(testimony: Testimony) -> bytes:
    """Return the one spelling of a testimony, its statement's text apart; raises TestimonyTooLarge."""
    if testimony.statement is not None:
        testimony = msgspec.structs.replace(testimony, statement=msgspec.structs.replace(testimony.statement, text=""))
    return write_values(testimony)


def write_values(value: msgspec.Struct) -> bytes:
    """Return the one spelling of any value of the model; raises TestimonyTooLarge."""
    try:
        return canonical.dumps(_plain(value))
    except NotCanonical as error:
        raise TestimonyTooLarge(part=error.facts.get("part")) from None


def read_testimony(untrusted_bytes: bytes) -> Testimony:
    """Return the testimony that these bytes are the only spelling of; raises BundleJsonRefused or BeyondLimits."""
    if len(untrusted_bytes) > TESTIMONY_JSON_MAX:
        raise BeyondLimits(what=_FILE)
    try:
        untrusted = canonical.loads(untrusted_bytes)
        _pairs_to_answers(untrusted)
        # Not strict, since fractions come as strings; the comparison below makes up for it.
        testimony = msgspec.convert(untrusted, Testimony, strict=False)
        is_spelled_so = write_testimony(testimony) == untrusted_bytes
    except NotCanonical:
        raise BundleJsonRefused(file=_FILE, why="not-canonical") from None
    except (msgspec.ValidationError, TypeError, ValueError, AttributeError, KeyError):
        raise BundleJsonRefused(file=_FILE, why="schema") from None
    if not is_spelled_so:
        raise BundleJsonRefused(file=_FILE, why="spelling")
    return testimony


def check(page: BundleJson, testimony_json: bytes, statement: bytes) -> Testimony:
    """Return the whole testimony if it is the one that the signed page speaks of, with all its parts in place.

    Of a bundle that carries consent alone: a bare one that holds the acts, read from consent.json.
    """
    if page.is_consent:
        return consent_alone.read(page, testimony_json)
    testimony = read_testimony(testimony_json)
    if (testimony.id, testimony.code) != (page.testimony, page.code):
        raise BundleJsonRefused(file=_FILE, why="another-testimony")
    here = {item.path for item in page.items}
    parts = here - {tagfiles.TESTIMONY_JSON, tagfiles.IDENTITY_AGE, tagfiles.STATEMENT_TXT}
    named = paths_of(testimony)
    if not parts <= named or (page.group.count == 1 and parts != named):
        raise BundleJsonRefused(file=_FILE, why="parts")
    has_statement = tagfiles.STATEMENT_TXT in here
    if has_statement > (testimony.statement is not None) or (
        page.group.count == 1 and has_statement != (testimony.statement is not None)
    ):
        raise BundleJsonRefused(file=_FILE, why="statement")
    return _with_text(testimony, statement) if has_statement else testimony


def _with_text(testimony: Testimony, statement: bytes) -> Testimony:
    try:
        text = statement.decode("utf-8")
    except UnicodeDecodeError:
        raise BundleJsonRefused(file="statement.txt", why="not-utf-8") from None
    if testimony.statement is None:
        return testimony
    return msgspec.structs.replace(testimony, statement=msgspec.structs.replace(testimony.statement, text=text))


def paths_of(testimony: Testimony) -> set[str]:
    """Return the paths of all sound and attachments that a carried testimony consists of."""
    sound = {segment.blob for recording in testimony.recordings for segment in recording.segments}
    return sound | {attachment.blob for attachment in testimony.attachments}


def refuse_length(path: str) -> None:
    """Refuse a payload that must be held in memory and is too long for that."""
    raise BeyondLimits(what=path.removeprefix("data/"))


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in _said(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        # Two spellings of one letter are one letter; halves of a surrogate pair are none.
        return unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("no such moment")
        return f"{value:.3f}"
    if isinstance(value, dict):
        return [[key, _plain(value[key])] for key in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value


def _said(value: msgspec.Struct) -> list[str]:
    """Return the members that say something: those without a default, or other than it."""
    return [
        field.name
        for field in msgspec.structs.fields(value)
        if field.default is msgspec.NODEFAULT or getattr(value, field.name) != field.default
    ]


def _pairs_to_answers(untrusted: Any) -> None:
    for event in untrusted.get("consent", []):
        event["answers"] = dict(event["answers"])
