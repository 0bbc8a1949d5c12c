# SPDX-License-Identifier: Apache-2.0
"""From the recorder's buttons to the recording session and back: which call runs where, and what is shown when.

The database parts run on the vault's thread, the rest on the bench; the microphone is never waited for here.
Whatever goes wrong, the recording so far is finished and kept, and the panel says so in place.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Device
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.i18n.messages import describe
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.ui import wording
from testimony_app.ui.alerts import sentences
from testimony_app.ui.intake.before_act import BeforeAct
from testimony_app.ui.intake.ports import Before, CapturedLike, Devices, InterviewRecords, ProgressLike
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recorder_panel import CLOSING, IDLE, PAUSED, RECORDING
from testimony_app.ui.intake.values import DeviceChoice, Tick
from testimony_app.ui.intake.watching import Watching
from testimony_app.ui.jobs import Runs

_DEVICE_LOST, _DISK_FULL = "device-lost", "disk-full"
_ROOM_ASKED_EVERY = 120  # progresses, that is about ten seconds


class RecordingAct(QObject):
    """Drives one record page; knows the time of the running recording for notes and marks."""

    taken = Signal(object)
    """Recording: one more take is in the vault."""
    busy_changed = Signal()
    device_chosen = Signal(str)
    """The microphone that somebody chose, to be offered first the next time."""
    erased = Signal(str, float)
    """The end of a recording was destroyed: its id, and the time from which on."""

    def __init__(
        self, page: RecordPage, jobs: Runs, records: InterviewRecords, devices: Devices, device: str = "",
        before: Before | None = None,
    ) -> None:  # fmt: skip
        """Be idle; `device` is the microphone that was chosen last."""
        super().__init__(page)
        self._page, self._panel = page, page.recorder
        self._jobs, self._records, self._devices = jobs, records, devices
        self._testimony = TestimonyId("")
        self._device = device
        self._recording: Recording | None = None
        self._progress: ProgressLike | None = None
        self._told_state, self._count = "", 0
        self._watching = Watching(self._panel)
        self._before = BeforeAct(self._panel.before, jobs, before, lambda: self._device)
        self._before.failed.connect(self._show_error)
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Whether a recording runs, is paused, or is being saved."""
        return self._recording is not None

    def stamp(self) -> tuple[str, float | None]:
        """Return the running recording and its time, for a note; nothing and no time when none runs."""
        if self._recording is None or self._progress is None:
            return "", None
        return self._recording.id, round(self._progress.seconds, 1)

    def record_for(self, testimony: TestimonyId) -> None:
        """Record for this testimony from now on, and ask which microphones there are."""
        self._testimony = testimony
        self.ask_devices()

    def ask_devices(self) -> None:
        """Show the microphones there are now."""
        self._jobs.latest(self, "devices", self._devices.devices, self._on_devices)

    def finish(self) -> None:
        """End the take and keep it."""
        if self._recording is None or self._panel.state == CLOSING:
            return
        self._page.show_state(CLOSING)
        self._jobs.run(self, self._records.stop, self._on_stopped, self._on_stop_failed, heavy=True)

    def _connect(self) -> None:
        self._panel.record_wanted.connect(self._on_record)
        self._panel.pause_wanted.connect(self._on_pause)
        self._panel.resume_wanted.connect(self._on_resume)
        self._panel.finish_wanted.connect(self.finish)
        self._panel.device_chosen.connect(self._on_device)
        self._panel.clipping_seen.connect(self._records.acknowledge_clipping)
        self._panel.minutes.erase_wanted.connect(self._on_erase)

    def _on_devices(self, found: tuple[Device, ...]) -> None:
        self._use_what_is_there(found)
        self._before.look()
        shown = tuple(DeviceChoice(one.id, one.name, one.is_default, one.is_virtual) for one in found)
        self._panel.show_devices(shown, self._device)
        if not found and self._recording is None:
            self._panel.show_trouble(
                _("No microphone is there."), _("Plug one in, then press Record. You can also write instead.")
            )

    def _use_what_is_there(self, found: tuple[Device, ...]) -> None:
        """Before a recording, fall back to the usual microphone where the one chosen before is gone, and say so."""
        is_gone = bool(self._device) and not any(self._device in {one.id, one.name} for one in found)
        if is_gone and found and self._recording is None:
            self._device = ""
            told = _("The microphone chosen before is not plugged in.")
            usual = _("{name} is used. Choose another one below if you like.").format(
                name=wording.quoted(found[0].name)
            )
            self._panel.show_trouble(told, usual)

    def _on_device(self, device: str) -> None:
        self._device = device
        self.device_chosen.emit(device)
        if self._recording is not None:
            self._jobs.run(
                self,
                lambda: self._records.change_device(device),
                lambda _nothing: self._panel.show_trouble("", ""),
                self._show_error,
                heavy=True,
            )
        else:
            self._before.look()

    def _on_erase(self, seconds: float) -> None:
        recording = self._recording
        if recording is not None and self._panel.state != CLOSING:
            self._panel.minutes.show_waiting(is_waiting=True)
            before = self._progress.seconds if self._progress is not None else 0.0
            self._jobs.run(
                self,
                lambda: self._records.erase_last(seconds),
                lambda gone: self._on_erased(recording.id, before, gone),
                self._on_not_erased,
                heavy=True,
            )

    def _on_erased(self, recording: str, before: float, gone: float) -> None:
        self._panel.minutes.show_waiting(is_waiting=False)
        told = _("The last {length} are gone.").format(length=durations(gone))
        self._panel.show_trouble(told, _("Nothing of them is left on this computer."), tone="sealed")
        self.erased.emit(recording, max(0.0, before - gone))

    def _on_not_erased(self, error: Exception) -> None:
        self._panel.minutes.show_waiting(is_waiting=False)
        self._show_error(error)

    def _on_record(self) -> None:
        self._before.end()
        self._watching.restart()
        self._panel.show_trouble("", "")
        self._page.show_state(CLOSING)
        self._panel.show_opening()
        self._progress, self._told_state, self._count = None, "", 0
        told = self._jobs.relay(self, self._on_progress)
        testimony, device, kind = self._testimony, self._device, self._panel.before.kind
        wanted = SoundFormat(channels=self._panel.before.channels)
        self._jobs.run(
            self,
            lambda: self._records.begin(testimony, kind=kind, device=device, wanted=wanted, on_progress=told),
            self._on_begun,
            self._on_not_begun,
        )

    def _on_begun(self, recording: Recording) -> None:
        self._recording = recording
        self.busy_changed.emit()
        self._panel.show_sound(recording.device, recording.sample_rate, recording.bits)
        self._jobs.run(self, self._records.start, self._on_started, self._on_not_started, heavy=True)

    def _on_started(self, _nothing: None) -> None:
        self._panel.show_time(0)
        self._page.show_state(RECORDING)

    def _on_not_begun(self, error: Exception) -> None:
        self._page.show_state(IDLE)
        self._show_error(error)
        self.ask_devices()

    def _on_not_started(self, error: Exception) -> None:
        self._jobs.run(self, self._records.discard, lambda _nothing: self._rest())
        self._on_not_begun(error)

    def _on_pause(self) -> None:
        self._panel.show_waiting()
        self._jobs.run(self, self._records.pause, lambda _nothing: self._page.show_state(PAUSED), heavy=True)

    def _on_resume(self) -> None:
        self._panel.show_waiting()
        self._jobs.run(self, self._records.resume, lambda _nothing: self._page.show_state(RECORDING), heavy=True)

    def _on_progress(self, progress: ProgressLike) -> None:
        if self._recording is None:
            return
        self._progress = progress
        self._panel.show_tick(
            Tick(
                seconds=progress.seconds,
                seconds_unsafe=max(0.0, progress.seconds - progress.seconds_safe),
                rms_dbfs=progress.level.rms_dbfs,
                peak_dbfs=progress.level.peak_dbfs,
                clipped=progress.level.clipped > 0,
                advice=str(progress.advice),
            )
        )
        self._watching.look(progress)
        if progress.state != self._told_state:
            self._told_state = str(progress.state)
            self._on_state(self._told_state)
        self._count += 1
        if self._count % _ROOM_ASKED_EVERY == 0 and self._records.wants_slots:
            self._jobs.run(self, self._records.top_up)

    def _on_state(self, state: str) -> None:
        if state == _DEVICE_LOST:
            self._panel.show_trouble(
                _("The microphone is gone."),
                _("What was said is safe. Plug it in again, choose another one below, or finish."),
            )
            self._panel.offer_devices()
            self.ask_devices()
        elif state == _DISK_FULL:
            self.finish()
        elif state == "recording":
            self._panel.show_trouble("", "")

    def _on_stopped(self, captured: CapturedLike | None) -> None:
        refusal = captured.refusal if captured is not None else None
        self._jobs.run(self, self._records.finish, lambda made: self._on_finished(made, refusal))

    def _on_stop_failed(self, error: Exception) -> None:
        # Nothing is lost: the next start finds what lies on the disk, as after a power cut.
        self._rest()
        self._show_error(error)

    def _on_finished(self, recording: Recording, refusal: Exception | None) -> None:
        self._rest()
        self.taken.emit(recording)
        if refusal is not None:
            self._show_error(refusal)

    def _rest(self) -> None:
        self._recording = None
        self._page.show_state(IDLE)
        self._panel.show_time(0)
        self.ask_devices()
        self.busy_changed.emit()

    def _show_error(self, error: Exception) -> None:
        message = describe(error)
        self._panel.show_trouble(message.what, sentences(message))
