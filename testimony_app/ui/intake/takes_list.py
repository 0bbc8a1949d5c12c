# SPDX-License-Identifier: Apache-2.0
"""The takes of a testimony, each with its length and a button to listen to it again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import counted, durations
from testimony_app.ui import theme, wording
from testimony_app.ui.intake.before_words import take_words
from testimony_app.ui.intake.values import Take
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import button, label
from testimony_app.ui.widgets.waveform import Waveform


class TakesList(QWidget):
    """One line a take; the one being listened to unfolds its shape to seek in."""

    listen_wanted = Signal(str)
    pause_wanted = Signal()
    seek_wanted = Signal(float)

    def __init__(self) -> None:
        """Start without takes."""
        super().__init__()
        self.setObjectName("takes")
        self._playing = ""
        self._buttons: dict[str, QPushButton] = {}
        self._box = column(gap=4)
        self._shape = Waveform(name="take_waveform", height=56)
        self._shape.seek_requested.connect(self.seek_wanted)
        self._shape.hide()
        self._at = label("", "small", name="take_position", wraps=False)
        self._at.hide()
        fill(column(self, gap=8), self._shape, self._at, self._box)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        """Show the takes in order."""
        emptied(self._box)
        self._buttons = {}
        self._lengths = {take.id: take.seconds for take in takes}
        for take in takes:
            self._box.addWidget(self._line(take))

    def show_playing(self, recording: str, peaks: tuple[float, ...]) -> None:
        """Show that a take is being listened to, with its shape."""
        self._playing = recording
        self._shape.show_recording(peaks, self._lengths.get(recording, 0.0))
        self._shape.show()
        self._at.show()
        self._mark()

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._shape.show_position(seconds)
        self._at.setText(wording.short_timer(seconds))

    def show_stopped(self) -> None:
        """Show that nothing is being listened to."""
        self._playing = ""
        self._shape.hide()
        self._at.hide()
        self._mark()

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
        if recording == self._playing:
            self.pause_wanted.emit()
        else:
            self.listen_wanted.emit(recording)

    def _mark(self) -> None:
        for recording, pressed in self._buttons.items():
            pressed.setIcon(theme.icon("pause" if recording == self._playing else "play"))
