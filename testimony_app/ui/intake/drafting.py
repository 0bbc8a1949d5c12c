# SPDX-License-Identifier: Apache-2.0
"""Keeps what is typed during an interview: within a second of the last key, and whenever a step is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from testimony_app.i18n import catalogue
from testimony_app.model.person import Identity
from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.ports import Taking
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.values import WitnessForm
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.jobs import Runs

_KEPT_AFTER_MILLISECONDS = 800


class Drafting(QObject):
    """Listens to the pages that are typed into and hands what they hold to the vault's thread."""

    saving = Signal(bool)
    brought = Signal(list)
    """Files that are to be taken in."""
    failed = Signal(object)

    def __init__(self, owner: QObject, jobs: Runs, taking: Taking) -> None:
        """Keep nothing until a draft is opened."""
        super().__init__(owner)
        self._jobs, self._taking = jobs, taking
        self._testimony: Testimony | None = None
        self._identity = Identity()
        self._soon = QTimer(self, singleShot=True, interval=_KEPT_AFTER_MILLISECONDS)
        self._soon.timeout.connect(self._keep_witness)
        self._stamp: Callable[[], tuple[str, float | None]] = lambda: ("", None)

    def watch(
        self, witness: WitnessPage, record: RecordPage, write: WritePage, people: PeoplePage,
        stamp: Callable[[], tuple[str, float | None]],
    ) -> None:  # fmt: skip
        """Listen to these pages; `stamp` tells the time of a running recording."""
        self._witness, self._record, self._write, self._people = witness, record, write, people
        self._stamp = stamp
        witness.edited.connect(self._on_typed)
        write.draft_written.connect(self._keep_statement)
        write.document_chosen.connect(lambda name: self.take_over(Path(name)))
        people.edited.connect(self._keep_people)
        record.notes.written.connect(lambda text: self._keep_note(text, "note"))
        record.recorder.minutes.withhold_wanted.connect(self._withhold)
        record.recorder.mark_wanted.connect(lambda: self._keep_note("", "moment"))

    def open(self, testimony: Testimony, identity: Identity) -> None:
        """Keep what is typed for this draft from now on, and show what it holds."""
        self._testimony, self._identity = testimony, identity
        form = WitnessForm(testimony.witness, testimony.session, testimony.languages, identity)
        self._witness.show_witness(form)
        self._write.show_statement(testimony.statement.text if testimony.statement else "")

    def know_identity(self, identity: Identity) -> None:
        """Take note of what else is known of the witness, so that the next words typed keep it."""
        self._identity = identity

    def renew(self, testimony: Testimony) -> None:
        """Take note of how the draft stands now."""
        if self._testimony is not None:
            self._testimony = testimony

    def close(self) -> None:
        """Keep nothing more: the draft is sealed or erased."""
        self._soon.stop()
        self._testimony = None

    def flush(self, step: str) -> None:
        """Hand over everything that was typed and not yet kept."""
        if self._testimony is None:
            return
        if self._soon.isActive():
            self._keep_witness()
        self._write.flush()
        if step == "people":
            self._people.flush()

    def take_over(self, path: Path) -> None:
        """Put the words of a document into the statement, and keep the document beside them as it came."""
        read, testimony = self._taking.read_document, self._testimony
        if read is None or testimony is None:
            return
        known = testimony.id

        def taken(text: str) -> None:
            if self._testimony is not None and self._testimony.id == known:
                self._write.add_text(text)
                self.brought.emit([path])

        self._jobs.run(self, lambda: read(path), taken, self.failed.emit, heavy=True)

    def _on_typed(self) -> None:
        self.saving.emit(True)
        self._soon.start()

    def _keep_witness(self) -> None:
        self._soon.stop()
        testimony, form, drafts = self._testimony, self._witness.form(), self._taking.drafts
        if testimony is None:
            return
        identity = None if form.identity == self._identity else form.identity
        self._identity = form.identity
        self._keep(
            lambda: drafts.set_witness(
                testimony.id,
                witness=form.witness,
                session=form.session,
                languages=form.languages,
                identity=identity,
            ),
            lambda: self.saving.emit(False),
        )

    def _keep_people(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        people, places = self._people.people(), self._people.places()
        if testimony is not None:
            self._keep(lambda: drafts.set_people(testimony.id, people, places))

    def _keep_statement(self, text: str) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        language = testimony.languages[0] if testimony.languages else catalogue.language()
        self._keep(lambda: drafts.save_statement(testimony.id, text, language), self._write.show_kept)

    def _keep_note(self, text: str, kind: str) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        recording, at = self._stamp()
        self._keep(
            lambda: drafts.add_note(testimony.id, text, kind=kind, recording=recording, at_seconds=at),
            self._show_notes,
        )

    def _withhold(self, seconds: float) -> None:
        """Mark the last so many seconds as not to be passed on."""
        testimony, drafts = self._testimony, self._taking.drafts
        recording, at = self._stamp()
        if testimony is None or at is None:
            return
        since = max(0.0, round(at - seconds, 1))
        self._keep(
            lambda: drafts.add_note(
                testimony.id, "", kind="do_not_pass_on", recording=recording, at_seconds=since, until_seconds=at
            ),
            self._show_notes,
        )

    def forget_notes(self, recording: str, from_seconds: float) -> None:
        """Remove what was noted about the end of a recording, which is erased."""
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is not None:
            self._keep(lambda: drafts.forget_notes(testimony.id, recording, from_seconds), self._show_notes)

    def _show_notes(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is not None:
            show = self._record.notes.show_notes
            self._jobs.latest(self, "notes", lambda: drafts.get(testimony.id).notes, show)

    def _keep(self, work: Callable[[], object], then: Callable[[], None] | None = None) -> None:
        self._jobs.run(self, work, lambda _kept: then() if then else None, self.failed.emit)
