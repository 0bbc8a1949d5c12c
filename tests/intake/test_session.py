# SPDX-License-Identifier: Apache-2.0
"""An interview is taken step by step; each step can be left and come back to, until the seal."""

from __future__ import annotations

import pytest

from testimony_app.intake.errors import AttachmentUnreadable, NotADraft
from testimony_app.intake.session import STEPS, Interviews
from testimony_app.model.consent import Answer
from testimony_app.model.person import Identity, NamedPerson, Witness
from testimony_app.model.testimony import Session, State
from testimony_app.vault.errors import UnknownCode
from tests.builders import a_consent

LALEH = Witness(pseudonym="Laleh")


@pytest.fixture
def interviews(vault, clock):
    """Return the drafts of an empty vault."""
    return Interviews(vault, clock)


def entered(interviews, testimony):
    """Return the steps that may be entered now."""
    return [step.name for step in interviews.steps(testimony) if step.may_enter]


def done(interviews, testimony):
    """Return the steps that are done."""
    return [step.name for step in interviews.steps(testimony) if step.is_done]


def test_a_new_interview_is_an_empty_draft(interviews):
    """It has a code to be read aloud, nothing done, and every step open but the recording."""
    draft = interviews.start(languages=())

    assert interviews.by_code(draft.code.lower()) == draft
    assert done(interviews, draft) == []
    assert entered(interviews, draft) == [step for step in STEPS if step != "recording"]


@pytest.mark.parametrize(("answer", "may_record"), [("yes", True), ("ask_me_again", True), ("no", False)])
def test_recording_waits_for_consent(interviews, answer, may_record):
    """Without a word to being recorded, or with a no, the microphone stays closed."""
    draft = interviews.start()

    draft = interviews.give_consent(draft.id, a_consent(answers={"P1": Answer(answer)}))

    assert ("recording" in entered(interviews, draft)) is may_record
    assert "consent" in done(interviews, draft)


def test_what_is_filled_in_stays(interviews):
    """Who speaks, what was written and who is named is there when the interview is opened again."""
    draft = interviews.start()
    interviews.set_witness(draft.id, witness=LALEH, session=Session(place="a hall"), languages=("fa", "ckb"))
    interviews.save_statement(draft.id, "What I saw.", "fa")
    interviews.set_people(draft.id, (NamedPerson(id="0" * 32, names=("Bahar",)),))

    again = interviews.get(draft.id)

    assert (again.witness, again.session.place, again.languages) == (LALEH, "a hall", ("fa", "ckb"))
    assert again.statement.text == "What I saw."
    assert done(interviews, again) == ["witness", "recording", "people"]


def test_who_the_witness_is_stands_apart(interviews):
    """The real name is kept beside the draft, never in it."""
    draft = interviews.start()

    draft = interviews.set_witness(
        draft.id, witness=LALEH, session=Session(), languages=("fa",), identity=Identity(names=("A Real Name",))
    )

    assert interviews.identity(draft.id).names == ("A Real Name",)
    assert "A Real Name" not in repr(draft)


def test_a_note_is_stamped_with_both_times(interviews, clock):
    """A note knows when it was written and where in the recording."""
    draft = interviews.start()
    clock.forward(90)

    note = interviews.add_note(draft.id, "paused to drink", recording="r" * 32, at_seconds=81.5)

    assert note.at == "2026-01-31T17:06:39+00:00"
    assert interviews.get(draft.id).notes == (note,)


def test_an_attachment_is_a_copy(interviews, tmp_path):
    """A photograph is kept encrypted under its own name; the file on the stick stays as it is."""
    photograph = tmp_path / "IMG 1.JPG"
    photograph.write_bytes(b"\xff\xd8 light")
    draft = interviews.start()

    attachment = interviews.attach(draft.id, photograph)

    assert (attachment.title, attachment.media_type, attachment.byte_count) == ("IMG 1.JPG", "image/jpeg", 8)
    assert photograph.read_bytes() == b"\xff\xd8 light"


def test_a_file_that_is_not_there_is_refused(interviews, tmp_path):
    """A stick pulled too early costs nothing but the attachment."""
    draft = interviews.start()

    with pytest.raises(AttachmentUnreadable):
        interviews.attach(draft.id, tmp_path / "gone.jpg")

    assert interviews.get(draft.id).attachments == ()


def test_erasing_is_one_step(interviews, vault):
    """At the witness's wish a draft is gone; a line that says so, without a word of it, stays."""
    draft = interviews.start()
    interviews.save_statement(draft.id, "What I saw.", "fa")

    interviews.erase(draft.id)

    with pytest.raises(UnknownCode):
        interviews.by_code(draft.code)
    assert vault.custody.entries()[-1].event == "erased"


def test_after_the_seal_nothing_changes(interviews, vault, tmp_path):
    """Every way of changing a testimony is refused once it is sealed."""
    draft = interviews.start()
    vault.testimonies.set_state(draft.id, State.SEALED)

    for change in (
        lambda: interviews.set_witness(draft.id, witness=LALEH, session=Session(), languages=()),
        lambda: interviews.give_consent(draft.id, a_consent()),
        lambda: interviews.add_note(draft.id, "late"),
        lambda: interviews.set_people(draft.id, ()),
        lambda: interviews.save_statement(draft.id, "late", "fa"),
        lambda: interviews.attach(draft.id, tmp_path),
        lambda: interviews.erase(draft.id),
    ):
        with pytest.raises(NotADraft):
            change()
    assert entered(interviews, interviews.get(draft.id)) == []
