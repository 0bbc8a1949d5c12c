# SPDX-License-Identifier: Apache-2.0
"""Files that are brought, one after the other: what takes long on the bench, each with progress and a way to stop.

Sound waits until nothing is being recorded: the microphone comes first. What can't be read as sound is kept as an
attachment, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from testimony_app.audio.decoding import GivenUp
from testimony_app.audio.errors import NotReadableSound
from testimony_app.model.ids import RecordingId, TestimonyId
from testimony_app.ui.intake.brought_ports import Brings, ImportSteps
from testimony_app.ui.jobs import Cancel, Runs


class _Wanted(NamedTuple):
    """One file that somebody wants to have taken in."""

    testimony: TestimonyId
    path: Path
    beside: RecordingId | None = None
    is_sound: bool = False


class BringingAct(QObject):
    """One file at a time; whoever shows it connects the signals."""

    began = Signal(str)
    """The file's name."""
    told = Signal(int, int)
    taken = Signal()
    """Something more is in the testimony."""
    waits = Signal(str)
    """A sound file that waits for the recorder."""
    without_sound = Signal(str)
    """A file that was kept as an attachment: no sound could be read from it."""
    rested = Signal()
    """Nothing is on its way any more."""
    failed = Signal(object)

    def __init__(self, owner: QObject, jobs: Runs, brings: Brings, is_recording: Callable[[], bool]) -> None:
        """Wait for files."""
        super().__init__(owner)
        self._jobs, self._brings, self._is_recording = jobs, brings, is_recording
        self._queue: list[_Wanted] = []
        self._now: _Wanted | None = None
        self._cancel = Cancel()

    @property
    def is_busy(self) -> bool:
        """Whether a file is on its way."""
        return self._now is not None

    def bring(self, testimony: TestimonyId, paths: list[Path]) -> None:
        """Take these files in, one by one; the files themselves stay where they are."""
        self._queue += [_Wanted(testimony, path, is_sound=self._brings.is_sound(path)) for path in paths]
        self.go_on()

    def bring_card(self, testimony: TestimonyId, path: Path, beside: RecordingId) -> None:
        """Take in what the second recorder kept, beside a recording of ours."""
        self._queue.append(_Wanted(testimony, path, beside, is_sound=True))
        self.go_on()

    def cancel(self) -> None:
        """Take in no more: what is half way is removed, what waits is forgotten."""
        self._queue.clear()
        self._cancel.set()

    def go_on(self) -> None:
        """Take the next file that may be taken now."""
        if self._now is not None:
            return
        ready = [one for one in self._queue if not (one.is_sound and self._is_recording())]
        if not ready:
            if self._queue:
                self.waits.emit(self._queue[0].path.name)
            self.rested.emit()
            return
        self._now, self._cancel = ready[0], Cancel()
        self._queue.remove(self._now)
        self.began.emit(self._now.path.name)
        self._jobs.run(self, partial(self._steps, self._now), self._look, self._end_with)

    def _steps(self, wanted: _Wanted) -> ImportSteps:
        if wanted.beside is not None:
            return self._brings.card(wanted.testimony, wanted.path, wanted.beside)
        if wanted.is_sound:
            return self._brings.sound(wanted.testimony, wanted.path)
        return self._brings.file(wanted.testimony, wanted.path)

    def _look(self, steps: ImportSteps) -> None:
        self._jobs.run(self, steps.look, lambda _none: self._begin(steps), self._not_seen, heavy=True)

    def _not_seen(self, error: Exception) -> None:
        wanted = self._now
        if isinstance(error, NotReadableSound) and wanted is not None and wanted.beside is None:
            self.without_sound.emit(wanted.path.name)
            self._look(self._brings.file(wanted.testimony, wanted.path, was_sound=True))
        else:
            self._end_with(error)

    def _begin(self, steps: ImportSteps) -> None:
        back = partial(self._take_back, steps)
        self._jobs.run(self, steps.begin, lambda _none: self._read(steps), back)

    def _read(self, steps: ImportSteps) -> None:
        told, cancel = self._jobs.relay(self, self.told.emit), self._cancel
        work = lambda: steps.read(told, cancel)  # noqa: E731
        self._jobs.run(self, work, partial(self._on_read, steps), partial(self._take_back, steps), heavy=True)

    def _on_read(self, steps: ImportSteps, is_read: bool) -> None:
        back = partial(self._take_back, steps)
        if self._cancel.is_set():
            # Pressed after the last byte: it is not in the testimony before the last step.
            back(GivenUp())
        elif is_read:
            self._jobs.run(self, steps.finish, lambda _made: self._on_taken(), back)
        else:
            self._jobs.run(self, steps.top_up, lambda _none: self._read(steps), back)

    def _on_taken(self) -> None:
        self.taken.emit()
        self._end()

    def _take_back(self, steps: ImportSteps, error: Exception) -> None:
        def ended(_none: object = None) -> None:
            self._end_with(error)

        def remove(_none: object = None) -> None:
            self._jobs.run(self, steps.take_back, ended, ended)

        self._jobs.run(self, steps.drop, remove, remove, heavy=True)

    def _end_with(self, error: Exception) -> None:
        if not isinstance(error, GivenUp):
            self.failed.emit(error)
        self._end()

    def _end(self) -> None:
        self._now = None
        self.go_on()
