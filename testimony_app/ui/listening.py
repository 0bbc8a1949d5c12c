# SPDX-License-Identifier: Apache-2.0
"""Listening to one recording at a time: opened on the vault's thread, played by the loudspeaker, told by signals."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from testimony_app.audio.ports import PcmReader, Speaker
from testimony_app.errors import GovahError
from testimony_app.model.recording import Recording
from testimony_app.ui.jobs import Runs

_TOLD_EVERY_MILLISECONDS = 100
_SKIP_SECONDS = 5.0


class Listens(Protocol):
    """Opens recordings for listening; both methods belong to the vault's thread."""

    def open(self, recording: Recording) -> PcmReader:
        """Return the sound of a recording; reading it needs no database any more."""

    def peaks(self, recording: Recording) -> tuple[float, ...]:
        """Return its shape, each peak 0 to 1."""


class Listening(QObject):
    """Opens, plays, pauses and seeks; whoever shows it connects the signals."""

    opened = Signal(str, object)
    """The recording's id, and its peaks."""
    playing = Signal(bool)
    moved = Signal(float)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject, jobs: Runs, listens: Listens, speaker: Speaker) -> None:
        """Be silent."""
        super().__init__(owner)
        self._jobs, self._listens, self._speaker = jobs, listens, speaker
        self._recording: Recording | None = None
        self._wanted = ""
        self._speed = 1.0
        self._is_playing = False
        self._clock = QTimer(self, interval=_TOLD_EVERY_MILLISECONDS)
        self._clock.timeout.connect(self._on_tick)

    @property
    def recording(self) -> Recording | None:
        """The recording that is open, playing or paused."""
        return self._recording

    def peaks(self, recording: Recording) -> tuple[float, ...]:
        """Return a recording's shape; on the vault's thread."""
        return self._listens.peaks(recording)

    def listen(self, recording: Recording, *, at_seconds: float = 0.0) -> None:
        """Open a recording and play it from a place; what was playing ends."""
        self.stop()
        self._wanted = recording.id
        self._jobs.run(
            self,
            lambda: (self._listens.open(recording), self._listens.peaks(recording)),
            lambda found: self._on_opened(recording, *found, at_seconds),
            self.failed.emit,
        )

    def toggle(self) -> None:
        """Pause, or go on from where we are."""
        if self._recording is None:
            return
        if self._is_playing:
            self._speaker.pause()
        else:
            self._speaker.resume()
        self._mark(is_playing=not self._is_playing)

    def seek(self, seconds: float) -> None:
        """Go to another place."""
        if self._recording is not None:
            self._speaker.seek(min(max(seconds, 0.0), self._recording.seconds))
            self.moved.emit(seconds)

    def skip(self, seconds: float = -_SKIP_SECONDS) -> None:
        """Go back a little, or on."""
        self.seek(self._speaker.position_seconds + seconds)

    def set_speed(self, speed: float) -> None:
        """Listen slower or faster from here on, at the same pitch; the next recording too."""
        self._speed = speed
        self._speaker.set_speed(speed)

    def stop(self) -> None:
        """Be silent and let go of the sound."""
        self._wanted = ""
        if self._recording is None:
            return
        self._recording = None
        self._speaker.stop()
        self._mark(is_playing=False)
        self.stopped.emit()

    def _on_opened(self, recording: Recording, reader: PcmReader, peaks: tuple[float, ...], at_seconds: float) -> None:
        if self._wanted != recording.id:
            reader.close()
            return
        try:
            # The loudspeaker outlives us: whoever played before may have left it at another speed.
            self._speaker.set_speed(self._speed)
            self._speaker.play(reader, at_seconds=at_seconds)
        except GovahError as error:
            reader.close()
            self.failed.emit(error)
            return
        self._recording = recording
        self.opened.emit(recording.id, peaks)
        self._mark(is_playing=True)

    def _on_tick(self) -> None:
        if self._recording is None:
            return
        at = self._speaker.position_seconds
        self.moved.emit(at)
        if at >= self._recording.seconds - 0.02:
            self.stop()

    def _mark(self, *, is_playing: bool) -> None:
        self._is_playing = is_playing
        if is_playing:
            self._clock.start()
        else:
            self._clock.stop()
        self.playing.emit(is_playing)
