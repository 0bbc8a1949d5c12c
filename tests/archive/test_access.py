# SPDX-License-Identifier: Apache-2.0
"""How far a testimony may go is the least of consent, embargo, objections and marked passages."""

from __future__ import annotations

from datetime import date

import pytest

from testimony_app.archive.access import ARCHIVE, HEARD, NAMED, QUOTED, READING_ROOM, SEALED, USES, access, refusal
from testimony_app.model.consent import Answer, ConsentKind
from testimony_app.model.testimony import Note
from tests.builders import a_consent, a_testimony

TODAY = date(2026, 6, 1)
ALL = dict.fromkeys(USES.values(), Answer.YES)


def told(*events, **facts):
    """Return a testimony with these acts of consent."""
    return a_testimony(consent=events, **facts)


def yes(**facts):
    """Return an act of consent that allows everything."""
    return a_consent(**({"answers": ALL, "identity_level": "full"} | facts))


@pytest.mark.parametrize(
    ("facts", "level", "word"),
    [
        ({}, HEARD, None),
        ({"answers": ALL | {"P7": Answer.NO}}, NAMED, "answer"),
        ({"answers": ALL | {"P6": Answer.ASK_AGAIN}}, QUOTED, "answer"),
        ({"answers": ALL | {"P5": Answer.NO}}, READING_ROOM, "answer"),
        ({"answers": {"P1": Answer.YES}}, ARCHIVE, "answer"),
        ({"answers": {"P1": Answer.ASK_AGAIN}}, SEALED, "keeping"),
        ({"answers": ALL | {"P1": Answer.NO}}, SEALED, "keeping"),
        ({"answers": {}}, ARCHIVE, "answer"),
        ({"identity_level": "archive_only"}, QUOTED, "identity"),
        ({"release": "date:2027"}, ARCHIVE, "embargo"),
        ({"release": "date:2026"}, HEARD, None),
        ({"release": "after_my_death", "review_year": 2030}, ARCHIVE, "embargo"),
        ({"release": "after_event:the archive opens", "review_year": 2026}, ARCHIVE, "embargo"),
    ],
)
def test_the_least_decides_and_says_why(facts, level, word):
    """Each level comes with the reason that keeps the testimony there."""
    found = access(told(yes(**facts)), TODAY)

    assert found.level == level
    assert [reason.word for reason in found.reasons][:1] == ([word] if word else [])


@pytest.mark.parametrize("use", USES)
def test_a_use_is_allowed_by_its_own_yes_alone(use):
    """Every purpose is asked for by itself: its no closes that use, whatever else is allowed."""
    assert refusal(told(yes()), use, TODAY) is None

    closed = refusal(told(yes(answers=ALL | {USES[use]: Answer.NO})), use, TODAY)
    silent = refusal(told(yes(answers={"P1": Answer.YES})), use, TODAY)

    assert closed.code == "archive.consent-forbids"
    assert (silent is None) is (use == "archive")


def test_an_embargo_keeps_a_testimony_among_the_archives_own_people():
    """They may transcribe it meanwhile; nobody else hears, reads or quotes it."""
    held = told(yes(release="date:2050"))

    assert refusal(held, "transcription", TODAY) is None
    assert refusal(held, "research", TODAY).code == "archive.under-embargo"
    assert refusal(held, "research", date(2050, 1, 1)) is None


def test_an_event_never_comes_true_by_itself():
    """Only somebody's word that it has come true opens what waits for it; the year of review only asks."""
    condition = "after_death_of:the guard"
    held = told(yes(release=condition, review_year=2020))

    assert refusal(held, "quote", date(2400, 1, 1)).code == "archive.under-embargo"
    assert refusal(held, "quote", TODAY, met=frozenset({condition})) is None
    assert access(held, TODAY).is_review_due


def test_an_objection_holds_back_until_somebody_has_decided():
    """A third party's objection keeps a testimony inside; lifted, it doesn't."""
    objection = a_consent(kind=ConsentKind.OBJECTION, answers={})
    over = a_consent(kind=ConsentKind.OBJECTION, answers={}, wish="lifted")

    assert refusal(told(yes(), objection), "research", TODAY).code == "archive.objection-open"
    assert refusal(told(yes(), objection), "archive", TODAY) is None
    assert access(told(yes(), objection, over), TODAY).level == HEARD


def test_marked_passages_stay_inside():
    """As long as nobody has made a copy without them, the whole is not passed on."""
    note = Note(id="n", kind="do_not_pass_on", text="", at_seconds=1.0, recording="", at="2026-01-31")
    taken_back = a_consent(kind=ConsentKind.PARTIAL_WITHDRAWAL, answers={}, passages=((1.0, 2.0),))

    for testimony in (told(yes(), notes=(note,)), told(yes(), taken_back)):
        assert refusal(testimony, "sound", TODAY).code == "archive.passages-not-passed-on"
        assert access(testimony, TODAY).level == ARCHIVE


def test_nothing_is_allowed_of_what_was_withdrawn():
    """Not even the archive's own work; a later yes doesn't bring it back."""
    gone = told(yes(), a_consent(kind=ConsentKind.FULL_WITHDRAWAL, answers={}), yes())

    assert access(gone, TODAY).allowed == ()
    assert {refusal(gone, use, TODAY).code for use in USES} == {"archive.consent-withdrawn"}


def test_an_amendment_leaves_what_it_does_not_name():
    """An embargo isn't lifted by an amendment that speaks of something else."""
    later = a_consent(kind=ConsentKind.AMENDMENT, answers={"P2": Answer.NO}, identity_level="", release="")

    found = access(told(yes(release="date:2050"), later), TODAY)

    assert found.level == ARCHIVE
    assert "transcription" not in found.allowed
