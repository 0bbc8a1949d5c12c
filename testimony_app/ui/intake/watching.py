# SPDX-License-Identifier: Apache-2.0
"""What a running recording must tell its interviewer at once, and what only once: silence, distortion, little room."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.ui.intake.ports import ProgressLike
from testimony_app.ui.intake.recorder_panel import RecorderPanel

_LOW, _VERY_LOW = 2 * 3600, 1800
_ALARMS = ("silent", "half-silent")


class Watching:
    """Looks at each progress and shows a notice when something changes for the worse, and takes it back."""

    def __init__(self, panel: RecorderPanel) -> None:
        """Watch for one recording after the other."""
        self._panel = panel
        self.restart()

    def restart(self) -> None:
        """Begin with a new recording."""
        self._alarm, self._room_told = "", 0.0
        self._panel.show_clipping(0)

    def look(self, progress: ProgressLike) -> None:
        """Take the next progress."""
        self._panel.show_clipping(progress.clipped)
        self._look_at_silence(str(progress.advice))
        if progress.room_seconds is not None:
            self._look_at_room(progress.room_seconds)

    def _look_at_silence(self, advice: str) -> None:
        alarm = advice if advice in _ALARMS else ""
        if alarm == self._alarm:
            return
        self._alarm = alarm
        if alarm == "silent":
            self._panel.show_trouble(
                _("No sound reaches the microphone."),
                _("The recording goes on. Check the cable, the switch and the microphone, or choose another one."),
            )
            self._panel.offer_devices()
        elif alarm:
            self._panel.show_trouble(
                _("One of the two microphones is silent."),
                _("The other one is being recorded. Check the cable and the switch of the silent one."),
            )
        else:
            self._panel.show_trouble("", "")

    def _look_at_room(self, seconds: float) -> None:
        limit = _VERY_LOW if seconds < _VERY_LOW else _LOW if seconds < _LOW else 0.0
        if not limit or limit == self._room_told or (self._room_told and limit > self._room_told):
            return
        self._room_told = limit
        self._panel.show_trouble(
            _("There is room for {length} more.").format(length=durations(seconds)),
            _("Everything recorded is safe. At the very end the recording closes by itself, with all of it kept."),
        )
