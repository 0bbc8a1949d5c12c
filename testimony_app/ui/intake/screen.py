# SPDX-License-Identifier: Apache-2.0
"""The flow of taking a testimony; the only file here that talks to a service.

Which step may follow which is decided below, in the interview itself; here its state is drawn. Every step
can be left and come back to, and whatever was typed is kept within two seconds and whenever a step is left.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.archive import playback
from testimony_app.audio import waveform
from testimony_app.audio.ports import PcmReader
from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.i18n.languages import auto
from testimony_app.intake import consent, prompts
from testimony_app.model.consent import Answer, current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Testimony
from testimony_app.ui import alerts, wording
from testimony_app.ui.erasing import ask_to_erase
from testimony_app.ui.intake.around import Around
from testimony_app.ui.intake.beside import Beside
from testimony_app.ui.intake.consent_act import ConsentAct
from testimony_app.ui.intake.drafting import Drafting
from testimony_app.ui.intake.pages import Pages
from testimony_app.ui.intake.ports import Drafts, StepLike, Taking
from testimony_app.ui.intake.recording_act import RecordingAct
from testimony_app.ui.intake.review_act import ReviewAct
from testimony_app.ui.intake.takes import takes_of
from testimony_app.ui.intake.takes_list import TakesList
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.listening import Listening
from testimony_app.ui.quietly import play_quietly
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.step_bar import ShownStep, StepBar
from testimony_app.vault.errors import NotFound
from testimony_app.vault.vault import Vault

_PEAKS = 1000


class Listens:
    """Opens the recordings of one vault for listening; on the vault's thread."""

    def __init__(self, vault: Vault) -> None:
        """Read from an open vault."""
        self._vault = vault

    def open(self, recording: Recording) -> PcmReader:
        """Return the sound of a recording; raises NotReadableHere."""
        return playback.open_recording(self._vault, recording)

    def peaks(self, recording: Recording) -> tuple[float, ...]:
        """Return its shape as it was kept."""
        kept = self._vault.recordings.peaks(recording.id)
        return tuple(waveform.from_bytes(kept).shown(_PEAKS))


class IntakeScreen(Screen):
    """One interview, from the witness to the seal."""

    can_go_back = True
    title_is_code = True

    def __init__(self, jobs: Runs, taking: Taking, argument: object = None) -> None:
        """Begin a new interview, or open a draft: `argument` is its id, or its id and a step."""
        super().__init__()
        self.setObjectName("intake_screen")
        # What is typed or pressed before the draft is there would be lost.
        self.setEnabled(False)
        self._jobs, self._taking = jobs, taking
        self._id, self._wanted_step = _read(argument)
        self._testimony: Testimony | None = None
        self._steps: tuple[StepLike, ...] = ()
        self._step = "witness"
        self._is_writing = self._is_sealed = self._is_entering = False
        self._make_pages()
        self._make_acts()
        self._connect()

    # What the window asks.

    def arrived(self) -> None:
        """Open the draft, or begin one."""
        self._jobs.run(self, partial(_opened, self._taking.drafts, self._id), self._on_opened, self._show_error)

    def where(self, argument: object) -> object:
        """Come back to this draft and this step."""
        return (str(self._testimony.id), self._step) if self._testimony is not None else argument

    def is_busy_recording(self) -> bool:
        """Tell whether a recording runs, is paused, or is being saved."""
        return self._recording.is_busy

    def may_leave(self) -> bool:
        """Tell whether nothing is being recorded or sealed."""
        return not (self._recording.is_busy or self._reviewing.is_busy or self._beside.is_busy)

    may_lock_now = may_leave

    def flush(self) -> None:
        """Hand everything typed to the vault's thread."""
        self._drafting.flush(self._step)

    def left(self) -> None:
        """Leave no empty draft behind, and nothing half way in."""
        self._beside.left()
        drafts, testimony = self._taking.drafts, self._testimony
        if testimony is not None and not self._is_sealed:
            self._jobs.run(self, lambda: drafts.discard_untouched(testimony.id))

    def bar_trailing(self) -> list[QWidget]:
        """Return the steps."""
        if self._testimony is None or self._is_sealed:
            return []
        bar = StepBar()
        bar.show_steps([_shown(step) for step in self._steps], self._step)
        bar.chosen.connect(self.enter)
        return [bar]

    # Building.

    def _make_pages(self) -> None:
        pages = self._stack = Pages()
        self._witness, self._consent, self._record = pages.witness, pages.consent, pages.record
        self._write, self._people, self._review = pages.write, pages.people, pages.review
        fill(column(self), pages)

    def _make_acts(self) -> None:
        jobs, taking = self._jobs, self._taking
        self._drafting = Drafting(self, jobs, taking)
        self._consenting = ConsentAct(self._consent, jobs, taking, consent)
        self._recording = RecordingAct(self._record, jobs, taking.records, taking.devices, taking.device, taking.before)
        self._around = Around(self._witness, self._record, self._stack, jobs, taking, self.hide_wanted.emit)
        self._beside = Beside(self._stack, jobs, taking.brought, self._recording.stamp)
        self._beside.watch(self._record, self._write)
        self._reviewing = ReviewAct(self._review, jobs, taking, Cancelled)
        self._listening = Listening(self, jobs, taking.listens, taking.speaker)
        self._drafting.watch(self._witness, self._record, self._write, self._people, self._recording.stamp)

    def _connect(self) -> None:
        for page in (self._witness, self._record, self._write, self._people):
            page.continued.connect(self._on_next)
        self._drafting.saving.connect(self.saving)
        self._connect_beside()
        self._consenting.given.connect(self._on_consent)
        self._record.write_wanted.connect(lambda: self._write_instead(is_writing=True))
        self._write.speak_wanted.connect(lambda: self._write_instead(is_writing=False))
        self._record.notes.attach_wanted.connect(lambda: _choose_files(self))
        self._recording.taken.connect(lambda _recording: self._renew())
        self._recording.device_chosen.connect(self._taking.keep_device)
        self._recording.erased.connect(self._drafting.forget_notes)
        self._recording.busy_changed.connect(self._listening.stop)
        self._record.recorder.takes.listen_wanted.connect(self._on_listen)
        _wire(self._record.recorder.takes, self._listening)
        self._connect_around()
        self._connect_review()
        acts = (self._drafting, self._consenting, self._reviewing, self._listening, self._around, self._beside)
        for act in acts:
            act.failed.connect(self._show_error)

    def _connect_around(self) -> None:
        around, risks = self._around, self._around.risks
        around.over.connect(self._show_step)
        around.changed.connect(self._renew)
        around.offered.connect(self.noticed)
        risks.known.connect(self._drafting.know_identity)
        risks.postponed.connect(lambda: self.go.emit("home", None))
        risks.refused.connect(self._ask_to_erase)
        risks.written.connect(lambda: self._write_instead(is_writing=True))

    def _connect_beside(self) -> None:
        beside = self._beside
        beside.changed.connect(self._renew)
        beside.over.connect(self._show_step)
        self._drafting.brought.connect(beside.bring)
        self._recording.busy_changed.connect(beside.recorder_rests)

    def _connect_review(self) -> None:
        self._reviewing.sealed.connect(self._on_sealed)
        self._review.erase_wanted.connect(self._ask_to_erase)
        self._review.card_wanted.connect(lambda: self.go.emit("add_card", None))
        self._review.contacts_wanted.connect(lambda: self.go.emit("aftercare", None))
        self._review.step_wanted.connect(self.enter)
        self._review.left.connect(lambda: self.go.emit("home", None))

    def enter(self, step: str) -> None:
        """Go to a step; what was typed on the one before is kept first."""
        if self._testimony is None or not self.may_leave():
            return
        self.flush()
        self._listening.stop()
        self._beside.close()
        self._step, self._is_entering = step, True
        self._renew()

    def _renew(self) -> None:
        """Read the draft anew and show the step as it is in the vault."""
        if self._testimony is not None:
            drafts, known = self._taking.drafts, self._testimony.id
            self._jobs.latest(self, "renew", lambda: drafts.get(known), self._on_renewed, self._show_error)

    def _on_opened(self, testimony: Testimony) -> None:
        self._take_in(testimony)
        identity = partial(self._taking.drafts.identity, testimony.id)
        self._jobs.run(self, identity, self._on_identity, self._show_error)
        guide = partial(self._taking.guide or prompts.guide, catalogue.language())
        self._jobs.run(self, guide, self._record.guide.show_guide)
        self._recording.record_for(testimony.id)
        self._around.open(testimony, self._recording)
        self._beside.open(testimony)
        first_open = next((step.name for step in self._steps if not step.is_done and step.may_enter), "review")
        self._step = self._wanted_step or first_open
        self._is_writing = testimony.statement is not None and not testimony.recordings
        self._show_step()

    def _on_identity(self, known: Identity | None) -> None:
        if self._testimony is not None:
            self._drafting.open(self._testimony, known or Identity())
            self.setEnabled(True)
            self._stack.take_focus(self._step, is_writing=self._is_writing)

    def _on_renewed(self, testimony: Testimony) -> None:
        if self._testimony is not None and not self._is_sealed:
            self._take_in(testimony)
            self._drafting.renew(testimony)
            self._show_step()

    def _take_in(self, testimony: Testimony) -> None:
        self._testimony = testimony
        self._around.renew(testimony)
        self._steps = tuple(self._taking.drafts.steps(testimony))
        self.title, self.subtitle = testimony.code, _subtitle(testimony)

    def _show_step(self) -> None:
        testimony = self._testimony
        if testimony is None:
            return
        page = self._stack.of(self._step, is_writing=self._is_writing)
        is_new = self._stack.currentWidget() is not page
        if self._step == "consent":
            self._consenting.show(testimony)
        elif self._step == "recording":
            self._record.recorder.show_takes(takes_of(testimony))
            self._record.notes.show_notes(testimony.notes)
            self._beside.renew(testimony)
        elif self._step == "people":
            self._people.show_people(testimony.people, testimony.places)
        elif self._step == "review":
            self._reviewing.show(testimony, consent)
        if not (self._around.is_on or self._beside.is_on):
            self._stack.setCurrentWidget(page)
        self._is_entering = False
        if is_new:
            self._stack.take_focus(self._step, is_writing=self._is_writing)
        self.bar_changed.emit()

    def _on_next(self) -> None:
        names = [step.name for step in self._steps]
        following = self._steps[names.index(self._step) + 1 :]
        if not self._is_entering:  # else a second press on the page that is being left
            self.enter(next((step.name for step in following if step.may_enter), "review"))

    def _on_consent(self, testimony: Testimony) -> None:
        self._take_in(testimony)
        if current(testimony.consent).answers.get("P1") is Answer.NO:
            # Nothing may be kept: the review says so, and offers to erase.
            self.enter("review")
        else:
            self._on_next()

    def _write_instead(self, *, is_writing: bool) -> None:
        self.flush()
        self._is_writing = is_writing
        self._renew()

    def _on_listen(self, recording: str) -> None:
        for known in self._testimony.recordings if self._testimony is not None else ():
            if known.id == recording:
                play_quietly(self, partial(self._listening.listen, known))

    def attach(self, names: list[str]) -> None:
        """Take these files in, as if somebody had picked them."""
        self._beside.bring([Path(name) for name in names])

    def _on_sealed(self, _code: str) -> None:
        self._is_sealed = True
        self._drafting.close()
        self.bar_changed.emit()

    def _ask_to_erase(self) -> None:
        if self._testimony is not None:
            ask_to_erase(self, self._testimony.code, self._erase)

    def _erase(self) -> None:
        testimony, drafts = self._testimony, self._taking.drafts
        if testimony is None:
            return
        self._drafting.close()
        self._testimony = None
        erase = partial(drafts.erase, testimony.id)
        self._jobs.run(self, erase, lambda _gone: self.go.emit("home", None), self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.saving.emit(False)
        self.noticed.emit(alerts.banner(error))


def _subtitle(testimony: Testimony) -> str:
    named = auto(testimony.witness.pseudonym) if testimony.witness.pseudonym else ""
    spoken = wording.languages(testimony.languages) if testimony.languages else ""
    return wording.DOT.join(filter(None, (named, spoken)))


def _choose_files(screen: IntakeScreen) -> None:
    """Let somebody pick files to attach."""
    chooser = QFileDialog(screen, _("Attach files"))
    chooser.setObjectName("attach_dialog")
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chooser.filesSelected.connect(screen.attach)
    chooser.open()


def _wire(takes: TakesList, listening: Listening) -> None:
    """Let the list of takes and the listening follow each other."""
    takes.toggle_wanted.connect(listening.toggle)
    takes.seek_wanted.connect(listening.seek)
    takes.speed_wanted.connect(listening.set_speed)
    listening.opened.connect(takes.show_opened)
    listening.playing.connect(lambda is_on: takes.show_playing(is_playing=is_on))
    listening.moved.connect(takes.show_position)
    listening.stopped.connect(takes.show_stopped)


def _opened(drafts: Drafts, known: TestimonyId) -> Testimony:
    """Return the draft, or a new one: one that was left untouched is gone when somebody comes back to it."""
    try:
        return drafts.get(known) if known else drafts.start()
    except NotFound:
        return drafts.start()


def _read(argument: object) -> tuple[TestimonyId, str]:
    if isinstance(argument, tuple):
        return TestimonyId(str(argument[0])), str(argument[1])
    return TestimonyId(str(argument or "")), ""


def _shown(step: StepLike) -> ShownStep:
    words = {
        "witness": _("Witness"),
        "consent": _("Consent"),
        "recording": pgettext("step", "Recording"),
        "people": _("People & places"),
        "review": _("Review & seal"),
    }
    return ShownStep(step.name, words[step.name], step.is_done, step.may_enter)
