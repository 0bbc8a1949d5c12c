# SPDX-License-Identifier: Apache-2.0
"""Recording alone: which step follows which, and that nothing but the first answer is ever asked for."""

from __future__ import annotations

import pytest

from testimony_app.intake import prompts
from testimony_app.intake.kiosk import Asked, Place, SelfRecording, Step, read_statement, statement
from testimony_app.model.consent import Answer

PURPOSES = ("P1", "P2", "P13")
QUESTIONS = (
    Asked("place", "Where?", "opening"),
    Asked("killed", "Who?", "events", "The next question is heavy."),
    Asked("after", "And then?", "events"),
    Asked("today", "And today?", "closing"),
)


@pytest.fixture
def witness():
    """Return somebody who has chosen a language."""
    made = SelfRecording()
    made.speak(2, PURPOSES, QUESTIONS)
    return made


@pytest.fixture
def telling(witness):
    """Return somebody who has said yes to everything and stands before the first question."""
    for _ in range(4):
        witness.go_on()
    for purpose in PURPOSES:
        witness.answer(purpose, Answer.YES)
    return witness


def steps(recording):
    """Return the way as words."""
    return [place.step.value for place in recording.way()]


def test_the_way_leads_from_the_language_to_keeping(telling):
    """Language, what this is, who is here, consent, questions, listening, keeping: in this order."""
    telling.told(0)

    assert steps(telling) == [
        "language", "welcome", "welcome", "company", "consent", "consent", "consent",
        "prompt", "note", "prompt", "prompt", "prompt", "listen", "keep",
    ]  # fmt: skip


def test_no_to_the_first_question_leads_out_and_asks_nothing_more(witness):
    """Whoever doesn't want to be recorded is asked for nothing else."""
    for _ in range(4):
        witness.go_on()
    witness.answer("P1", Answer.NO)

    assert witness.place == Place(Step.REFUSED)
    assert Step.PROMPT not in {place.step for place in witness.way()}


def test_a_refusal_can_be_taken_back(witness):
    """Going back from the refusal stands before the same question again."""
    for _ in range(4):
        witness.go_on()
    witness.answer("P1", Answer.NO)
    witness.go_back()
    witness.answer("P1", Answer.YES)

    assert witness.place == Place(Step.CONSENT, 1)


def test_only_the_first_answer_is_needed(witness):
    """Every other question of consent may be left unanswered; nothing blocks the way."""
    for _ in range(4):
        witness.go_on()
    witness.answer("P1", Answer.ASK_AGAIN)
    witness.go_on()
    witness.go_on()

    assert witness.place == Place(Step.PROMPT, 0)
    assert witness.must_ask_again


def test_every_question_can_be_skipped_and_saying_so_never_hinders(telling):
    """Skipped questions are noted without a reason; what was told can be kept all the same."""
    telling.told(0)
    telling.go_on()
    telling.skip()
    while telling.place.step is Step.PROMPT:
        telling.skip()

    assert telling.place == Place(Step.LISTEN)
    assert telling.skipped == {1, 2, 3}


def test_skipping_a_heavy_part_leads_past_its_question(telling):
    """From the word before a heavy question, leaving it out leads to the next one."""
    telling.go_on()
    assert telling.place == Place(Step.NOTE, 1)

    telling.skip()

    assert telling.place == Place(Step.PROMPT, 2)


def test_ending_inside_the_hardest_part_leads_over_a_closing_question(telling):
    """Who ends among the events is first asked one gentle thing; ending there leads out."""
    telling.told(0)
    telling.come_back_to(1)

    assert telling.finish() == Place(Step.PROMPT, 3)
    assert telling.finish() == Place(Step.LISTEN)


def test_who_said_nothing_has_nothing_to_keep(telling):
    """Ending without a word leads to a kind end and not to a question about keeping."""
    assert telling.finish() == Place(Step.NOTHING)


def test_a_written_answer_alone_can_be_kept(telling):
    """Somebody who only writes has nothing to listen to, and everything to keep."""
    telling.wrote(0, "in a small town")
    telling.come_back_to(3)

    assert telling.finish() == Place(Step.KEEP)


def test_going_back_is_the_same_way_in_the_other_direction(telling):
    """From the last place back to the first, every place is passed, and none twice."""
    telling.told(0)
    way = telling.way()
    telling.place = way[-1]

    passed = [telling.place]
    while telling.may_go_back:
        passed.append(telling.go_back())

    assert tuple(reversed(passed)) == way


def test_after_a_crash_the_question_is_the_one_that_was_told(telling):
    """Coming back leads straight to a question, however many there are now."""
    assert telling.come_back_to(2) == Place(Step.PROMPT, 2)
    assert telling.come_back_to(99) == Place(Step.PROMPT, 3)


def test_what_was_written_stands_under_its_questions():
    """One statement holds every answer under what was asked, in order, without empty ones."""
    made = statement(QUESTIONS, {3: " I have a garden. ", 0: "In a small town.", 1: "  "})

    assert made == "Where?\n\nIn a small town.\n\n\nAnd today?\n\nI have a garden."


@pytest.mark.parametrize("written", [{}, {0: "one"}, {1: "two\n\n\n\nlines", 3: "four"}, {2: "a\n\nb\n\n\nc"}])
def test_a_statement_is_read_back_as_it_was_written(written):
    """After a crash every answer stands under its own question again."""
    assert read_statement(QUESTIONS, statement(QUESTIONS, written)) == written


@pytest.mark.parametrize("language", prompts.languages(prompts.ALONE))
def test_the_questions_begin_and_end_gently(language):
    """The set opens with something neutral, closes with today, and warns before what is heavy."""
    asked = [section for section, _prompt in prompts.guide(language, prompts.ALONE).self_questions]
    phases = [section.phase for section in asked]

    assert phases == sorted(phases, key=("opening", "events", "closing").index)
    assert phases[0] == "opening"
    assert phases[-1] == "closing"
    assert {section.id for section in asked if section.content_note} == {"beginning", "not_returned", "news"}


def test_every_language_asks_the_same():
    """The sections are the same in each language, in the same order."""
    ids = {
        tuple(section.id for section in prompts.guide(language, prompts.ALONE).sections)
        for language in prompts.languages(prompts.ALONE)
    }

    assert len(ids) == 1
