# SPDX-License-Identifier: Apache-2.0
"""The takes of a testimony, each with its length and a button to listen to it again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import counted, durations
from testimony_app.ui import theme
from testimony_app.ui.intake.before_words import take_words
from testimony_app.ui.intake.values import Take
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.play_bar import PlayBar
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import button, label


class TakesList(QWidget):
    """One line a take; the one being listened to unfolds the bar by which one listens."""

    listen_wanted = Signal(str)
    toggle_wanted = Signal()
    seek_wanted = Signal(float)
    speed_wanted = Signal(float)
    opened = Signal(bool)
    """Whether one of them is open for listening."""

    def __init__(self) -> None:
        """Start without takes."""
        super().__init__()
        self.setObjectName("takes")
        self._open, self._is_playing = "", False
        self._buttons: dict[str, QPushButton] = {}
        self._lengths: dict[str, float] = {}
        self._box = column(gap=4)
        self._bar = PlayBar(name="take_bar")
        self._bar.pressed.connect(self.toggle_wanted)
        self._bar.seek_wanted.connect(self.seek_wanted)
        self._bar.speed_wanted.connect(self.speed_wanted)
        self._bar.hide()
        fill(column(self, gap=8), self._bar, self._box)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        """Show the takes in order."""
        emptied(self._box)
        self._buttons = {}
        self._lengths = {take.id: take.seconds for take in takes}
        for take in takes:
            self._box.addWidget(self._line(take))

    def show_opened(self, recording: str, peaks: tuple[float, ...]) -> None:
        """Show that a take is open for listening, with its shape."""
        self._open = recording
        self._bar.show_recording(peaks, self._lengths.get(recording, 0.0))
        self._bar.show()
        self._mark()
        self.opened.emit(True)

    def show_playing(self, *, is_playing: bool) -> None:
        """Show whether it is heard just now, or paused."""
        self._is_playing = is_playing
        self._bar.show_playing(is_playing=is_playing)
        self._mark()

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._bar.show_position(seconds)

    def show_stopped(self) -> None:
        """Show that nothing is being listened to."""
        self._open, self._is_playing = "", False
        self._bar.hide()
        self._mark()
        self.opened.emit(False)

    def show_enabled(self, *, may_listen: bool) -> None:
        """Allow listening, or not: never while the microphone is open."""
        for pressed in self._buttons.values():
            pressed.setEnabled(may_listen)

    def _line(self, take: Take) -> QFrame:
        made = QFrame()
        name = take_words(take.kind, take.number)
        told = row(made, gap=12)
        pressed = button("", f"listen_{take.number}", "narrow", said=_("Listen to {take}").format(take=name))
        pressed.setIconSize(QSize(theme.pixels(18), theme.pixels(18)))
        pressed.clicked.connect(lambda: self._on_pressed(take.id))
        self._buttons[take.id] = pressed
        fill(told, pressed, label(name, "strong", wraps=False), label(durations(take.seconds), "soft", wraps=False))
        if take.is_interrupted:
            told.addWidget(Chip(_("Interrupted"), "care"))
        if take.gap_count:
            told.addWidget(Chip(counted(take.gap_count, "{count} gap", "{count} gaps"), "care"))
        told.addStretch(1)
        self._mark()
        return made

    def _on_pressed(self, recording: str) -> None:
        if recording == self._open:
            self.toggle_wanted.emit()
        else:
            self.listen_wanted.emit(recording)

    def _mark(self) -> None:
        for recording, pressed in self._buttons.items():
            pressed.setIcon(theme.icon("pause" if recording == self._open and self._is_playing else "play"))
