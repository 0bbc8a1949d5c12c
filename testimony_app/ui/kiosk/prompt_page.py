# SPDX-License-Identifier: Apache-2.0
"""One question, one round button, and every way out of it: leave out, rest, write, end, erase."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.kiosk.choices import Choice, Choices
from testimony_app.ui.kiosk.parts import LARGE, RoundButton, Words, has_room_for_shape, is_tight, line
from testimony_app.ui.kiosk.take_act import TakeState
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.timer_label import show_time
from testimony_app.ui.widgets.waveform import Waveform

_WAVE, _GAP = 64, 24


class ShownPrompt(msgspec.Struct, frozen=True):
    """A question as it is put."""

    above: str
    text: str
    told: str = ""
    """What was told to it already, in words."""


class PromptPage(QWidget):
    """Shows what the recorder does in a word, a shape and a colour; tells what was pressed."""

    pressed = Signal()
    """The round button: record, pause, go on."""
    chosen = Signal(str)
    """next, break, write, finished or erase."""

    def __init__(self, shown: ShownPrompt) -> None:
        """Put a question."""
        super().__init__()
        self.setObjectName("kiosk_prompt")
        self._told, self._is_waiting = shown.told, False
        self._above = line(shown.above, "kiosk_above")
        self._words = Words(shown.text, name="question")
        self._shape = Waveform(height=_WAVE)
        self._timer = line("", "timer", kind="witnesstime")
        self._round = RoundButton("record_button")
        self._caption = line("", "recorder_state")
        self._choices = Choices(_ways_on())
        self._lay_out()
        self._round.clicked.connect(self.pressed)
        self._choices.chosen.connect(self._on_chosen)
        show_time(self._timer, 0)
        self.show_state(TakeState.IDLE)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def said(self) -> str:
        """The question and which of them it is, for reading aloud."""
        return f"{self._words.said}\n{self._above.text()}"

    def take_focus(self) -> None:
        """Put the focus on the round button: Space and Enter press it."""
        self._round.setFocus()

    def show_state(self, state: TakeState) -> None:
        """Show what the recorder does."""
        sign, tone, caption, does = self._words_for(state)
        self._round.show_sign(sign, tone, does)
        self._round.setAccessibleDescription(caption)
        self._is_waiting = state in (TakeState.OPENING, TakeState.SAVING)
        if self._caption.text() != caption:
            self._caption.setText(caption)
            self._fit_caption()
            if self.isVisible():  # before that it is heard with the button, after the question
                announce(self, caption)
        has_begun = state is not TakeState.IDLE
        self._timer.setVisible(has_begun)
        self._shape.show_paused(state is not TakeState.RECORDING)
        self._show_shape()

    def show_tick(self, seconds: float, peak: float) -> None:
        """Show the time and the newest piece of sound."""
        show_time(self._timer, seconds)
        if peak:
            self._shape.add_peak(peak)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the shape of the sound out where words need the room."""
        super().resizeEvent(event)
        self._show_shape()
        self._fit_caption()

    def _lay_out(self) -> None:
        is_large = theme.scale() > LARGE
        shape = fill(row(), None, self._shape, None)
        self._shape.setFixedWidth(theme.pixels(640))
        said = fill(column(gap=4), None, self._timer, self._caption, None)
        middle: QBoxLayout = row(gap=_GAP) if is_large else column(gap=8)
        if is_large:
            fill(middle, None, self._round, said, None)
        else:
            middle.addWidget(self._timer, 0, Qt.AlignmentFlag.AlignHCenter)
            middle.addWidget(self._round, 0, Qt.AlignmentFlag.AlignHCenter)
            middle.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignHCenter)
        self._timer.setWordWrap(False)
        box = column(self, gap=8)
        fill(box, self._above)
        box.addWidget(self._words, 1)
        fill(box, shape, middle, self._choices, 8)

    def _fit_caption(self) -> None:
        """Keep the line under the button on one line as long as it fits; some languages need two."""
        beside = self._round.width() + 2 * _GAP if theme.scale() > LARGE else 0
        room = max(320, self.width() - beside)
        wide = QFontMetrics(self._caption.font()).horizontalAdvance(self._caption.text())
        self._caption.setWordWrap(wide > room)
        self._caption.setMinimumWidth(min(room, wide * 5 // 8) if wide > room else 0)

    def _on_chosen(self, name: str) -> None:
        # Nothing is disabled while the microphone opens or the recording is kept: the keyboard would go elsewhere.
        if not self._is_waiting:
            self.chosen.emit(name)

    def _show_shape(self) -> None:
        has_sound = self._timer.isVisibleTo(self)
        self._shape.setVisible(has_sound and has_room_for_shape(self))
        self._above.setVisible(not is_tight(self))

    def _words_for(self, state: TakeState) -> tuple[str, str, str, str]:
        return {
            TakeState.IDLE: (
                "record",
                "record",
                self._told or _("Nothing is being recorded. Press to record"),
                _("Record"),
            ),
            TakeState.OPENING: ("wait", "action", _("One moment"), _("One moment")),
            TakeState.RECORDING: ("pause", "record", _("Recording. Press to pause"), _("Pause")),
            TakeState.PAUSED: ("record", "action", _("Paused. Nothing is heard. Press to go on"), _("Go on")),
            TakeState.SAVING: ("wait", "action", _("Saving"), _("Saving")),
        }[state]


def _ways_on() -> tuple[Choice, ...]:
    return (
        Choice("next", _("Next question")),
        Choice("break", _("I need a break")),
        Choice("write", _("Write instead")),
        Choice("finished", _("I have finished")),
        Choice("erase", _("Erase and leave"), "erase"),
    )
