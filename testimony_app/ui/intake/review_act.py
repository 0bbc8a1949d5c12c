# SPDX-License-Identifier: Apache-2.0
"""From a draft to its review, and from the review to the seal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from testimony_app.errors import GovahError
from testimony_app.i18n import catalogue
from testimony_app.i18n.messages import describe
from testimony_app.model.consent import Answer, current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.ports import ConsentTexts, SealedLike, SealSteps, Taking, Text
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.intake.takes import takes_of
from testimony_app.ui.intake.values import Review
from testimony_app.ui.jobs import Cancel, Runs

_NO_ARCHIVE = "intake.no-archive"
Step = tuple[Callable[[], None], bool]
"""A piece of work, and whether it takes long and needs no database."""


class ReviewAct(QObject):
    """Gathers what is to be sealed, and seals it; stopped half way, the draft is whole."""

    sealed = Signal(str)
    failed = Signal(object)

    def __init__(self, page: ReviewPage, jobs: Runs, taking: Taking, stopped: type[GovahError]) -> None:
        """Wait for a testimony; `stopped` is raised into the sealing when somebody cancels."""
        super().__init__(page)
        self._page, self._jobs, self._taking, self._stopped = page, jobs, taking, stopped
        self._id = TestimonyId("")
        self._cancel = Cancel()
        self.is_busy = False
        page.seal_wanted.connect(self._on_seal)
        page.cancelled.connect(self._on_cancelled)

    def show(self, testimony: Testimony, texts: ConsentTexts[Text]) -> None:
        """Show what would be sealed of a testimony."""
        self._id = testimony.id
        gathered = lambda: gather(testimony.id, self._taking, purpose_titles(testimony, texts))  # noqa: E731
        self._jobs.latest(self, "review", gathered, self._page.show_review, self.failed.emit)

    def _on_seal(self) -> None:
        self._cancel = cancel = Cancel()
        self.is_busy = True
        self._page.show_sealing()
        told, stopped = self._jobs.relay(self, self._page.show_progress), self._stopped

        def progress(done: int, total: int) -> None:
            if cancel():
                raise stopped
            told(done, total)

        seal = self._taking.seals.under_way(self._id)
        write = partial(seal.write, progress)
        # What needs the database on the vault's thread, what takes long on the bench, one after the other.
        self._go_on(seal, [(seal.begin, False), (seal.convert, True), (seal.plan, False), (write, True)])

    def _go_on(self, seal: SealSteps, steps: list[Step]) -> None:
        if self._cancel():
            # On the bench, as the files are no business of the vault's thread before the commit.
            self._jobs.run(self, seal.take_back, lambda _none: self._on_failed(self._stopped()), heavy=True)
        elif steps:
            work, is_long = steps[0]
            self._jobs.run(self, work, lambda _none: self._go_on(seal, steps[1:]), self._on_failed, heavy=is_long)
        else:
            self._jobs.run(self, seal.commit, self._on_sealed, self._on_failed)

    def _on_cancelled(self) -> None:
        self._cancel.set()

    def _on_sealed(self, sealed: SealedLike) -> None:
        self.is_busy = False
        self._page.show_sealed(sealed.code, keeps_copy=self._taking.keeps_copy)
        self.sealed.emit(sealed.code)

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        self._page.show_stopped()
        if not isinstance(error, self._stopped):
            self.failed.emit(error)


def purpose_titles(testimony: Testimony, texts: ConsentTexts[Text]) -> dict[str, str]:
    """Return the questions of the consent in the reader's language, else in the one they were asked in."""
    codes = texts.languages()
    asked = testimony.consent[-1].language if testimony.consent else catalogue.SOURCE_LANGUAGE
    language = next((code for code in (catalogue.language(), asked) if code in codes), codes[0])
    return {question.purpose: question.title for question in texts.text(language).questions}


def gather(testimony_id: TestimonyId, taking: Taking, titles: dict[str, str]) -> Review:
    """Return the review of a draft as it stands in the vault."""
    testimony = taking.drafts.get(testimony_id)
    refusal = taking.seals.why_not(testimony)
    answers = current(testimony.consent).answers
    identity = taking.drafts.identity(testimony_id)

    def told(answer: Answer) -> tuple[str, ...]:
        return tuple(title for purpose, title in titles.items() if answers.get(purpose) is answer)

    return Review(
        code=testimony.code,
        pseudonym=testimony.witness.pseudonym,
        languages=testimony.languages,
        takes=takes_of(testimony),
        word_count=testimony.word_count,
        attachment_count=len(testimony.attachments),
        note_count=len(testimony.notes),
        people_count=len(testimony.people),
        has_identity=identity is not None and not identity.is_empty(),
        archives=tuple(card.name for card in taking.seals.recipients()),
        allowed=told(Answer.YES),
        refused=told(Answer.NO),
        later=told(Answer.ASK_AGAIN),
        missing=_missing(testimony),
        hindrance=_in_words(refusal),
        needs_card=refusal is not None and refusal.code == _NO_ARCHIVE,
        keeps_copy=taking.keeps_copy,
        contacts=taking.contacts(),
    )


def _missing(testimony: Testimony) -> tuple[str, ...]:
    agreed = current(testimony.consent).answers.get("P1")
    open_points = {
        "languages": not testimony.languages,
        "consent": not testimony.consent,
        "taking_consent": bool(testimony.consent) and agreed not in (Answer.YES, Answer.NO),
        "teach_back": bool(testimony.consent) and not testimony.consent[-1].understood,
        "spoken_consent": testimony.lacks_spoken_consent,
        "recording": not (testimony.recordings or testimony.statement),
        "people": not testimony.people,
    }
    return tuple(word for word, is_open in open_points.items() if is_open)


def _in_words(refusal: GovahError | None) -> str:
    if refusal is None:
        return ""
    message = describe(refusal)
    return " ".join(part for part in (message.what, message.next_step) if part)
