# SPDX-License-Identifier: Apache-2.0
"""The nouns: values that do not change, read strictly, and what is computed from them."""

from __future__ import annotations

import msgspec
import pytest

from testimony_app.model.ids import new_code, new_id
from testimony_app.model.person import Identity, Witness
from testimony_app.model.recording import Recording, RecordingState
from testimony_app.model.testimony import Kind, State, Statement, Testimony


def a_recording(kind="testimony", seconds=3, **more):
    """Return a complete take of so many seconds."""
    return Recording(
        id=new_id(),
        take=1,
        kind=kind,
        state=RecordingState.COMPLETE,
        started_at="2026-01-31T17:05:09+00:00",
        sample_rate=48_000,
        bits=24,
        channels=1,
        frames=int(seconds * 48_000),
        **more,
    )


def a_testimony(**more):
    """Return a draft with nothing in it but what is asked for."""
    return Testimony(
        id=new_id(),
        code=new_code(),
        kind=Kind.INTERVIEW,
        state=State.DRAFT,
        created="2026-01-31T17:05:09+00:00",
        **more,
    )


def test_the_length_of_a_testimony_is_what_was_spoken_of_it():
    """Takes count, and sound that came from elsewhere; the slate, the room and the spoken consent do not."""
    kinds = {"testimony": 60, "imported": 30, "slate": 5, "room_tone": 10, "consent_statement": 20}
    recordings = tuple(a_recording(kind, seconds) for kind, seconds in kinds.items())

    assert a_testimony(recordings=recordings).seconds == 90


def test_words_are_counted_in_any_script():
    """A statement's words are what stands between spaces; without a statement there are none."""
    said = "\u0634\u0627\u0647\u062f \u0628\u0648\u062f\u0645 and saw it"
    statement = Statement(text=said, language="fa", version=1, saved_at="2026-01-31T17:05:09+00:00")

    assert a_testimony(statement=statement).word_count == 5
    assert a_testimony().word_count == 0


def test_a_testimony_comes_back_from_json_as_it_was():
    """Writing and reading give an equal value."""
    testimony = a_testimony(witness=Witness(pseudonym="Reed"), recordings=(a_recording(),), languages=("fa", "ckb"))

    assert msgspec.json.decode(msgspec.json.encode(testimony), type=Testimony) == testimony


@pytest.mark.parametrize(
    ("field", "value"),
    [("unheard_of", 1), ("state", "lost"), ("languages", "fa"), ("created", None), ("recordings", {})],
)
def test_what_does_not_fit_is_not_read(field, value):
    """A member that nobody knows, or of another kind, is refused at the door."""
    plain = msgspec.json.decode(msgspec.json.encode(a_testimony()))

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain | {field: value}, type=Testimony)


def test_values_do_not_change():
    """Nobody alters a testimony in passing."""
    with pytest.raises(AttributeError):
        a_testimony().title = "another"


def test_an_identity_is_empty_until_something_is_said():
    """One word about the person is enough to have something to protect."""
    assert Identity().is_empty()
    assert not Identity(safe_hours="evenings").is_empty()


def test_a_recording_of_no_rate_has_no_length():
    """A recording that never began has no length rather than a division by nothing."""
    assert msgspec.structs.replace(a_recording(), sample_rate=0, frames=0).seconds == 0
