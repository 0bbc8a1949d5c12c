# SPDX-License-Identifier: Apache-2.0
"""What holds is computed from everything that was said, in its order."""

from __future__ import annotations

import pytest

from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind, current


def event(kind=ConsentKind.BEFORE, *, level="sealed", release="now", **answers):
    """Return an act of consent that says only what matters here."""
    return ConsentEvent(
        id="0" * 32,
        kind=kind,
        at="2026-01-31T17:05:09+00:00",
        how="spoken",
        language="fa",
        text_id="general",
        text_version="v1",
        text_sha256="0" * 64,
        answers={purpose: Answer(answer) for purpose, answer in answers.items()},
        identity_level=level,
        release=release,
    )


def test_without_a_word_nothing_is_allowed():
    """Silence is no consent."""
    state = current([])

    assert not state.allows("P1")
    assert state.identity_level == "sealed"


@pytest.mark.parametrize(("answer", "allowed"), [("yes", True), ("no", False), ("ask_me_again", False)])
def test_only_yes_is_yes(answer, allowed):
    """A purpose is allowed by yes alone; to be asked again is not yet."""
    assert current([event(P1=answer)]).allows("P1") is allowed


def test_a_later_answer_replaces_an_earlier_one():
    """An amendment changes the purposes that it names and leaves the others."""
    state = current([event(P1="yes", P2="yes"), event(ConsentKind.AMENDMENT, P2="no")])

    assert state.allows("P1")
    assert not state.allows("P2")


def test_a_full_withdrawal_takes_everything_back_for_good():
    """After everything was taken back, no later event brings it back by itself."""
    state = current([event(P1="yes"), event(ConsentKind.FULL_WITHDRAWAL), event(ConsentKind.AMENDMENT, P1="yes")])

    assert state.withdrawn
    assert not state.allows("P1")


def test_somebody_else_s_objection_does_not_change_who_may_know_the_witness():
    """A third party's objection narrows answers; level and release stay what the witness said."""
    state = current([event(level="named", release="2036", P9="yes"), event(ConsentKind.OBJECTION, P9="no")])

    assert (state.identity_level, state.release) == ("named", "2036")
    assert not state.allows("P9")
