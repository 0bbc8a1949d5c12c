# SPDX-License-Identifier: Apache-2.0
"""An interview is taken step by step; each step can be left and come back to, until the seal."""

from __future__ import annotations

import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.intake.errors import AttachmentUnreadable, NotADraft
from testimony_app.intake.importing import import_sound
from testimony_app.intake.session import STEPS, Interviews
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.consent import Answer
from testimony_app.model.person import Identity, NamedPerson, Witness
from testimony_app.model.testimony import Session, State
from testimony_app.vault.errors import NotFound, UnknownCode
from tests.builders import a_consent
from tests.fakes.microphone import FakeMicrophone

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


def versions(interviews, draft):
    """Return the texts of all versions, newest first."""
    return [one.text for one in interviews.statement_history(draft.id)]


def test_typing_on_makes_no_new_version(interviews, clock):
    """Every two seconds of typing are kept, in one version, as long as somebody sits there."""
    draft = interviews.start()
    for count in range(1, 6):
        interviews.save_statement(draft.id, "word " * count, "fa")
        clock.forward(2)

    assert versions(interviews, draft) == ["word " * 5]


def test_after_a_pause_a_new_version_begins(interviews, clock):
    """What stood there yesterday can be read tomorrow, with the time at which it was kept."""
    draft = interviews.start()
    interviews.save_statement(draft.id, "What I saw.", "fa")
    clock.forward(600)
    interviews.save_statement(draft.id, "What I saw, and heard.", "fa")

    newest, before = interviews.statement_history(draft.id)

    assert (newest.text, before.text) == ("What I saw, and heard.", "What I saw.")
    assert newest.saved_at > before.saved_at


def test_what_was_struck_out_by_mistake_is_still_there(interviews):
    """Everything marked and overwritten with one letter: the page as it was is the version before."""
    draft = interviews.start()
    whole = "a page of words that took a whole evening to write"
    interviews.save_statement(draft.id, whole, "fa")

    interviews.save_statement(draft.id, "x", "fa")
    interviews.save_statement(draft.id, "xy", "fa")

    assert versions(interviews, draft) == ["xy", whole]


def test_a_file_can_be_taken_back_before_the_seal(interviews, vault, tmp_path):
    """A letter attached by mistake is removed: its key and its file are gone, and the log says that it happened."""
    draft = interviews.start()
    (tmp_path / "letter.txt").write_text("canary words", encoding="utf-8")
    letter = interviews.attach(draft.id, tmp_path / "letter.txt")

    after = interviews.remove_attachment(draft.id, letter.id)

    assert after.attachments == ()
    assert list(vault.blobs.files()) == []
    assert vault.custody.entries(draft.id)[-1].event == "attachment_removed"
    with pytest.raises(NotFound):
        interviews.remove_attachment(draft.id, letter.id)


def test_with_an_original_goes_its_copy(interviews, vault, clock, tmp_path):
    """Somebody else's recording that is taken back leaves no copy to listen to; one of ours stays."""
    draft = interviews.start()
    session = RecordingSession(vault, FakeMicrophone(), clock)
    ours = session.record_blocks(draft.id, synthetic.blocks(1, SoundFormat()), SoundFormat())
    soundfile.write(tmp_path / "talk.wav", synthetic.voice(1), 48_000, subtype="PCM_16")
    copy = import_sound(vault, clock, draft.id, tmp_path / "talk.wav")

    after = interviews.remove_attachment(draft.id, copy.original)

    assert after.recordings == (ours,)
    assert after.attachments == ()


def test_nothing_is_taken_out_of_a_sealed_testimony(interviews, vault, tmp_path):
    """After the seal a file can't be removed any more."""
    draft = interviews.start()
    (tmp_path / "letter.txt").write_text("canary words", encoding="utf-8")
    letter = interviews.attach(draft.id, tmp_path / "letter.txt")
    vault.testimonies.set_state(draft.id, State.SEALED)

    with pytest.raises(NotADraft):
        interviews.remove_attachment(draft.id, letter.id)
