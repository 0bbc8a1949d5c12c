# SPDX-License-Identifier: Apache-2.0
"""Listening: one round button, back a little, the shape of the recording, where we are, and how fast.

The same in the archive and in the interview, with the same single keys (commands.py), as foot pedals send them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui import commands, theme, wording
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button, label, tapped
from testimony_app.ui.widgets.waveform import Waveform

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
BACK_SECONDS = 3.0


class PlayBar(QWidget):
    """Knows one recording; the sound itself is elsewhere."""

    pressed = Signal()
    """Play, or pause."""
    seek_wanted = Signal(float)
    speed_wanted = Signal(float)

    def __init__(self, *, name: str = "play_bar") -> None:
        """Start with nothing to listen to."""
        super().__init__()
        self.setObjectName(name)
        self._seconds = self._position = 0.0
        self._make_parts()
        self._lay_out()
        acts = {
            commands.BACK: self._on_back,
            commands.PLAY: self.pressed.emit,
            commands.SLOWER: lambda: self._on_faster(-1),
            commands.FASTER: lambda: self._on_faster(1),
        }
        for command, act in acts.items():
            commands.bind(self, command, act)

    @property
    def position(self) -> float:
        """Where the listening is."""
        return self._position

    def show_recording(self, peaks: Sequence[float], seconds: float) -> None:
        """Show the shape of a recording, from its beginning."""
        self._seconds = seconds
        self._shape.show_recording(peaks, seconds)
        self.show_position(0.0)

    def show_playing(self, *, is_playing: bool) -> None:
        """Show the one button as what pressing it would do."""
        self._play.setIcon(theme.icon("pause" if is_playing else "play", "on-action"))
        self._play.setAccessibleName(_("Pause") if is_playing else _("Play"))

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._position = seconds
        self._shape.show_position(seconds)
        told = _("{position} / {length}").format(
            position=wording.short_timer(seconds), length=wording.short_timer(self._seconds)
        )
        self._time.setText(told)

    def _make_parts(self) -> None:
        self._play = button("", "play_button", "round", said=_("Play"))
        self._play.setFixedSize(48, 48)
        self._play.setIconSize(QSize(22, 22))
        self._play.clicked.connect(self.pressed)
        self._back = button(_("Back 3 s"), "play_back", "flat")
        self._back.clicked.connect(self._on_back)
        self._shape = Waveform(name="player_waveform", height=56)
        self._shape.seek_requested.connect(self.seek_wanted)
        self._time = label("", "body", name="play_time", wraps=False)
        self._speed = Choice(_("Speed of listening"), name="play_speed")
        self._speed.setMinimumContentsLength(6)
        self._speed.offer([(str(speed), speed_words(speed)) for speed in SPEEDS], "1.0")
        self._speed.chosen.connect(lambda speed: self.speed_wanted.emit(float(speed)))
        self.show_playing(is_playing=False)

    def _lay_out(self) -> None:
        line = fill(row(gap=12), self._play, self._shape)
        line.setStretch(1, 1)
        # What stands below runs on like words in a line: beside the notes, and in large type, there is little room.
        below = QWidget()
        flow = FlowLayout(below)
        self._time.setMinimumHeight(max(tapped(), self._back.sizeHint().height()))
        for part in (self._time, self._back, self._speed):
            flow.addWidget(part)
        quiet = label(_("Through headphones: nobody else should hear it."), "small", name="play_quietly")
        fill(column(self, gap=8), line, below, quiet, label(keys_line(), "small", name="play_keys"))

    def _on_back(self) -> None:
        self.seek_wanted.emit(max(0.0, self._position - BACK_SECONDS))

    def _on_faster(self, steps: int) -> None:
        at = min(max(self._speed.currentIndex() + steps, 0), len(SPEEDS) - 1)
        if at != self._speed.currentIndex():
            self._speed.setCurrentIndex(at)
            self.speed_wanted.emit(SPEEDS[at])
            announce(self, speed_words(SPEEDS[at]))


def speed_words(speed: float) -> str:
    """Return a speed as its reader writes it."""
    return ltr(digits(f"{speed:g}×"))


def keys_line() -> str:
    """Return which keys do what while listening."""
    told = (
        (commands.BACK, _("back 3 s")),
        (commands.PLAY, _("play and pause")),
        (commands.SLOWER, _("slower")),
        (commands.FASTER, _("faster")),
    )
    held = ((commands.key_words(command), words) for command, words in told)
    return wording.DOT.join(f"{ltr(key)} {words}" for key, words in held if key)
