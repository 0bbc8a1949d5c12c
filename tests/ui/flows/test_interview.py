# SPDX-License-Identifier: Apache-2.0
"""An interview driven through its own buttons, over a real vault."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTextEdit, QWidget

from testimony_app.audio.synthetic import voice
from testimony_app.model.consent import Answer, current
from testimony_app.model.testimony import State

SECONDS = 3


def visible_text(screen, name):
    """Return the text of the visible label of a name."""
    return next((one.text() for one in screen.findChildren(QLabel, name) if one.isVisible()), "")


def agreed(house, screen):
    """Go through witness and consent as somebody would who agrees to be kept."""
    house.type_in(screen, "pseudonym", "Sima")
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.press(screen, "consent_yes_P1")
    house.press(screen, "understood")
    house.press(screen, "next_step")
    house.at(screen, "record_page")


def spoken(house, screen, seconds=SECONDS):
    """Record a voice of so many seconds, up to the take that is listed."""
    before = len(house.microphone.streams)
    house.press(screen, "record_button")
    house.wait(lambda: len(house.microphone.streams) > before)
    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    house.microphone.stream.say(voice(seconds, 48_000, 7).reshape(-1, 1))
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")


def test_a_spoken_testimony_is_taken_and_sealed(house):
    """From the pseudonym to the seal: what was said lies in a bundle, and this computer can't open it any more."""
    house.trust_each_other()
    screen = house.interview()
    agreed(house, screen)
    spoken(house, screen)
    code = screen.title
    house.press(screen, "listen_1")
    house.wait(lambda: house.speaker.reader is not None)
    house.press(screen, "next_step")
    house.at(screen, "people_page")
    house.press(screen, "next_step")

    with house.qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "seal_button")
        house.press(screen, "back_home")

    sealed = house.on_vault(lambda: house.collector.interviews.by_code(code))
    assert left.args == ["home", None]
    assert sealed.state is State.SEALED
    assert not sealed.recordings
    assert len(list(house.collector.vault.out.iterdir())) == 1


def test_the_voice_is_kept_to_the_sample(house):
    """What was spoken into the microphone is what the vault holds, and what is listened to."""
    screen = house.interview()
    agreed(house, screen)

    spoken(house, screen)

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert [one.frames for one in draft.recordings] == [SECONDS * 48_000]
    assert draft.recordings[0].gaps == ()


def test_notes_and_marks_carry_the_time_of_the_recording(house):
    """A note typed while recording, and a moment marked, are stamped with the recording's time."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "record_button")
    house.wait(lambda: bool(house.microphone.streams))
    house.microphone.stream.say(voice(2, 48_000, 7).reshape(-1, 1))
    house.wait(lambda: visible_text(screen, "timer").endswith("02\N{POP DIRECTIONAL ISOLATE}"))

    house.type_in(screen, "note_field", "names follow")
    house.qtbot.keyClick(screen.findChild(QLineEdit, "note_field"), Qt.Key.Key_Return)
    house.press(screen, "mark_button")
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")

    notes = house.on_vault(lambda: house.collector.interviews.by_code(screen.title)).notes
    assert {note.kind for note in notes} == {"note", "moment"}
    assert all(note.at_seconds and note.at_seconds >= 1.5 for note in notes)
    assert all(note.recording for note in notes)


def test_a_pause_hears_nothing_and_says_so(house):
    """While paused nothing is heard, and the panel says that all of it is safe."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "record_button")
    house.wait(lambda: bool(house.microphone.streams))
    house.microphone.stream.say(voice(1, 48_000, 7).reshape(-1, 1))

    house.press(screen, "pause_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Paused")
    house.microphone.stream.say(voice(1, 48_000, 8).reshape(-1, 1))
    house.press(screen, "pause_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert [round(one.seconds, 1) for one in draft.recordings] == [1.0]


def test_a_microphone_pulled_out_loses_nothing_that_was_said(house):
    """The panel says in place that it is gone; what was said until then is kept as a take."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "record_button")
    house.wait(lambda: bool(house.microphone.streams))
    house.microphone.stream.say(voice(2, 48_000, 7).reshape(-1, 1))

    house.microphone.stream.break_off()
    house.wait(lambda: "microphone is gone" in visible_text(screen, "banner_text"))
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert [round(one.seconds, 1) for one in draft.recordings] == [2.0]


def test_without_a_microphone_it_says_what_to_do(house):
    """No microphone: a calm sentence in place, nothing begun, writing still offered."""
    house.microphone._devices = ()
    screen = house.interview()
    agreed(house, screen)

    house.press(screen, "record_button")
    house.wait(lambda: bool(visible_text(screen, "banner_text")))

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert draft.recordings == ()
    assert any(one.isVisible() for one in screen.findChildren(QAbstractButton, "write_instead"))


def test_a_written_testimony_is_kept_as_it_is_typed(house):
    """What is typed is in the vault without any button being pressed, and is there when the draft is opened again."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "write_instead")
    house.at(screen, "write_page")

    house.qtbot.keyClicks(screen.findChild(QTextEdit, "statement"), "It was in the summer.")
    house.wait(lambda: visible_text(screen, "draft_kept") == "Kept")

    known = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    again = house.interview(str(known.id))
    house.wait(lambda: again.findChild(QTextEdit, "statement").toPlainText() == "It was in the summer.")
    assert known.statement.text == "It was in the summer."


def test_leaving_a_step_keeps_what_was_typed(house):
    """A name typed a moment ago is kept when another step is entered at once."""
    screen = house.interview()
    house.type_in(screen, "pseudonym", "Daughter")

    screen.enter("consent")
    house.at(screen, "consent_page")

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert draft.witness.pseudonym == "Daughter"


def test_the_real_name_is_kept_apart(house):
    """The real name goes to the identity alone, not into the testimony."""
    screen = house.interview()
    house.press(screen, "identity_toggle")
    house.type_in(screen, "real_name", "A Real Name")

    screen.flush()
    house.rest()

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    identity = house.on_vault(lambda: house.collector.interviews.identity(draft.id))
    assert identity.names == ("A Real Name",)
    assert "Real" not in repr(draft)


def test_a_no_to_being_kept_leads_to_erasing_only(house):
    """Who doesn't want to be kept is not recorded; the review offers to erase and nothing else."""
    house.trust_each_other()
    screen = house.interview()
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.press(screen, "consent_no_P1")
    house.press(screen, "next_step")
    house.at(screen, "review_page")
    house.wait(lambda: bool(visible_text(screen, "banner_text")))

    code = screen.title
    house.press(screen, "erase_button")
    with house.qtbot.waitSignal(screen.go, timeout=20_000):
        house.press(screen, "confirm_yes")

    page = house.on_vault(lambda: house.collector.vault.testimonies.rows(0, 10))
    assert code not in [row.code for row in page.rows]


def test_deciding_later_is_an_answer(house):
    """Deciding later goes on to the recording, with the question put off and named again before sealing."""
    screen = house.interview()
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.at(screen, "consent_page")

    house.press(screen, "decide_later")
    house.at(screen, "record_page")

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert current(draft.consent).answers["P1"] is Answer.ASK_AGAIN


def test_without_an_archive_the_review_says_what_is_missing(house):
    """Nothing can be sealed to nobody: the review says so and leads to the cards."""
    screen = house.interview()
    agreed(house, screen)
    spoken(house, screen)
    screen.enter("review")
    house.at(screen, "review_page")

    with house.qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "banner_action")

    assert left.args == ["add_card", None]
    assert not any(one.isEnabled() for one in screen.findChildren(QAbstractButton, "seal_button"))


def test_a_recording_can_not_be_left(house):
    """While it records the screen may neither be left nor the process ended."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "record_button")
    house.wait(screen.is_busy_recording)

    screen.enter("review")

    assert not screen.may_leave()
    assert not screen.may_lock_now()
    house.press(screen, "finish_button")
    house.wait(lambda: not screen.is_busy_recording())


def test_a_file_can_be_attached(house, tmp_path):
    """A file that was picked is copied into the vault and listed; the file itself stays."""
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter", encoding="utf-8")
    screen = house.interview()
    agreed(house, screen)

    screen.attach([str(letter)])
    house.wait(lambda: any("letter.txt" in one.text() for one in screen.findChildren(QLabel) if one.isVisible()))

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert [one.title for one in draft.attachments] == ["letter.txt"]
    assert letter.exists()


def test_going_on_without_an_answer_says_what_is_needed(house):
    """Continue without an answer to the first question stays, and says so beside it."""
    screen = house.interview()
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.at(screen, "consent_page")

    house.press(screen, "next_step")
    house.wait(lambda: "needs a yes" in visible_text(screen, "consent_message_P1"))

    house.press(screen, "consent_yes_P1")
    assert not visible_text(screen, "consent_message_P1")


def test_a_second_press_on_continue_skips_nothing(house):
    """Pressed twice in haste, Continue leads one step on, not two."""
    screen = house.interview()
    house.press(screen, "language_pes")

    house.press(screen, "next_step")
    screen._on_next()
    house.at(screen, "consent_page")
    house.rest()

    assert screen.findChild(QWidget, "consent_page").isVisible()


def test_a_seal_that_is_cancelled_leaves_the_draft(house):
    """Cancelled while the bundle is written: the review comes back, the draft is whole, no file is left."""
    house.trust_each_other()
    screen = house.interview()
    agreed(house, screen)
    spoken(house, screen)
    house.press(screen, "next_step")
    house.at(screen, "people_page")
    house.press(screen, "next_step")
    house.press(screen, "seal_button")

    house.press(screen, "cancel_job")
    house.wait(lambda: not screen._reviewing.is_busy)

    here = house.collector
    left = house.on_vault(lambda: here.interviews.by_code(screen.title))
    assert (left.state, len(left.recordings)) == (State.DRAFT, 1)
    assert list(here.vault.out.iterdir()) == []
    house.at(screen, "review_page")


def rows_at(house):
    """Return the rows of the collector's vault."""
    return house.on_vault(lambda: house.collector.vault.testimonies.rows(0, 10).rows)


def test_an_interview_left_untouched_leaves_no_draft(house):
    """Begun by mistake, looked through and left: nothing stays, and coming back begins a new one."""
    screen = house.interview()
    house.press(screen, "next_step")
    house.at(screen, "consent_page")
    place = screen.where(None)

    screen.flush()
    screen.left()

    assert rows_at(house) == ()
    assert house.interview(place).isEnabled()


def test_an_interview_with_one_word_in_it_is_kept(house):
    """A pseudonym, typed a moment ago and not yet kept, is kept when the screen is left."""
    screen = house.interview()
    house.type_in(screen, "pseudonym", "Sima")

    screen.flush()
    screen.left()

    assert [row.pseudonym for row in rows_at(house)] == ["Sima"]
