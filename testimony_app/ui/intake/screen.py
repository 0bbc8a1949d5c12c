# SPDX-License-Identifier: Apache-2.0
"""The flow of taking a testimony; the only file here that talks to a service.

Which step may follow which is decided below, in the interview itself; here its state is drawn. Every step
can be left and come back to, and whatever was typed is kept within two seconds and whenever a step is left.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.intake import consent, prompts
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Testimony
from testimony_app.ui import alerts, wording
from testimony_app.ui.intake.consent_act import ConsentAct
from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.ports import StepLike, Taking
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recording_act import RecordingAct
from testimony_app.ui.intake.review_act import ReviewAct
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.intake.takes import takes_of
from testimony_app.ui.intake.values import WitnessForm
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.listening import Listening
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.step_bar import ShownStep, StepBar

_KEPT_AFTER_MILLISECONDS = 800


class IntakeScreen(Screen):
    """One interview, from the witness to the seal."""

    can_go_back = True
    title_is_code = True

    def __init__(self, jobs: Runs, taking: Taking, argument: object = None) -> None:
        """Begin a new interview, or open a draft: `argument` is its id, or its id and a step."""
        super().__init__()
        self.setObjectName("intake_screen")
        self._jobs, self._taking = jobs, taking
        self._id, self._wanted_step = _read(argument)
        self._testimony: Testimony | None = None
        self._steps: tuple[StepLike, ...] = ()
        self._step = "witness"
        self._is_writing = self._is_sealed = False
        self._known_identity = Identity()
        self._make_pages()
        self._make_acts()
        self._connect()

    # ------------------------------------------------------------------ what the window asks

    def arrived(self) -> None:
        """Open the draft, or begin one."""
        drafts, known = self._taking.drafts, self._id
        work = (lambda: drafts.get(known)) if known else drafts.start
        self._jobs.run(self, work, self._on_opened, self._on_missing)

    def where(self, argument: object) -> object:
        """Come back to this draft and this step."""
        return (str(self._testimony.id), self._step) if self._testimony is not None else argument

    def is_busy_recording(self) -> bool:
        """Tell whether a recording runs, is paused, or is being saved."""
        return self._recording.is_busy

    def flush(self) -> None:
        """Hand everything typed to the vault's thread."""
        if self._testimony is None or self._is_sealed:
            return
        self._write.flush()
        if self._keep_soon.isActive():
            self._keep_witness()
        if self._step == "people":
            self._people.flush()

    def bar_trailing(self) -> list[QWidget]:
        """Return the steps."""
        if self._testimony is None or self._is_sealed:
            return []
        bar = StepBar()
        bar.show_steps([_shown(step) for step in self._steps], self._step)
        bar.chosen.connect(self.enter)
        return [bar]

    # ------------------------------------------------------------------ building

    def _make_pages(self) -> None:
        self._witness, self._consent, self._record = WitnessPage(), ConsentPage(), RecordPage()
        self._write, self._people, self._review = WritePage(), PeoplePage(), ReviewPage()
        self._stack = QStackedWidget()
        pages = (self._witness, self._consent, self._record, self._write, self._people, self._review)
        for page in pages:
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._keep_soon = QTimer(self, singleShot=True, interval=_KEPT_AFTER_MILLISECONDS)

    def _make_acts(self) -> None:
        self._consenting = ConsentAct(self._consent, self._jobs, self._taking, consent)
        self._recording = RecordingAct(
            self._record, self._jobs, self._taking.records, self._taking.devices, self._taking.device
        )
        self._reviewing = ReviewAct(self._review, self._jobs, self._taking, Cancelled)
        self._listening = Listening(self, self._jobs, self._taking.listens, self._taking.speaker)

    def _connect(self) -> None:
        self._witness.edited.connect(self._on_typed)
        self._witness.continued.connect(self._on_next)
        self._keep_soon.timeout.connect(self._keep_witness)
        self._consenting.given.connect(self._on_consent)
        self._record.continued.connect(self._on_next)
        self._record.write_wanted.connect(self._on_write)
        self._write.speak_wanted.connect(self._on_speak)
        self._write.continued.connect(self._on_next)
        self._write.draft_written.connect(self._on_statement)
        self._people.edited.connect(self._keep_people)
        self._people.continued.connect(self._on_next)
        self._connect_recorder()
        self._connect_review()
        for act in (self._consenting, self._reviewing, self._listening):
            act.failed.connect(self._show_error)

    def _connect_recorder(self) -> None:
        self._recording.taken.connect(self._on_taken)
        self._recording.busy_changed.connect(self._listening.stop)
        self._record.recorder.mark_wanted.connect(lambda: self._add_note("", "moment"))
        self._record.notes.written.connect(lambda text: self._add_note(text, "note"))
        self._record.notes.attach_wanted.connect(self._on_attach)
        takes = self._record.recorder.takes
        takes.listen_wanted.connect(self._on_listen)
        takes.pause_wanted.connect(self._listening.stop)
        takes.seek_wanted.connect(self._listening.seek)
        self._listening.opened.connect(takes.show_playing)
        self._listening.moved.connect(takes.show_position)
        self._listening.stopped.connect(takes.show_stopped)

    def _connect_review(self) -> None:
        self._reviewing.sealed.connect(self._on_sealed)
        self._review.erase_wanted.connect(self._ask_to_erase)
        self._review.card_wanted.connect(lambda: self.go.emit("add_card", None))
        self._review.step_wanted.connect(self.enter)
        self._review.left.connect(lambda: self.go.emit("home", None))

    # ------------------------------------------------------------------ steps

    def enter(self, step: str) -> None:
        """Go to a step; what was typed on the one before is kept first."""
        if self._testimony is None or self.is_busy_recording():
            return
        self.flush()
        self._listening.stop()
        self._step = step
        self._renew()

    def _renew(self) -> None:
        """Read the draft anew and show the step as it is in the vault."""
        if self._testimony is not None:
            drafts, known = self._taking.drafts, self._testimony.id
            self._jobs.latest(self, "renew", lambda: drafts.get(known), self._on_renewed, self._show_error)

    def _on_opened(self, testimony: Testimony) -> None:
        self._take_in(testimony)
        drafts = self._taking.drafts
        self._jobs.run(self, lambda: drafts.identity(testimony.id), self._on_identity, self._show_error)
        self._recording.record_for(testimony.id)
        self._jobs.run(self, lambda: prompts.guide(catalogue.language()), self._record.guide.show_guide)
        first_open = next((step.name for step in self._steps if not step.is_done and step.may_enter), "review")
        self._step = self._wanted_step or first_open
        self._is_writing = testimony.statement is not None and not testimony.recordings
        self._show_step()

    def _on_renewed(self, testimony: Testimony) -> None:
        self._take_in(testimony)
        self._show_step()

    def _take_in(self, testimony: Testimony) -> None:
        self._testimony = testimony
        self._steps = tuple(self._taking.drafts.steps(testimony))
        self.title = testimony.code
        named = auto(testimony.witness.pseudonym) if testimony.witness.pseudonym else ""
        spoken = wording.languages(testimony.languages) if testimony.languages else ""
        self.subtitle = wording.DOT.join(part for part in (named, spoken) if part)

    def _show_step(self) -> None:
        testimony = self._testimony
        if testimony is None:
            return
        shows = {
            "witness": self._show_witness,
            "consent": self._show_consent,
            "recording": self._show_recording,
            "people": self._show_people,
            "review": self._show_review,
        }
        shows[self._step](testimony)
        self.bar_changed.emit()

    def _show_witness(self, _testimony: Testimony) -> None:
        self._stack.setCurrentWidget(self._witness)

    def _show_consent(self, testimony: Testimony) -> None:
        self._consenting.show(testimony)
        self._stack.setCurrentWidget(self._consent)

    def _show_recording(self, testimony: Testimony) -> None:
        self._record.recorder.show_takes(takes_of(testimony))
        self._record.notes.show_notes(testimony.notes)
        self._record.notes.show_attachments(testimony.attachments)
        if self._is_writing:
            self._stack.setCurrentWidget(self._write)
            self._write.start_typing()
        else:
            self._stack.setCurrentWidget(self._record)
            self._record.recorder.start_here()

    def _show_people(self, testimony: Testimony) -> None:
        self._people.show_people(testimony.people, testimony.places)
        self._stack.setCurrentWidget(self._people)

    def _show_review(self, testimony: Testimony) -> None:
        self._reviewing.show(testimony, consent)
        self._stack.setCurrentWidget(self._review)

    def _on_next(self) -> None:
        names = [step.name for step in self._steps]
        following = self._steps[names.index(self._step) + 1 :]
        self.enter(next((step.name for step in following if step.may_enter), "review"))

    # ------------------------------------------------------------------ what is typed

    def _on_identity(self, identity: Identity | None) -> None:
        testimony = self._testimony
        if testimony is None:
            return
        self._known_identity = identity or Identity()
        self._witness.show_witness(
            WitnessForm(testimony.witness, testimony.session, testimony.languages, self._known_identity)
        )
        self._write.show_statement(testimony.statement.text if testimony.statement else "")

    def _on_typed(self) -> None:
        self.saving.emit(True)
        self._keep_soon.start()

    def _keep_witness(self) -> None:
        self._keep_soon.stop()
        testimony, form, drafts = self._testimony, self._witness.form(), self._taking.drafts
        if testimony is None:
            return
        work = lambda: drafts.set_witness(  # noqa: E731
            testimony.id,
            witness=form.witness,
            session=form.session,
            languages=form.languages,
            identity=None if form.identity == self._known_identity else form.identity,
        )
        self._known_identity = form.identity
        self._jobs.run(self, work, lambda _kept: self.saving.emit(False), self._show_error)

    def _keep_people(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        people, places = self._people.people(), self._people.places()
        if testimony is not None:
            self._jobs.run(
                self, lambda: drafts.set_people(testimony.id, people, places), None, self._show_error
            )

    def _on_statement(self, text: str) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        language = testimony.languages[0] if testimony.languages else catalogue.language()
        self._jobs.run(
            self,
            lambda: drafts.save_statement(testimony.id, text, language),
            lambda _kept: self._write.show_kept(),
            self._show_error,
        )

    # ------------------------------------------------------------------ consent, sound, files

    def _on_consent(self, testimony: Testimony) -> None:
        self._take_in(testimony)
        self._on_next()

    def _on_taken(self, _recording: Recording) -> None:
        self._renew()

    def _on_write(self) -> None:
        self._is_writing = True
        self._renew()

    def _on_speak(self) -> None:
        self._write.flush()
        self._is_writing = False
        self._renew()

    def _on_listen(self, recording: str) -> None:
        takes = self._testimony.recordings if self._testimony is not None else ()
        for known in takes:
            if known.id == recording:
                self._listening.listen(known)

    def _add_note(self, text: str, kind: str) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        recording, at = self._recording.stamp()
        work = lambda: drafts.add_note(testimony.id, text, kind=kind, recording=recording, at_seconds=at)  # noqa: E731
        self._jobs.run(self, work, lambda _note: self._renew_notes(), self._show_error)

    def _renew_notes(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is not None:
            self._jobs.latest(
                self, "notes", lambda: drafts.get(testimony.id).notes, self._record.notes.show_notes
            )

    def _on_attach(self) -> None:
        chooser = QFileDialog(self, _("Attach files"))
        chooser.setObjectName("attach_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self.attach)
        chooser.open()

    def attach(self, names: list[str]) -> None:
        """Take these files in, one by one; the files themselves stay where they are."""
        testimony, add_file = self._testimony, self._taking.add_file
        if testimony is None:
            return
        for name in names:
            work = lambda path=Path(name): add_file(testimony.id, path)  # noqa: E731
            self._jobs.run(self, work, lambda _added: self._renew(), self._show_error)

    # ------------------------------------------------------------------ the end

    def _on_sealed(self, _code: str) -> None:
        self._is_sealed = True
        self.bar_changed.emit()

    def _ask_to_erase(self) -> None:
        if self._testimony is None:
            return
        what = _("Sound, text, notes and names of {code} will be destroyed. Nobody can bring them back.")
        confirm(
            self,
            self._erase,
            title=_("Erase this testimony?"),
            what=what.format(code=ltr(self._testimony.code)),
            yes=_("Erase it for good"),
            no=_("Keep it"),
            is_erasing=True,
        )

    def _erase(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        self._keep_soon.stop()
        self._testimony = None
        self._jobs.run(
            self, lambda: drafts.erase(testimony.id), lambda _gone: self.go.emit("home", None), self._show_error
        )

    def _on_missing(self, error: Exception) -> None:
        self._show_error(error)
        self.back.emit()

    def _show_error(self, error: Exception) -> None:
        self.saving.emit(False)
        self.noticed.emit(alerts.banner(error))


def _read(argument: object) -> tuple[TestimonyId, str]:
    if isinstance(argument, tuple):
        return TestimonyId(str(argument[0])), str(argument[1])
    return TestimonyId(str(argument or "")), ""


def _shown(step: StepLike) -> ShownStep:
    words = {
        "witness": _("Witness"),
        "consent": _("Consent"),
        "recording": _("Recording"),
        "people": _("People & places"),
        "review": _("Review & seal"),
    }
    return ShownStep(step.name, words[step.name], step.is_done, step.may_enter)
