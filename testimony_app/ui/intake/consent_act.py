# SPDX-License-Identifier: Apache-2.0
"""From a consent text to an event of consent: loads the text, shows it, keeps what was answered."""

from __future__ import annotations

from typing import Generic

import msgspec
from PySide6.QtCore import QObject, Signal

from testimony_app.i18n import catalogue
from testimony_app.model.consent import Answer, ConsentKind, current
from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.ports import ConsentTexts, Taking, Text
from testimony_app.ui.intake.values import ConsentAnswers
from testimony_app.ui.jobs import Runs


class ConsentAct(QObject, Generic[Text]):
    """Each answer that changed becomes one more event; nothing given earlier is touched."""

    given = Signal(object)
    """Testimony: with the event, or as it was when nothing changed."""
    failed = Signal(object)

    def __init__(self, page: ConsentPage, jobs: Runs, taking: Taking, texts: ConsentTexts[Text]) -> None:
        """Wait for a testimony."""
        super().__init__(page)
        self._page, self._jobs, self._taking, self._texts = page, jobs, taking, texts
        self._testimony: Testimony | None = None
        self._text: Text | None = None
        self._shown = ConsentAnswers({})
        page.language_chosen.connect(self._load)
        page.consented.connect(lambda: self._give(self._page.answers()))
        page.decided_later.connect(lambda: self._give(_later(self._page.answers())))

    def show(self, testimony: Testimony) -> None:
        """Show the text to answer for a testimony, with the answers given so far."""
        before, self._testimony = self._testimony, testimony
        if self._text is not None and before is not None and _same_consent(before, testimony):
            return  # what was answered meanwhile stays as it is
        self._page.show_waiting()
        known = testimony.consent[-1].language if testimony.consent else catalogue.language()
        self._load(known)

    def _load(self, language: str) -> None:
        def read() -> tuple[tuple[str, ...], Text]:
            codes = self._texts.languages()
            return codes, self._texts.text(language if language in codes else _nearest(codes))

        self._jobs.run(self, read, lambda found: self._on_loaded(*found), self.failed.emit)

    def _on_loaded(self, codes: tuple[str, ...], text: Text) -> None:
        if self._testimony is None:
            return
        self._text = text
        self._shown = given_so_far(self._testimony)
        self._page.show_languages(codes, text.language)
        self._page.show_text(text, self._shown)

    def _give(self, answers: ConsentAnswers | None) -> None:
        if answers is None:
            return
        testimony, text, taking = self._testimony, self._text, self._taking
        if testimony is None or text is None:
            return
        if testimony.consent and answers == self._shown and testimony.consent[-1].language == text.language:
            self.given.emit(testimony)
            return
        event = self._texts.answered(
            text,
            answers.answers,
            taking.clock,
            how=answers.how,
            kind=ConsentKind.AFTER if testimony.recordings or testimony.statement else ConsentKind.BEFORE,
            identity_level=answers.identity_level,
            understood=answers.understood,
        )
        event = msgspec.structs.replace(
            event,
            release=answers.release,
            review_year=answers.review_year,
            capacity=answers.capacity,
            given_by=answers.given_by,
            card=answers.card,
        )
        self._jobs.run(self, lambda: taking.drafts.give_consent(testimony.id, event), self.given.emit, self.failed.emit)


def _same_consent(before: Testimony, now: Testimony) -> bool:
    return (before.id, before.consent) == (now.id, now.consent)


def given_so_far(testimony: Testimony) -> ConsentAnswers:
    """Return what holds after all events of a testimony, as the page shows it."""
    if not testimony.consent:
        return ConsentAnswers({})
    state, last = current(testimony.consent), testimony.consent[-1]
    return ConsentAnswers(
        state.answers,
        state.identity_level,
        last.how,
        last.understood,
        release=state.release,
        review_year=state.review_year,
        capacity=last.capacity,
        given_by=last.given_by,
        card=last.card,
    )


def _later(answers: ConsentAnswers | None) -> ConsentAnswers | None:
    """Return the answers with the first question put off, so that it is asked again before sealing."""
    if answers is None:
        return None
    put_off = {"P1": Answer.ASK_AGAIN} | answers.answers
    return msgspec.structs.replace(answers, answers=put_off)


def _nearest(codes: tuple[str, ...]) -> str:
    """Return the language to start with where the reader's own has no text: English, else the first."""
    return catalogue.SOURCE_LANGUAGE if catalogue.SOURCE_LANGUAGE in codes else codes[0]
