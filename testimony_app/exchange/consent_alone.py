# SPDX-License-Identifier: Apache-2.0
"""consent.json: acts of consent that travel alone, after their testimony was sealed.

A bundle of profile 1.1 whose `critical` names `consent` holds this one payload, `data/consent.json`, and nothing else:
canonical JSON in which a member that holds its default is left out, answers are pairs sorted by purpose, and moments
are texts with three decimals. What was sealed is not touched by it; the archive adds the acts after those it has.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical
from testimony_app.crypto.errors import NotCanonical
from testimony_app.exchange.contents import BundleJson, Hex32, Hex64, Word
from testimony_app.exchange.errors import BeyondLimits, BundleJsonRefused
from testimony_app.model.consent import AFTER_SEALING, CLOSE, DESTROY, LIFTED, Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.release import is_release
from testimony_app.model.testimony import Kind, State, Testimony

CONSENT_MAX = 256 * 1024
_FILE = "consent.json"
_Seconds = Annotated[str, Meta(pattern=r"^[0-9]{1,7}\.[0-9]{3}$", max_length=11)]
_Purpose = Annotated[str, Meta(pattern=r"^P[0-9]{1,2}[a-z]?$", max_length=4)]


class ActPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of consent as it is carried; testimony_app.model.consent.ConsentEvent with every limit on it."""

    id: Hex32
    kind: ConsentKind
    at: Word
    how: Word
    language: Annotated[str, Meta(max_length=35)]
    text_id: Word
    text_version: Word
    text_sha256: Hex64
    answers: Annotated[tuple[tuple[_Purpose, Answer], ...], Meta(max_length=64)]
    identity_level: Word = "sealed"
    release: Annotated[str, Meta(max_length=300)] = "now"
    review_year: Annotated[int, Meta(ge=1900, le=2400)] | None = None
    given_by: Word = "witness"
    capacity: Word = "self"
    understood: bool = False
    spoken_clip: Word = ""
    passages: Annotated[tuple[tuple[_Seconds, _Seconds], ...], Meta(max_length=1000)] = ()
    note: Annotated[str, Meta(max_length=4000)] = ""
    wish: Word = ""
    card: Word = ""


class ConsentPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of consent.json."""

    format: Literal["govah-consent"]
    v: Literal[1]
    testimony: Hex32
    code: Annotated[str, Meta(pattern=r"^T-[0-9A-Z]{4}-[0-9A-Z]{2}$", min_length=9, max_length=9)]
    acts: Annotated[tuple[ActPage, ...], Meta(min_length=1, max_length=200)]


def write(testimony: TestimonyId, code: Code, events: tuple[ConsentEvent, ...]) -> bytes:
    """Return the one spelling of some acts of consent about a testimony."""
    acts = tuple(_as_act(event) for event in events)
    return _spelled(ConsentPage("govah-consent", 1, testimony, code, acts))


def read(page: BundleJson, untrusted_bytes: bytes) -> Testimony:
    """Return a bare testimony that holds nothing but the acts; raises BundleJsonRefused or BeyondLimits."""
    if len(untrusted_bytes) > CONSENT_MAX:
        raise BeyondLimits(what=_FILE)
    try:
        carried = msgspec.convert(canonical.loads(untrusted_bytes), ConsentPage)
        is_spelled_so = _spelled(carried) == untrusted_bytes
    except NotCanonical:
        raise BundleJsonRefused(file=_FILE, why="not-canonical") from None
    except msgspec.ValidationError:
        raise BundleJsonRefused(file=_FILE, why="schema") from None
    if not is_spelled_so:
        raise BundleJsonRefused(file=_FILE, why="spelling")
    if (carried.testimony, carried.code) != (page.testimony, page.code):
        raise BundleJsonRefused(file=_FILE, why="another-testimony")
    _check_sense(carried)
    return Testimony(
        id=TestimonyId(carried.testimony),
        code=Code(carried.code),
        kind=Kind.INTERVIEW,
        state=State.SEALED,
        created="",
        consent=tuple(_as_event(act) for act in carried.acts),
    )


def _check_sense(carried: ConsentPage) -> None:
    """Refuse what the schema can't say."""
    acts = carried.acts
    purposes = [[purpose for purpose, _answer in act.answers] for act in acts]
    sensible = {
        "act-twice": len({act.id for act in acts}) == len(acts),
        "act-kind": all(act.kind in AFTER_SEALING for act in acts),
        "answer-order": all(a < b for one in purposes for a, b in pairwise(one)),
        "wish": all(act.wish in _wishes(act.kind) for act in acts),
        "release": all(is_release(act.release, act.review_year) for act in acts),
        "passage": all(float(a) < float(b) for act in acts for a, b in act.passages),
    }
    for why, holds in sensible.items():
        if not holds:
            raise BundleJsonRefused(file=_FILE, why=why)


def _wishes(kind: ConsentKind) -> tuple[str, ...]:
    return {
        ConsentKind.FULL_WITHDRAWAL: ("", CLOSE, DESTROY),
        ConsentKind.OBJECTION: ("", LIFTED),
    }.get(kind, ("",))


def _spelled(carried: ConsentPage) -> bytes:
    """Return the canonical bytes, members that hold their default left out: compared by value, not by identity."""
    plain = msgspec.to_builtins(carried)
    defaults = {
        field.name: list(field.default) if field.default == () else field.default
        for field in msgspec.structs.fields(ActPage)
    }
    plain["acts"] = [{name: said for name, said in act.items() if said != defaults[name]} for act in plain["acts"]]
    return canonical.dumps(plain)


def _as_act(event: ConsentEvent) -> ActPage:
    facts = {name: getattr(event, name) for name in event.__struct_fields__}
    facts["answers"] = tuple(sorted(event.answers.items()))
    facts["passages"] = tuple((f"{start:.3f}", f"{end:.3f}") for start, end in event.passages)
    return ActPage(**facts)


def _as_event(act: ActPage) -> ConsentEvent:
    facts = {name: getattr(act, name) for name in act.__struct_fields__}
    facts["answers"] = dict(act.answers)
    facts["passages"] = tuple((float(start), float(end)) for start, end in act.passages)
    return ConsentEvent(**facts)
