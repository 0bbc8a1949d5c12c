# SPDX-License-Identifier: Apache-2.0
"""What happens before a recording: a look at how things stand, and the test that is heard back and destroyed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from testimony_app.audio.ports import Speaker
from testimony_app.errors import GovahError
from testimony_app.ui.intake.before_panel import HEARING, PLAYING, RESTING, BeforePanel
from testimony_app.ui.intake.ports import Before, HeardLike
from testimony_app.ui.intake.values import Standing
from testimony_app.ui.jobs import Runs

_PLAYED_MORE_MS = 600


class BeforeAct(QObject):
    """Drives the panel that stands before a recording."""

    failed = Signal(object)

    def __init__(self, panel: BeforePanel, jobs: Runs, before: Before | None, device: Callable[[], str]) -> None:
        """Test the microphone that `device` names, when somebody wants to; without `before` there is nothing to do."""
        super().__init__(panel)
        self._panel, self._jobs, self._before, self._device = panel, jobs, before, device
        self._is_hearing = self._is_playing = False
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.end)
        panel.test_wanted.connect(self._on_wanted)
        panel.test_ended.connect(self._on_enough)
        panel.setVisible(before is not None)

    def look(self) -> None:
        """Show how things stand now."""
        if self._before is not None:
            look, device = self._before.look, self._device()
            self._jobs.latest(self, "standing", lambda: look(device), self._on_look)

    def end(self) -> None:
        """End whatever is tested and destroy what was heard; may be called at any time."""
        before = self._before
        if before is None or not (self._is_hearing or self._is_playing):
            return
        self._end.stop()
        if self._is_playing:
            before.speaker.stop()
        self._is_hearing = self._is_playing = False
        self._panel.show_test(RESTING)
        self._jobs.run(self, before.trial.destroy, heavy=True)

    def _on_look(self, standing: Standing) -> None:
        self._panel.show_standing(standing)

    def _on_wanted(self) -> None:
        before = self._before
        if before is None:
            return
        self._is_hearing = True
        self._panel.show_test(HEARING)
        told, device = self._jobs.relay(self, self._on_heard), self._device()
        self._jobs.run(
            self, lambda: before.trial.start(device, told), lambda _sound: None, self._on_refused, heavy=True
        )

    def _on_heard(self, heard: HeardLike) -> None:
        if not self._is_hearing:
            return
        self._panel.show_heard(heard.seconds, heard.level.rms_dbfs, heard.level.peak_dbfs, str(heard.advice))
        if heard.is_over:
            self._on_enough()

    def _on_enough(self) -> None:
        before = self._before
        if self._is_hearing and before is not None:
            self._is_hearing, self._is_playing = False, True
            self._panel.show_test(PLAYING)
            self._jobs.run(self, before.trial.stop, lambda _nothing: self._play(before.speaker), heavy=True)
        else:
            self.end()

    def _play(self, speaker: Speaker) -> None:
        if self._before is None or not self._is_playing:
            return
        reader = self._before.trial.reader()
        try:
            speaker.set_speed(1.0)
            speaker.play(reader)
        except GovahError as error:
            self.failed.emit(error)
            self.end()
            return
        self._end.start(round(reader.frames / reader.format.rate * 1000) + _PLAYED_MORE_MS)

    def _on_refused(self, error: Exception) -> None:
        self._is_hearing = False
        self._panel.show_test(RESTING)
        self.failed.emit(error)
