# SPDX-License-Identifier: Apache-2.0
"""A witness records alone, with keys and nothing else, from the language to the seal."""

from __future__ import annotations

from testimony_app.intake import consent
from testimony_app.model.consent import Answer, current
from testimony_app.model.testimony import Kind, State


def only_one(house):
    """Return the one testimony in the collector's vault."""
    rows = house.on_vault(lambda: house.collector.vault.testimonies.rows(0, 10)).rows
    assert len(rows) == 1
    return rows[0]


def draft_in(house):
    """Return the one draft, whole."""
    known = only_one(house).id
    return house.on_vault(lambda: house.collector.interviews.get(known))


def test_a_testimony_is_told_and_sealed_with_keys_alone(alone, house):
    """Two questions told, the others left out, listened to, kept: one sealed bundle that only the archive opens."""
    alone.agree(beside="with_somebody")
    alone.speak(2.0)
    alone.keys("next")
    alone.at("kiosk_prompt")
    alone.speak(3.0)
    alone.key("finished")
    alone.house.wait(lambda: "Question 8 of 9" in alone.said())
    draft = draft_in(house)
    alone.keys("finished")
    alone.at("kiosk_listen")
    alone.keys("next_take", "go_on")
    alone.at("kiosk_keep")
    alone.key("keep")
    alone.at("kiosk_sealed")
    sealed = alone.said()
    alone.keys("go_on", "done")
    alone.at("kiosk_language")

    row = only_one(house)
    assert (row.kind, row.state) == (Kind.SELF_RECORDED, State.SEALED)
    assert [round(take.seconds) for take in draft.recordings] == [2, 3]
    assert [note.kind for note in draft.notes] == ["prompt", "prompt"]
    assert draft.notes[0].text.startswith("Where did you grow up")
    assert draft.session.participants[0].role == "support"
    assert draft.languages == ("eng",)
    assert draft.consent[0].text_sha256 == consent.text("en").sha256
    assert "Only " in sealed
    assert list(house.collector.vault.out.iterdir())


def test_no_leaves_nothing_behind(alone, house):
    """Whoever says no to the first question is thanked, and no draft was ever made."""
    alone.keys("language_en")
    while alone.sees("kiosk_welcome") or alone.sees("kiosk_language"):
        alone.keys("go_on") if alone.sees("kiosk_welcome") else house.rest()
    alone.keys("alone", "no")
    alone.at("kiosk_refused")
    alone.keys("leave")
    alone.at("kiosk_language")

    assert house.on_vault(lambda: house.collector.vault.testimonies.rows(0, 10)).total == 0


def test_erase_and_leave_while_recording_leaves_nothing(alone, house):
    """In the middle of a sentence everything can be erased, after one question."""
    alone.agree()
    alone.speak(1.0)
    alone.key("erase")
    alone.at("kiosk_erase")
    alone.keys("erase_now")
    alone.at("kiosk_erased")
    blobs = [path for path in (house.folder / "collector" / "blobs").rglob("*") if path.is_file()]
    alone.keys("done")
    alone.at("kiosk_language")

    assert house.on_vault(lambda: house.collector.vault.testimonies.rows(0, 10)).total == 0
    assert blobs == []


def test_one_part_can_be_erased_and_the_rest_kept(alone, house):
    """Listening back, one part is erased for good; the other one is sealed."""
    alone.agree()
    alone.speak(1.0)
    alone.keys("next")
    alone.at("kiosk_prompt")
    alone.speak(2.0)
    alone.key("finished")
    house.wait(lambda: "Question 8 of 9" in alone.said())
    alone.keys("finished")
    alone.at("kiosk_listen")
    alone.keys("erase_take")
    alone.at("kiosk_erase")
    alone.keys("erase_now")
    alone.at("kiosk_listen")

    draft = draft_in(house)
    assert [round(take.seconds) for take in draft.recordings] == [2]
    assert "Part 1 of 1" in alone.said()


def test_what_is_said_can_be_listened_to_and_is_what_was_said(alone, house):
    """Before keeping, the recording is played as it was spoken."""
    alone.agree()
    samples = alone.speak(2.0)
    alone.key("finished")
    house.wait(lambda: "Question 8 of 9" in alone.said())
    alone.keys("finished")
    alone.at("kiosk_listen")
    alone.key("listen_button")
    house.wait(lambda: house.speaker.reader is not None)

    heard = house.speaker.reader.read(house.speaker.reader.frames)
    assert len(heard) == len(samples)


def test_writing_instead_is_kept_as_it_is_typed(alone, house):
    """What is written under two questions becomes one statement, with the questions in it."""
    alone.agree()
    alone.keys("write")
    alone.at("kiosk_write")
    alone.type("statement", "in a small town")
    alone.keys("written")
    alone.at("kiosk_prompt")
    alone.keys("next", "write")
    alone.at("kiosk_write")
    alone.type("statement", "I read a lot")
    alone.keys("written")
    house.rest()

    statement = draft_in(house).statement
    assert "Where did you grow up" in statement.text
    assert "in a small town" in statement.text
    assert statement.text.endswith("I read a lot")


def test_asking_later_is_asked_once_more_before_keeping(alone, house):
    """A first answer put off is a yes only when the witness keeps it, as an event of its own."""
    alone.agree(first="later")
    alone.speak(1.0)
    alone.key("finished")
    house.wait(lambda: "Question 8 of 9" in alone.said())
    alone.keys("finished", "go_on")
    alone.at("kiosk_keep")
    asked = alone.said()
    row = only_one(house)
    before = current(house.on_vault(lambda: house.collector.interviews.get(row.id)).consent).answers["P1"]
    alone.key("keep")
    alone.at("kiosk_sealed")

    assert before is Answer.ASK_AGAIN
    assert "You wanted to be asked again" in asked


def test_a_break_pauses_and_has_no_clock(alone, house):
    """A break hears nothing, counts nothing, and leads back to the same question."""
    alone.agree()
    alone.speak(1.0)
    alone.keys("break")
    alone.at("kiosk_break")
    house.wait(lambda: house.microphone.stream.is_paused)
    during = alone.said()
    alone.keys("resume")
    alone.at("kiosk_prompt")

    assert not alone.sees("timer") or "00:00" in alone.said()
    assert "00:0" not in during
    assert "Paused" in alone.said()


def test_nothing_of_the_one_before_is_left_on_the_display(alone, house):
    """After one witness has written and left, the next sees none of it, nor in which language it was."""
    alone.agree("fa")
    alone.keys("write")
    alone.at("kiosk_write")
    alone.type("statement", "a word that nobody else may read")
    alone.keys("written", "erase")
    alone.at("kiosk_erase")
    alone.keys("erase_now", "done")
    alone.at("kiosk_language")
    first_page = alone.said()
    alone.agree("en")
    alone.keys("write")
    alone.at("kiosk_write")

    assert "In which language" in first_page
    assert "a word that nobody" not in first_page + alone.said()


def test_letters_grow_without_a_step_being_lost(alone, house):
    """Larger letters on the middle of a recording change the page and nothing else."""
    alone.agree()
    alone.speak(1.0)
    alone.keys("kiosk_larger", "kiosk_larger")

    assert alone.application.settings.text_size == 150
    assert alone.sees("kiosk_prompt")
    assert alone.screen.is_busy_recording()


def test_a_drop_box_takes_the_same_way_and_keeps_no_key(at_box, box, house):
    """Without any passphrase: told, listened to, sealed; the box holds a bundle for the archive."""
    at_box.agree()
    at_box.speak(2.0)
    at_box.key("finished")
    house.wait(lambda: "Question 8 of 9" in at_box.said())
    at_box.keys("finished")
    at_box.at("kiosk_listen")
    at_box.key("listen_button")
    house.wait(lambda: house.speaker.reader is not None)
    at_box.keys("go_on")
    at_box.at("kiosk_keep")
    at_box.key("keep")
    at_box.at("kiosk_sealed")

    assert any((at_box.folder / "out").iterdir())
    assert box.keys_left == 2
