# SPDX-License-Identifier: Apache-2.0
"""Somebody who records alone, and everything that is read to them: the consent text and the questions."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from testimony_app.intake import consent, prompts
from testimony_app.intake.consent import ConsentText, Question
from testimony_app.intake.kiosk import FIRST_PURPOSE, Asked, SelfRecording, read_statement
from testimony_app.intake.prompts import Guide
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import current
from testimony_app.model.testimony import Testimony


class Script(msgspec.Struct, frozen=True):
    """The words of one language."""

    consent: ConsentText
    guide: Guide

    @property
    def parts(self) -> tuple[str, ...]:
        """What is read before anything is asked, one paragraph a page; first of all, that a text is a draft."""
        paragraphs = (self.consent.draft_note, *self.consent.intro.split("\n\n"))
        return tuple(part for part in paragraphs if part.strip())

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions of consent that are put to somebody alone."""
        return self.consent.asked_alone

    @property
    def purposes(self) -> tuple[str, ...]:
        """What consent is asked for."""
        return tuple(question.purpose for question in self.asked)

    @property
    def first_question(self) -> str:
        """The question that everything hangs on: whether to be recorded and kept."""
        return next((one.title for one in self.asked if one.purpose == FIRST_PURPOSE), "")

    @property
    def questions(self) -> tuple[Asked, ...]:
        """What is asked."""
        return tuple(
            Asked(section.id, prompt, section.phase, section.content_note)
            for section, prompt in self.guide.self_questions
        )


def languages() -> tuple[str, ...]:
    """Return the languages that have both a consent text and questions: nothing may fall back to another."""
    asked = prompts.languages(prompts.ALONE)
    return tuple(code for code in consent.languages() if code in asked)


def read(language: str) -> Script:
    """Return the words of a language; raises NoSuchConsentText, ConsentTextAltered."""
    return Script(consent.text(language), prompts.guide(language, prompts.ALONE))


class Alone:
    """One witness: where they are, in which words, and whether somebody sits beside them."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.mind = SelfRecording()
        self.script: Script | None = None
        self.archives: tuple[str, ...] = ()
        self.contacts: tuple[Contact, ...] = ()
        self.has_company: bool | None = None

    def speak(self, spoken: Script, archives: tuple[str, ...], contacts: tuple[Contact, ...] = ()) -> None:
        """Take the words of a language; one part more is read than the text has: who can open it."""
        self.script, self.archives, self.contacts = spoken, archives, contacts
        self.mind.speak(len(spoken.parts) + 1, spoken.purposes, spoken.questions)

    def come_back(self, testimony: Testimony, seconds: Callable[[int], float]) -> None:
        """Stand where a crash cut the telling; `seconds` tells how much was said to a question."""
        mind = self.mind
        mind.answers = dict(current(testimony.consent).answers)
        self.has_company = mind.has_company = bool(testimony.session.participants)
        if testimony.statement is not None:
            mind.written = read_statement(mind.questions, testimony.statement.text)
        mind.said = {number for number in range(len(mind.questions)) if seconds(number)}
        mind.come_back_to(max([*mind.said, *mind.written], default=0))
