# SPDX-License-Identifier: Apache-2.0
"""Listening back to what was told, one part at a time; each part may be kept or erased."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.kiosk.choices import Choice, Choices
from testimony_app.ui.kiosk.parts import LARGE, RoundButton, Words, has_room_for_shape, line
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.waveform import Waveform

_WAVE = 64


class ShownTake(msgspec.Struct, frozen=True):
    """One part as it is offered for listening."""

    above: str
    question: str
    length: str
    is_last: bool


class ListenPage(QWidget):
    """Shows one part; tells what was pressed."""

    pressed = Signal()
    """The round button: listen, or be silent."""
    sought = Signal(float)
    chosen = Signal(str)
    """next_take, go_on or erase_take."""

    def __init__(self, shown: ShownTake) -> None:
        """Show a part."""
        super().__init__()
        self.setObjectName("kiosk_listen")
        self._words = Words(shown.question, shown.length)
        self._above = line(shown.above, "kiosk_above")
        self._shape = Waveform(name="take_shape", height=_WAVE)
        self._round = RoundButton("listen_button")
        self._caption = line("", "listen_state")
        on = Choice("go_on", _("Go on"), "main") if shown.is_last else Choice("next_take", _("Next part"), "main")
        self._choices = Choices((on, Choice("erase_take", _("Erase this part"), "erase")))
        self._lay_out()
        self._round.clicked.connect(self.pressed)
        self._shape.seek_requested.connect(self.sought)
        self._choices.chosen.connect(self.chosen)
        self._is_opened = False
        self._shape.hide()
        self.show_playing(is_playing=False)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def said(self) -> str:
        """The question, how long the part is and which it is, for reading aloud."""
        return f"{self._words.said}\n{self._above.text()}"

    def take_focus(self) -> None:
        """Put the focus on the round button."""
        self._round.setFocus()

    def show_opened(self, peaks: Sequence[float], seconds: float) -> None:
        """Show the shape of the part that is being listened to."""
        self._shape.show_recording(peaks, seconds)
        self._is_opened = bool(peaks)
        self._show_shape()

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._shape.show_position(seconds)

    def show_playing(self, *, is_playing: bool) -> None:
        """Show whether it is being heard."""
        does = _("Stop listening") if is_playing else _("Listen")
        self._round.show_sign("pause" if is_playing else "play", "action", does)
        self._caption.setText(_("You hear what you said.") if is_playing else _("Press to listen."))
        self._round.setAccessibleDescription(self._caption.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the shape of the sound out where words need the room."""
        super().resizeEvent(event)
        self._show_shape()

    def _show_shape(self) -> None:
        self._shape.setVisible(self._is_opened and has_room_for_shape(self))

    def _lay_out(self) -> None:
        self._shape.setFixedWidth(theme.pixels(640))
        box = column(self, gap=8)
        fill(box, self._above)
        box.addWidget(self._words, 1)
        fill(box, fill(row(), None, self._shape, None))
        self._caption.setWordWrap(False)
        if theme.scale() > LARGE:
            fill(box, fill(row(gap=24), None, self._round, self._caption, None))
        else:
            box.addWidget(self._round, 0, Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(self._caption)
        fill(box, 8, self._choices, 16)
