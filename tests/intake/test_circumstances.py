# SPDX-License-Identifier: Apache-2.0
"""What stands round an interview: risks kept with the identity, roles in the log, consent said once more."""

from __future__ import annotations

import pytest

from testimony_app.intake import consent
from testimony_app.intake.errors import NothingAgreed, ReasonMissing
from testimony_app.intake.session import Interviews
from testimony_app.model.consent import Answer, ConsentKind, current
from testimony_app.model.person import Identity, Participant, Witness
from testimony_app.model.risks import DANGER, FITNESS, GO, POSTPONE, RiskTalk
from testimony_app.model.testimony import Session


@pytest.fixture
def interviews(vault, clock):
    """Return the drafts of a vault."""
    return Interviews(vault, clock)


def logged(vault, draft, event):
    """Return the facts of the entries of one kind in a testimony's log."""
    return [entry.facts for entry in vault.custody.entries(draft.id) if entry.event == event]


def agreed(interviews, clock, how="written"):
    """Return a draft whose witness agreed to be kept and quoted."""
    draft = interviews.start()
    answers = {"P1": Answer.YES, "P5": Answer.YES}
    event = consent.answered(consent.text("fa"), answers, clock, how=how, identity_level="pseudonym")
    return interviews.give_consent(draft.id, event)


def test_risks_stand_with_the_identity_and_nowhere_else(vault, interviews):
    """What is dangerous to know is under the keepers' key; testimony and log learn only what was decided."""
    draft = interviews.start()
    talk = RiskTalk(answers=((DANGER, "possible"), ("travel", "a journey next month")), decision=GO)

    interviews.consider_risks(draft.id, talk)

    identity = interviews.identity(draft.id)
    assert identity.risks.said("travel") == "a journey next month"
    assert identity.risks.at
    assert "journey" not in repr(interviews.get(draft.id)) + repr(vault.custody.entries(draft.id))
    assert logged(vault, draft, "risks_considered") == [{"decision": GO, "advised": "nothing"}]


def test_a_name_written_later_keeps_what_was_talked_over(interviews):
    """The two halves of an identity don't overwrite each other."""
    draft = interviews.start()
    interviews.set_witness(
        draft.id, witness=Witness(), session=Session(), languages=(), identity=Identity(names=("A Real Name",))
    )

    identity = interviews.consider_risks(draft.id, RiskTalk(decision=POSTPONE))

    assert (identity.names, identity.risks.decision) == (("A Real Name",), POSTPONE)


@pytest.mark.parametrize("answer", [(DANGER, "serious"), (DANGER, "unsure"), (FITNESS, "doubt")])
def test_going_on_where_waiting_is_advised_needs_a_reason(vault, interviews, answer):
    """The person decides; that it went on against advice, and why, is written down."""
    draft = interviews.start()
    with pytest.raises(ReasonMissing):
        interviews.consider_risks(draft.id, RiskTalk(answers=(answer,), decision=GO))
    interviews.consider_risks(draft.id, RiskTalk(answers=(answer,), decision=POSTPONE))

    identity = interviews.consider_risks(
        draft.id, RiskTalk(answers=(answer,), decision=GO, reason="asked a second time")
    )

    assert identity.risks.reason == "asked a second time"
    assert [facts["advised"] for facts in logged(vault, draft, "risks_considered")] == ["waiting", "waiting"]


def test_the_log_knows_roles_and_kind_of_place_but_no_name_and_no_place(vault, interviews):
    """Each change of who is present is an entry; the same again is none."""
    draft = interviews.start()
    present = (Participant("interviewer", "Four"), Participant("interpreter", "N.", "a cousin"))
    session = Session(place="Hamburg", participants=present, place_kind="home", precision="town", meeting=2)

    for _time in range(2):
        interviews.set_witness(draft.id, witness=Witness(), session=session, languages=("pes",))

    (facts,) = logged(vault, draft, "session_noted")
    assert facts["roles"] == "interpreter interviewer"
    assert (facts["place_kind"], facts["precision"], facts["meeting"]) == ("home", "town", "2")
    assert not {"Hamburg", "Four", "N."} & set(" ".join(facts.values()).split())
    assert interviews.get(draft.id).session == session


def test_consent_said_again_changes_nothing_and_shows_that_it_holds(interviews, clock):
    """After a break the witness goes on: one more act, under the same text, and the same state."""
    draft = agreed(interviews, clock)
    before = current(draft.consent)

    draft = interviews.confirm(draft.id, ConsentKind.AFTER_BREAK)

    assert current(draft.consent) == before
    assert [act.kind for act in draft.consent] == [ConsentKind.BEFORE, ConsentKind.AFTER_BREAK]
    assert draft.consent[-1].text_sha256 == draft.consent[0].text_sha256


def test_nothing_can_be_said_again_that_was_never_said(interviews):
    """Without a first act there is nothing to confirm."""
    with pytest.raises(NothingAgreed):
        interviews.confirm(interviews.start().id, ConsentKind.AFTER_BREAK)


def test_a_recorded_consent_belongs_to_an_act(vault, interviews, clock):
    """The clip is linked once, as the opening; a second one after the telling is the consent after it."""
    draft = agreed(interviews, clock, how="spoken")
    lacking = draft.lacks_spoken_consent
    opening = spoken(vault, draft, "consent_statement")

    draft = interviews.link_spoken_consent(draft.id)
    again = interviews.link_spoken_consent(draft.id)
    spoken(vault, draft, "testimony")
    closing = spoken(vault, draft, "consent_statement")
    last = interviews.link_spoken_consent(draft.id)

    assert lacking
    assert not draft.lacks_spoken_consent
    assert again.consent == draft.consent
    clips = [(act.kind, act.spoken_clip) for act in last.consent[1:]]
    assert clips == [(ConsentKind.ON_RECORD, opening), (ConsentKind.AFTER, closing)]
    assert current(last.consent).allows("P5")


def spoken(vault, draft, kind):
    """Return the identifier of a second of sound of a kind, finished."""
    recording = vault.recordings.begin(draft.id, rate=48_000, channels=1, bits=24, kind=kind)
    vault.recordings.finish(recording.id, frames=48_000, segments=())
    return recording.id
