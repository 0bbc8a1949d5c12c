# SPDX-License-Identifier: Apache-2.0
"""The player: one round button, the shape of the recording, where we are, and how fast.

F7 goes back, F8 plays and pauses, F9 slows down, F10 speeds up: single keys, as foot pedals send them.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui import theme, wording
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.intake.values import Take
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button, card, label
from testimony_app.ui.widgets.waveform import Waveform

_SKIP_SECONDS = 3.0
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


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
        self._current, self._open, self._position = "", "", 0.0
        self._buttons: dict[str, QPushButton] = {}
        self._make_parts()
        self._lay_out()
        self._play.clicked.connect(self._on_play)
        self._shape.seek_requested.connect(self._on_seek)
        self._speed.chosen.connect(lambda speed: self.speed_wanted.emit(float(speed)))
        acts = {
            Qt.Key.Key_F7: self._on_back,
            Qt.Key.Key_F8: self._on_play,
            Qt.Key.Key_F9: lambda: self._on_faster(-1),
            Qt.Key.Key_F10: lambda: self._on_faster(1),
        }
        for key, act in acts.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

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
        self._shape.show_recording(peaks, self._takes[recording].seconds)
        for known, pressed in self._buttons.items():
            pressed.setChecked(known == recording)
        self.show_position(0.0)

    def show_opened(self, recording: str, peaks: tuple[float, ...]) -> None:
        """Show that a recording is open for listening."""
        self._open = recording
        self.show_peaks(recording, peaks)

    def show_playing(self, *, is_playing: bool) -> None:
        """Show the one button as what pressing it would do."""
        self._play.setIcon(theme.icon("pause" if is_playing else "play", "on-action"))
        self._play.setAccessibleName(_("Pause") if is_playing else _("Play"))

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._position = seconds
        self._shape.show_position(seconds)
        whole = self._takes[self._current].seconds if self._current else 0.0
        self._time.setText(
            _("{position} / {length}").format(position=wording.short_timer(seconds), length=wording.short_timer(whole))
        )

    def show_stopped(self) -> None:
        """Show that nothing is open any more."""
        self._open = ""
        self.show_playing(is_playing=False)
        self._shape.show_position(0.0)

    def _make_parts(self) -> None:
        self._play = button("", "play_button", "round", said=_("Play"))
        self._play.setFixedSize(48, 48)
        self._play.setIconSize(QSize(22, 22))
        self._shape = Waveform(name="player_waveform", height=56)
        self._time = label("", "body", name="play_time", wraps=False)
        self._speed = Choice(_("Speed of listening"), name="play_speed")
        self._speed.setMinimumContentsLength(6)
        self._speed.offer([(str(speed), speed_words(speed)) for speed in SPEEDS], "1.0")
        self._several = QWidget()
        self._list = FlowLayout(self._several)

    def _lay_out(self) -> None:
        holder = card(name="player_card")
        line = fill(row(gap=16), self._play, self._shape, self._time, self._speed)
        line.setStretch(1, 1)
        keys = label(_("F7 back 3 s · F8 play and pause · F9 slower · F10 faster"), "small", wraps=False)
        fill(column(holder, edge=16, gap=8), line, self._several, fill(row(), None, keys))
        fill(column(self), holder)

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

    def _on_back(self) -> None:
        if self._open:
            self.seek_wanted.emit(max(0.0, self._position - _SKIP_SECONDS))

    def _on_faster(self, steps: int) -> None:
        at = min(max(self._speed.currentIndex() + steps, 0), len(SPEEDS) - 1)
        if at != self._speed.currentIndex():
            self._speed.setCurrentIndex(at)
            self.speed_wanted.emit(SPEEDS[at])
            announce(self, speed_words(SPEEDS[at]))


def speed_words(speed: float) -> str:
    """Return a speed as its reader writes it."""
    return ltr(digits(f"{speed:g}×"))
