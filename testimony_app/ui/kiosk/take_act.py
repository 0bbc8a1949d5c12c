# SPDX-License-Identifier: Apache-2.0
"""From one round button to the recording session and back, for somebody who can't be asked about microphones.

A recording outlives the page that shows it: pausing, hiding and changing the text size make pages anew, while the
sound goes on or rests here. Whatever goes wrong, what was said is finished and kept; what is said of it is one word.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.ui.intake.ports import CapturedLike, ProgressLike
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk.ports import Booth

_ROOM_ASKED_EVERY = 120  # progresses, that is about ten seconds
Then = Callable[[Recording | None], object]


class TakeState(StrEnum):
    """What the recorder does, as a witness sees it."""

    IDLE = "idle"
    OPENING = "opening"
    RECORDING = "recording"
    PAUSED = "paused"
    SAVING = "saving"


class TakeAct(QObject):
    """One recording at a time."""

    changed = Signal()
    """Another state."""
    hearing = Signal()
    """The microphone is about to hear: whatever sounds must be silent."""
    ticked = Signal(float, float)
    """Seconds, and the newest peak of 0 to 1."""
    begun = Signal(object)
    """Recording: it is about to start."""
    taken = Signal(object)
    """Recording: it is in the vault."""
    troubled = Signal(str)
    """A word: device-lost, silent, or nothing when it is well again."""
    failed = Signal(object)
    """It could not start: the error."""
    ended = Signal(object)
    """It ended by itself because the disk is full: the error. What was said is kept."""

    def __init__(self, owner: QObject, jobs: Runs, booth: Booth) -> None:
        """Be idle."""
        super().__init__(owner)
        self._jobs, self._booth = jobs, booth
        self.state = TakeState.IDLE
        self.seconds = 0.0
        self.recording: Recording | None = None
        self._told, self._count = "", 0

    @property
    def is_open(self) -> bool:
        """Whether a recording runs or rests."""
        return self.state in (TakeState.RECORDING, TakeState.PAUSED)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way that must not be cut off."""
        return self.state is not TakeState.IDLE

    def press(self, testimony: TestimonyId) -> None:
        """Do what the round button says: record, pause, or go on."""
        if self.state is TakeState.IDLE:
            self._record(testimony)
        elif self.state is TakeState.RECORDING:
            self.pause()
        elif self.state is TakeState.PAUSED:
            self.hearing.emit()
            self._jobs.run(self, self._booth.records.resume, self._enter(TakeState.RECORDING), heavy=True)

    def pause(self) -> None:
        """Hear nothing from now on; never asks why."""
        if self.state is TakeState.RECORDING:
            self._jobs.run(self, self._booth.records.pause, self._enter(TakeState.PAUSED), heavy=True)

    def finish(self, then: Then) -> None:
        """End the recording, keep it, and go on with it; at once when there is none."""
        if not self.is_open:
            if self.state is TakeState.IDLE:
                then(None)
            return
        self._set(TakeState.SAVING)
        done = partial(self._on_stopped, then)
        self._jobs.run(self, self._booth.records.stop, done, partial(self._on_lost, then), heavy=True)

    def drop(self, then: Callable[[], None]) -> None:
        """Destroy the recording under way."""
        if not self.is_open:
            then()
            return
        self._set(TakeState.SAVING)

        def gone(_nothing: object) -> None:
            self._rest()
            then()

        self._jobs.run(self, self._booth.records.discard, gone, gone)

    def _record(self, testimony: TestimonyId) -> None:
        self.hearing.emit()
        self._set(TakeState.OPENING)
        self.seconds, self._told, self._count = 0.0, "", 0
        told, booth = self._jobs.relay(self, self._on_progress), self._booth
        begin = lambda: booth.records.begin(testimony, device=booth.device, on_progress=told)  # noqa: E731
        self._jobs.run(self, begin, self._on_begun, self._on_not_begun)

    def _on_begun(self, recording: Recording) -> None:
        self.recording = recording
        self.begun.emit(recording)
        start = self._booth.records.start
        self._jobs.run(self, start, self._enter(TakeState.RECORDING), self._on_not_started, heavy=True)

    def _on_not_begun(self, error: Exception) -> None:
        self._rest()
        self.failed.emit(error)

    def _on_not_started(self, error: Exception) -> None:
        ended = lambda _nothing: self._on_not_begun(error)  # noqa: E731
        self._jobs.run(self, self._booth.records.discard, ended, ended)

    def _on_progress(self, progress: ProgressLike) -> None:
        if not self.is_open:
            return
        self.seconds = progress.seconds
        peak = 10 ** (min(0.0, progress.level.peak_dbfs) / 20)
        self.ticked.emit(progress.seconds, peak if self.state is TakeState.RECORDING else 0.0)
        self._tell(progress)
        self._count += 1
        if self._count % _ROOM_ASKED_EVERY == 0 and self._booth.records.wants_slots:
            self._jobs.run(self, self._booth.records.top_up)

    def _tell(self, progress: ProgressLike) -> None:
        if str(progress.state) == "disk-full":
            self.finish(lambda _kept: None)
            return
        lost = "device-lost" if str(progress.state) == "device-lost" else ""
        word = lost or ("silent" if str(progress.advice) == "silent" else "")
        if word != self._told:
            self._told = word
            self.troubled.emit(word)

    def _on_stopped(self, then: Then, captured: CapturedLike | None) -> None:
        refusal = captured.refusal if captured is not None else None
        self._jobs.run(self, self._booth.records.finish, partial(self._on_finished, then, refusal))

    def _on_finished(self, then: Then, refusal: Exception | None, recording: Recording) -> None:
        self._rest()
        if recording.frames:
            self.taken.emit(recording)
        then(recording if recording.frames else None)
        if refusal is not None:
            self.ended.emit(refusal)

    def _on_lost(self, then: Then, error: Exception) -> None:
        # Nothing is lost: the next start finds what lies on the disk, as after a power cut.
        self._rest()
        self.failed.emit(error)
        then(None)

    def _enter(self, state: TakeState) -> Callable[[object], None]:
        return lambda _nothing: self._set(state)

    def _rest(self) -> None:
        self.recording = None
        self._set(TakeState.IDLE)

    def _set(self, state: TakeState) -> None:
        self.state = state
        self.changed.emit()
