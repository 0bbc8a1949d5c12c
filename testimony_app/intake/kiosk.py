# SPDX-License-Identifier: Apache-2.0
"""The rules of recording alone: which step follows which, what may be skipped, when it may end.

The way through is one list of places, made anew from what was answered, so that going on and going back are the
same list read in two directions. Nothing here hurries: there is no time, no count of what was left out, and no step
but the first answer that anything else waits for. The guide never ends inside its hardest part (`finish` leads over
the closing questions first), and whoever answers no to being recorded is led out kindly and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.ports import Device
from testimony_app.errors import Refusal
from testimony_app.intake.errors import NoArchiveKnown
from testimony_app.model.consent import Answer
from testimony_app.model.partner import Card

FIRST_PURPOSE = "P1"
CLOSING = "closing"


class Step(StrEnum):
    """What one screen of recording alone asks or says."""

    LANGUAGE = "language"
    WELCOME = "welcome"
    """One part of the consent text that is read before anything is asked."""
    COMPANY = "company"
    """Alone, or with somebody beside."""
    CONSENT = "consent"
    REFUSED = "refused"
    NOTE = "note"
    """A word before a question that may be heavy."""
    PROMPT = "prompt"
    LISTEN = "listen"
    KEEP = "keep"
    NOTHING = "nothing"
    """Nothing was said or written, so there is nothing to keep."""


class Place(msgspec.Struct, frozen=True):
    """One screen: its step, and which of several it is."""

    step: Step
    index: int = 0


class Asked(msgspec.Struct, frozen=True):
    """A question put to somebody who records alone."""

    id: str
    text: str
    phase: str = "events"
    note: str = ""
    """Said before it, with leaving it out as the first choice."""


class SelfRecording:
    """Where one witness is on the way, and what was answered so far."""

    def __init__(self) -> None:
        """Start before the language is known."""
        self._parts = 0
        self._purposes: tuple[str, ...] = ()
        self._questions: tuple[Asked, ...] = ()
        self.answers: dict[str, Answer] = {}
        self.has_company = False
        self.said: set[int] = set()
        """The questions to which something was recorded."""
        self.written: dict[int, str] = {}
        self.skipped: set[int] = set()
        self.place = Place(Step.LANGUAGE)

    @property
    def questions(self) -> tuple[Asked, ...]:
        """The questions, in the order in which they are put."""
        return self._questions

    @property
    def purposes(self) -> tuple[str, ...]:
        """What consent is asked for, in order."""
        return self._purposes

    @property
    def has_something(self) -> bool:
        """Whether anything was said or written."""
        return bool(self.said) or any(text.strip() for text in self.written.values())

    @property
    def may_record(self) -> bool:
        """Whether the first question of consent was answered, and not with no."""
        return self.answers.get(FIRST_PURPOSE) in (Answer.YES, Answer.ASK_AGAIN)

    @property
    def must_ask_again(self) -> bool:
        """Whether being kept was put off, so that keeping asks for it once more."""
        return self.answers.get(FIRST_PURPOSE) is Answer.ASK_AGAIN

    def speak(self, parts: int, purposes: Sequence[str], questions: Sequence[Asked]) -> None:
        """Take the words of a language: how many parts are read first, what is asked, what may be told."""
        self._parts, self._purposes, self._questions = parts, tuple(purposes), tuple(questions)

    def way(self) -> tuple[Place, ...]:
        """Return every place there is, in order, as the answers stand now."""
        first = [Place(Step.LANGUAGE), *(Place(Step.WELCOME, part) for part in range(self._parts)), Place(Step.COMPANY)]
        asked = [Place(Step.CONSENT, number) for number in range(len(self._purposes))]
        if not self.may_record:
            # Without the first yes nothing else is asked: there would be nothing for it to hold for.
            return (*first, *asked[:1], Place(Step.REFUSED))
        return (*first, *asked, *self._telling(), *self._ending())

    def go_on(self) -> Place:
        """Go to the place that follows, and return it."""
        way = self.way()
        self.place = way[min(self._at(way) + 1, len(way) - 1)]
        return self.place

    def go_back(self) -> Place:
        """Go to the place before, and return it."""
        way = self.way()
        self.place = way[max(self._at(way) - 1, 0)]
        return self.place

    @property
    def may_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self.place.step is not Step.LANGUAGE

    def answer(self, purpose: str, given: Answer) -> Place:
        """Note an answer to a purpose and go on."""
        self.answers[purpose] = given
        return self.go_on()

    def skip(self) -> Place:
        """Leave this question or this part out, without a reason, and go on."""
        place = self.place
        if place.step is Step.NOTE:
            self.place = Place(Step.PROMPT, place.index)
        if place.step in (Step.NOTE, Step.PROMPT) and not self._has_told(place.index):
            self.skipped.add(place.index)
        return self.go_on()

    def finish(self) -> Place:
        """End the telling: over the first closing question when none was reached yet, else to what was said."""
        closing = [number for number, asked in enumerate(self._questions) if asked.phase == CLOSING]
        here = self.place.index if self.place.step in (Step.PROMPT, Step.NOTE) else len(self._questions)
        if closing and here < closing[0] and self.has_something:
            self.place = Place(Step.PROMPT, closing[0])
        else:
            self.place = self._ending()[0]
        return self.place

    def told(self, number: int) -> None:
        """Note that something was recorded to a question."""
        self.said.add(number)
        self.skipped.discard(number)

    def wrote(self, number: int, text: str) -> None:
        """Note what is written to a question so far."""
        self.written[number] = text
        if text.strip():
            self.skipped.discard(number)

    def took_back(self, number: int) -> None:
        """Note that nothing recorded to a question is left."""
        self.said.discard(number)

    def come_back_to(self, number: int) -> Place:
        """Go straight to a question, as after a crash."""
        self.place = Place(Step.PROMPT, min(max(number, 0), len(self._questions) - 1))
        return self.place

    def _telling(self) -> list[Place]:
        places = []
        for number, asked in enumerate(self._questions):
            if asked.note:
                places.append(Place(Step.NOTE, number))
            places.append(Place(Step.PROMPT, number))
        return places

    def _ending(self) -> list[Place]:
        if not self.has_something:
            return [Place(Step.NOTHING)]
        return [Place(Step.LISTEN), Place(Step.KEEP)] if self.said else [Place(Step.KEEP)]

    def _has_told(self, number: int) -> bool:
        return number in self.said or bool(self.written.get(number, "").strip())

    def _at(self, way: tuple[Place, ...]) -> int:
        if self.place in way:
            return way.index(self.place)
        # An answer was changed behind us: the last place of the same step, else the last of all.
        same = [number for number, place in enumerate(way) if place.step is self.place.step]
        return same[-1] if same else len(way) - 1


def statement(questions: Sequence[Asked], written: Mapping[int, str]) -> str:
    """Return everything written as one text, each answer under its question."""
    parts = [f"{questions[number].text}\n\n{text.strip()}" for number, text in sorted(written.items()) if text.strip()]
    return "\n\n\n".join(parts)


def read_statement(questions: Sequence[Asked], text: str) -> dict[int, str]:
    """Return what stands under each question in a text made by `statement`; the rest goes to the first."""
    written: dict[int, str] = {}
    numbers = {asked.text: number for number, asked in enumerate(questions)}
    here = 0
    for part in text.split("\n\n\n"):
        question, _, answer = part.partition("\n\n")
        if question in numbers:
            here = numbers[question]
        else:
            answer = part
        written[here] = "\n\n\n".join(each for each in (written.get(here, ""), answer) if each)
    return {number: answer for number, answer in written.items() if answer}


def hindrance(archives: Sequence[Card], microphones: Sequence[Device]) -> Refusal | None:
    """Return what must be put right before a witness is left alone, or nothing; asked before handing over."""
    if not archives:
        return NoArchiveKnown()
    return None if microphones else NoMicrophone()
