# SPDX-License-Identifier: Apache-2.0
"""The player: which of several recordings, and the bar by which one is listened to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.ui import wording
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.intake.values import Take
from testimony_app.ui.layouts import column, emptied, fill
from testimony_app.ui.play_bar import PlayBar
from testimony_app.ui.widgets.parts import button, card


class Player(QWidget):
    """Knows the takes and which one is open; the sound itself is elsewhere."""

    play_wanted = Signal(str)
    """A recording's id: open it."""
    toggle_wanted = Signal()
    seek_wanted = Signal(float)
    speed_wanted = Signal(float)

    def __init__(self) -> None:
        """Start without recordings."""
        super().__init__()
        self.setObjectName("player")
        self._takes: dict[str, Take] = {}
        self._current, self._open = "", ""
        self._buttons: dict[str, QPushButton] = {}
        self._bar = PlayBar()
        self._several = QWidget()
        self._list = FlowLayout(self._several)
        holder = card(name="player_card")
        fill(column(holder, edge=16, gap=8), self._several, self._bar)
        fill(column(self), holder)
        self._bar.pressed.connect(self._on_play)
        self._bar.seek_wanted.connect(self._on_seek)
        self._bar.speed_wanted.connect(self.speed_wanted)

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        """Show the recordings of another testimony, the first one ready to be played."""
        self._takes = {take.id: take for take in takes}
        self._current, self._open = (takes[0].id if takes else ""), ""
        emptied(self._list)
        self._buttons = {}
        for take in takes if len(takes) > 1 else ():
            name = digits(_("Take {number}").format(number=take.number))
            pressed = button(name + wording.DOT + wording.short_timer(take.seconds), f"take_{take.number}")
            pressed.setCheckable(True)
            pressed.clicked.connect(lambda _is_on=False, wanted=take.id: self._on_take(wanted))
            self._buttons[take.id] = pressed
            self._list.addWidget(pressed)
        self._several.setVisible(len(takes) > 1)
        self.show_peaks(self._current, ())
        self.show_playing(is_playing=False)
        self.setVisible(bool(takes))

    def show_peaks(self, recording: str, peaks: tuple[float, ...]) -> None:
        """Show the shape of a recording."""
        if recording not in self._takes:
            return
        self._current = recording
        self._bar.show_recording(peaks, self._takes[recording].seconds)
        for known, pressed in self._buttons.items():
            pressed.setChecked(known == recording)

    def show_opened(self, recording: str, peaks: tuple[float, ...]) -> None:
        """Show that a recording is open for listening."""
        self._open = recording
        self.show_peaks(recording, peaks)

    def show_playing(self, *, is_playing: bool) -> None:
        """Show the one button as what pressing it would do."""
        self._bar.show_playing(is_playing=is_playing)

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._bar.show_position(seconds)

    def show_stopped(self) -> None:
        """Show that nothing is open any more."""
        self._open = ""
        self.show_playing(is_playing=False)
        self._bar.show_position(0.0)

    def _on_play(self) -> None:
        if self._open and self._open == self._current:
            self.toggle_wanted.emit()
        elif self._current:
            self.play_wanted.emit(self._current)

    def _on_take(self, recording: str) -> None:
        self._buttons[recording].setChecked(True)
        self.play_wanted.emit(recording)

    def _on_seek(self, seconds: float) -> None:
        if self._open:
            self.seek_wanted.emit(seconds)
        else:
            self._on_play()
