# SPDX-License-Identifier: Apache-2.0
"""Bundles that carry consent alone, bent: each is refused, and nothing around the archive changes."""

from __future__ import annotations

import json

import pytest

from testimony_app.exchange import consent_alone
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from tests.hostile.forge import Bends

PATH = "data/consent.json"
REFUSED, LIMITS, NEW = "exchange.bundle-json-refused", "exchange.beyond-limits", "exchange.bundle-too-new"


def an_act(**facts):
    """Return a withdrawal in part."""
    defaults = {
        "id": "a" * 32,
        "kind": ConsentKind.PARTIAL_WITHDRAWAL,
        "at": "2026-06-01T10:00:00+02:00",
        "how": "written",
        "language": "fa",
        "text_id": "general",
        "text_version": "v1",
        "text_sha256": "0" * 64,
        "answers": {"P5": Answer.NO, "P9": Answer.NO},
        "identity_level": "",
        "release": "",
        "passages": ((1.5, 2.25),),
    }
    return ConsentEvent(**(defaults | facts))


def bent(world, *, acts=(), change=None, said=None, body=None, content=None):
    """Return the bends that make a bundle of consent alone, with one thing in it different."""
    written = consent_alone.write(world.testimony.id, world.testimony.code, acts or (an_act(),))
    if change is not None:
        written = _json(change(json.loads(written)))
    if body is not None:
        written = body(written)
    stands = {PATH: written} if content is None else content(written)

    def page(made):
        items = [{**item, "media_type": "application/json"} if item["path"] == PATH else item for item in made["items"]]
        return {**made, "minor": 1, "critical": ["consent"], "items": items, **(said or {})}

    return Bends(payloads=lambda _honest: stands, page=page)


def _json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def act(**changes):
    """Return a change of the only act."""

    def change(document):
        document["acts"][0].update(changes)
        return document

    return {"change": change}


CASES = {
    "no JSON": ({"body": lambda _b: b"hello"}, REFUSED),
    "spaces": ({"body": lambda b: b.replace(b'":', b'": ', 1)}, REFUSED),
    "a line break behind it": ({"body": lambda b: b + b"\n"}, REFUSED),
    "a mebibyte of it": ({"body": lambda b: b + b" " * (1 << 20)}, LIMITS),
    "an array": ({"change": lambda d: [d]}, REFUSED),
    "another format": ({"change": lambda d: {**d, "format": "govah-bundle"}}, REFUSED),
    "a later version of it": ({"change": lambda d: {**d, "v": 2}}, REFUSED),
    "a member more": ({"change": lambda d: {**d, "note": "x"}}, REFUSED),
    "another testimony": ({"change": lambda d: {**d, "testimony": "b" * 32}}, REFUSED),
    "another code": ({"change": lambda d: {**d, "code": "T-0000-00"}}, REFUSED),
    "no acts": ({"change": lambda d: {**d, "acts": []}}, REFUSED),
    "an act twice": ({"change": lambda d: {**d, "acts": d["acts"] * 2}}, REFUSED),
    "an act from before sealing": (act(kind="participation_before"), REFUSED),
    "an act of another kind": (act(kind="grant_everything"), REFUSED),
    "answers as an object": (act(answers={"P5": "no"}), REFUSED),
    "answers in another order": (act(answers=[["P9", "no"], ["P5", "no"]]), REFUSED),
    "an answer twice": (act(answers=[["P5", "no"], ["P5", "yes"]]), REFUSED),
    "an answer that is none": (act(answers=[["P5", "perhaps"]]), REFUSED),
    "a purpose that is none": (act(answers=[["everything", "yes"]]), REFUSED),
    "a default written out": (act(capacity="self"), REFUSED),
    "a wish that is none": (act(wish="publish"), REFUSED),
    "destroying a part": (act(wish="destroy"), REFUSED),
    "a release that is none": (act(release="whenever"), REFUSED),
    "a release with no year to look again": (act(release="after_event:the end"), REFUSED),
    "a release of control characters": (act(release="after_event: x ", review_year=2050), REFUSED),
    "a passage backwards": (act(passages=[["9.000", "1.000"]]), REFUSED),
    "a passage as numbers": (act(passages=[[1.5, 2.25]]), REFUSED),
    "a passage without end": (act(passages=[["1.000", "inf"]]), REFUSED),
    "a note of ten thousand letters": (act(note="x" * 10_000), REFUSED),
    "a digest too short": (act(text_sha256="0"), REFUSED),
    "consent not called critical": ({"said": {"critical": []}}, REFUSED),
    "consent called critical twice": ({"said": {"critical": ["consent", "consent"]}}, REFUSED),
    "consent and something unknown": ({"said": {"critical": ["consent", "redaction"]}}, NEW),
    "one volume of two": ({"said": {"group": {"id": "2" * 32, "index": 1, "count": 2}}}, REFUSED),
    "a photograph beside it": (
        {"content": lambda b: {"data/attachments/a01.bin": b"photo", PATH: b}},
        REFUSED,
    ),
    "a testimony beside it": ({"content": lambda b: {PATH: b, "data/testimony.json": b"{}"}}, REFUSED),
    "a testimony in its place": ({"content": lambda b: {"data/testimony.json": b}}, REFUSED),
    "under another name": ({"content": lambda b: {"data/consent2.json": b}}, REFUSED),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bent_consent_is_refused(world, offer, name):
    """Whoever has every key but honesty still gets no other spelling and no other meaning past the reader."""
    bends, code = CASES[name]

    error, _warnings = offer(world.forge(bent(world, **bends)), world.desk())

    assert error is not None
    assert error.code == code


def test_the_unbent_one_is_taken(world, offer):
    """The suite refuses for the bend, not for the forging."""
    error, warnings = offer(world.forge(bent(world)), world.desk())

    assert (error, warnings) == (None, ())


def test_a_strangers_consent_is_held_apart(world, offer):
    """Nobody unknown changes a consent."""
    bends = bent(world, said={"sender": world.stranger.fingerprint})
    bends.signer = world.stranger

    error, _warnings = offer(world.forge(bends), world.desk())

    assert error.code == "exchange.unknown-signer"
