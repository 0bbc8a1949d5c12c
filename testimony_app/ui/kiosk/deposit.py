# SPDX-License-Identifier: Apache-2.0
"""The one testimony under way: begun with the first yes, added to, and at the end sealed or erased.

Everything here is handed to the vault's thread in order; `failed` hears whatever goes wrong. A drop box answers to
the same calls. Until somebody says yes to being recorded there is nothing, not even an empty draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from testimony_app.model.consent import ConsentEvent
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Participant, Witness
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Kind, Session, Testimony
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk.ports import Booth

PROMPT, SKIPPED = "prompt", "skipped"
"""Kinds of notes: which question a recording answers; which question was left out."""
_SPOKEN = {"fa": "pes", "ar": "arb", "en": "eng", "de": "deu", "fr": "fra", "sv": "swe", "nl": "nld", "tr": "tur"}
Result = TypeVar("Result")
Then = Callable[[], None]


class Deposit(QObject):
    """What is kept of one witness, and how long each part is."""

    failed = Signal(object)
    busy_changed = Signal()
    under_way = Signal(str)
    """Which testimony it is from now on; nothing when there is none."""

    def __init__(self, owner: QObject, jobs: Runs, booth: Booth) -> None:
        """Hold nothing yet."""
        super().__init__(owner)
        self._jobs, self._booth = jobs, booth
        self._id: TestimonyId | None = None
        self._takes: dict[int, list[Recording]] = {}
        self._given: ConsentEvent | None = None
        self._statement = ""
        self.is_busy = False

    @property
    def testimony(self) -> TestimonyId | None:
        """Which testimony it is; none until somebody agreed."""
        return self._id

    def seconds(self, question: int) -> float:
        """Return how long all that was said to a question is."""
        return sum(take.seconds for take in self._takes.get(question, ()))

    @property
    def all_seconds(self) -> float:
        """How long everything is that was said."""
        return sum(self.seconds(question) for question in self._takes)

    def takes(self) -> list[tuple[int, Recording]]:
        """Return every recording with its question, in the order of the questions."""
        return [(question, take) for question in sorted(self._takes) for take in self._takes[question]]

    def agree(self, event: ConsentEvent, language: str, *, has_company: bool, then: Then) -> None:
        """Keep what was agreed to, and begin the testimony with the first of it."""
        known, keeps = self._id, self._booth.keeps
        present = (Participant(role="support"),) if has_company else ()
        spoken = (_SPOKEN.get(language, language),)

        def work() -> Testimony:
            draft = keeps.get(known) if known is not None else keeps.start(Kind.SELF_RECORDED, spoken)
            if known is None or draft.session.participants != present:
                session = Session(participants=present)
                keeps.set_witness(draft.id, witness=Witness(), session=session, languages=spoken)
            return keeps.give_consent(draft.id, event)

        def done(draft: Testimony) -> None:
            self._id, self._given = draft.id, event
            self.under_way.emit(str(draft.id))
            then()

        self._run(work, done)

    def has_agreed_to(self, answers: Mapping[str, object]) -> bool:
        """Tell whether these very answers are kept already."""
        return self._given is not None and self._given.answers == answers

    def took(self, question: int, recording: Recording) -> None:
        """Know one recording more."""
        self._takes.setdefault(question, []).append(recording)

    def asked(self, asked: str, recording: Recording) -> None:
        """Write down which question a recording answers."""
        testimony, keeps = self._id, self._booth.keeps
        if testimony is not None:
            note = lambda: keeps.add_note(testimony, asked, kind=PROMPT, recording=recording.id, at_seconds=0.0)  # noqa: E731
            self._run(note, lambda _note: None)

    def write(self, text: str, language: str) -> None:
        """Keep everything written so far as one statement."""
        testimony, keeps = self._id, self._booth.keeps
        if testimony is not None and text != self._statement:
            self._statement = text
            self._run(lambda: keeps.save_statement(testimony, text, language), lambda _kept: None)

    def take_back(self, question: int, recording: Recording, then: Then) -> None:
        """Destroy one recording."""
        testimony, takes_back = self._id, self._booth.takes_back
        if testimony is None:
            return

        def done(_nothing: None) -> None:
            self._takes[question] = [take for take in self._takes[question] if take.id != recording.id]
            then()

        self._run(lambda: takes_back(testimony, recording.id), done)

    def erase(self, then: Then) -> None:
        """Destroy everything; at once when there is nothing."""
        testimony, keeps = self._id, self._booth.keeps
        if testimony is None:
            self.forget()
            then()
            return
        self._run(lambda: keeps.erase(testimony), lambda _nothing: self._end(then))

    def seal(self, event: ConsentEvent | None, skipped: Iterable[str], then: Then) -> None:
        """Seal it to the archive, with a last word of consent and what was left out; then know nothing of it."""
        testimony, booth, left_out = self._id, self._booth, tuple(skipped)
        if testimony is None:
            return

        def work() -> object:
            if event is not None:
                booth.keeps.give_consent(testimony, event)
            for asked in left_out:
                booth.keeps.add_note(testimony, asked, kind=SKIPPED)
            return booth.seals.seal(testimony)

        self._run(work, lambda _sealed: self._end(then))

    def open(self, testimony: Testimony, questions: tuple[str, ...]) -> None:
        """Go on with what a crash left, each recording at the question that was noted with it."""
        asked = {note.recording: note.text for note in testimony.notes if note.kind == PROMPT}
        self._id = testimony.id
        self._given = testimony.consent[-1] if testimony.consent else None
        self._statement = testimony.statement.text if testimony.statement is not None else ""
        self._takes, latest = {}, 0
        for recording in testimony.recordings:
            text = asked.get(recording.id, "")
            latest = questions.index(text) if text in questions else latest
            self._takes.setdefault(latest, []).append(recording)

    def forget(self) -> None:
        """Know nothing of anybody."""
        was_there = self._id is not None
        self._id, self._given, self._statement = None, None, ""
        self._takes = {}
        if was_there:
            self.under_way.emit("")

    def _end(self, then: Then) -> None:
        self.forget()
        then()

    def _run(self, work: Callable[[], Result], done: Callable[[Result], object]) -> None:
        self._mark(is_busy=True)

        def arrived(result: Result) -> None:
            self._mark(is_busy=False)
            done(result)

        def failed(error: Exception) -> None:
            self._mark(is_busy=False)
            self.failed.emit(error)

        self._jobs.run(self, work, arrived, failed)

    def _mark(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()
