# SPDX-License-Identifier: Apache-2.0
"""Before a recording: what it will be, with how many microphones, how things stand, and a test of ten seconds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.intake.before_words import KINDS, concern_words, kind_words, standing_line
from testimony_app.ui.intake.sound_words import advice_words
from testimony_app.ui.intake.values import Standing
from testimony_app.ui.layouts import column, emptied, fill
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.level_meter import LevelMeter
from testimony_app.ui.widgets.parts import button, label, set_property

RESTING, HEARING, PLAYING = "resting", "hearing", "playing"


class BeforePanel(QWidget):
    """Shown while nothing is being recorded."""

    test_wanted = Signal()
    test_ended = Signal()
    """Somebody has heard enough: what was heard is to be destroyed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.setObjectName("before_panel")
        self._state = RESTING
        self._kind = Choice(_("What is recorded"), name="clip_kind")
        self._kind.offer([(kind, kind_words(kind)) for kind in KINDS], "testimony")
        self._channels = Choice(_("Microphones"), name="channels")
        two = _("Two microphones: interviewer left, witness right")
        self._channels.offer([("1", _("One microphone")), ("2", two)], "1")
        self._test = button(_("Test the microphone"), "test_button")
        self._test.clicked.connect(self._on_pressed)
        self._line = label("", "small", name="standing_line")
        self._told = label("", "strong", name="test_told")
        self._meter = LevelMeter()
        self._concerns = column(gap=4)
        choices = QWidget()
        line = FlowLayout(choices)
        for part in (self._kind, self._channels, self._test):
            line.addWidget(part)
        fill(column(self, gap=8), self._line, self._concerns, choices, self._told, self._meter)
        self.show_test(RESTING)

    @property
    def kind(self) -> str:
        """What the next recording will be."""
        return self._kind.value()

    @property
    def channels(self) -> int:
        """With how many microphones."""
        return int(self._channels.value())

    def show_standing(self, standing: Standing) -> None:
        """Show how things stand, each concern in a sentence of its own."""
        self._line.setText(standing_line(standing))
        emptied(self._concerns)
        for concern in standing.concerns:
            told = label(concern_words(concern, standing), "body", name=f"concern_{concern}")
            set_property(told, "tone", "care")
            self._concerns.addWidget(told)

    def show_test(self, state: str) -> None:
        """Show that nothing is tested, that the test listens, or that it is played back."""
        self._state = state
        words, told = {
            RESTING: (_("Test the microphone"), ""),
            HEARING: (_("Stop the test"), _("Say something, as you would later")),
            PLAYING: (_("Heard: destroy the test"), _("This is what was heard. It is not kept.")),
        }[state]
        self._test.setText(words)
        self._test.setAccessibleName(words)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._meter.setVisible(state == HEARING)
        if state != HEARING:
            self._meter.clear()
        if told:
            announce(self, told)

    def show_heard(self, seconds: float, rms_dbfs: float, peak_dbfs: float, advice: str) -> None:
        """Show how loud the test is."""
        self._meter.show_level(rms_dbfs, peak_dbfs, clipped=advice == "clipped")
        left = _("{seconds} s left").format(seconds=wording.number(max(0, round(10 - seconds))))
        self._told.setText(advice_words(advice) + wording.DOT + left)

    def _on_pressed(self) -> None:
        if self._state == RESTING:
            self.test_wanted.emit()
        else:
            self.test_ended.emit()
