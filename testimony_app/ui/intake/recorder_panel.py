# SPDX-License-Identifier: Apache-2.0
"""The recorder: what it does in a word and a shape, the time, the sound, and three buttons that stay in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.ui import commands, wording
from testimony_app.ui.intake.before_panel import BeforePanel
from testimony_app.ui.intake.minutes_bar import MinutesBar
from testimony_app.ui.intake.second_recorder import SecondRecorder
from testimony_app.ui.intake.sound_words import advice_tone, advice_words, device_words
from testimony_app.ui.intake.takes_list import TakesList
from testimony_app.ui.intake.values import DeviceChoice, Take, Tick
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.level_meter import LevelMeter
from testimony_app.ui.widgets.parts import button, card, label, set_property
from testimony_app.ui.widgets.timer_label import show_time, timer_label
from testimony_app.ui.widgets.waveform import Waveform

IDLE, RECORDING, PAUSED, CLOSING = "idle", "recording", "paused", "closing"


class RecorderPanel(QWidget):
    """Shows one of four states; tells which button was pressed."""

    record_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    finish_wanted = Signal()
    mark_wanted = Signal()
    device_chosen = Signal(str)
    clipping_seen = Signal()

    def __init__(self) -> None:
        """Start idle."""
        super().__init__()
        self.setObjectName("recorder_panel")
        self._state, self._is_listening = IDLE, False
        self.takes, self.before, self.minutes = TakesList(), BeforePanel(), MinutesBar()
        self.second = SecondRecorder()
        self._make_parts()
        self._lay_out()
        self._connect()
        self.show_clipping(0)
        self.show_state(IDLE)

    @property
    def state(self) -> str:
        """Return which of the four states is shown."""
        return self._state

    def show_state(self, state: str) -> None:
        """Show idle, recording, paused or closing, by word, shape and colour together."""
        before, self._state = self._state, state
        words, tone = self._words(state)
        self._state_word.setText(words)
        set_property(self._dot, "dot", "record" if state == RECORDING else "still")
        set_property(self._state_word, "tone", tone)
        self._show_buttons(state)
        self._shape.show_paused(state == PAUSED)
        for part in (self._shape, self._meter, self._advice, self._sound):
            part.setVisible(state != IDLE)
        self._show_before()
        self.minutes.setVisible(state in (RECORDING, PAUSED))
        self.takes.show_enabled(may_listen=state == IDLE)
        if state != RECORDING:
            self._safe.setText(self._safe_words(state))
        if state == IDLE and before != IDLE:
            self._meter.clear()
            self._shape.clear()
            self._advice.setText("")
        if before != state:
            announce(self, words)

    def show_tick(self, tick: Tick) -> None:
        """Show where the running recording stands."""
        show_time(self._timer, tick.seconds)
        self._safe.setText(_safe_ago(tick.seconds_unsafe))
        self._meter.show_level(tick.rms_dbfs, tick.peak_dbfs, clipped=tick.clipped)
        if self._state == RECORDING:
            self._shape.add_peak(10 ** (min(0.0, tick.peak_dbfs) / 20))
        self._show_advice(tick.advice)

    def show_clipping(self, count: int) -> None:
        """Show how often it was too loud, until somebody says that they have seen it."""
        told = ngettext("Distorted {count} time: seen", "Distorted {count} times: seen", count)
        self._clipped.setText(told.format(count=wording.number(count)))
        self._clipped.setAccessibleName(self._clipped.text())
        self._clipped.setVisible(count > 0 and self._state in (RECORDING, PAUSED))

    def show_opening(self) -> None:
        """Show that the microphone is being opened."""
        self._state_word.setText(_("Opening the microphone"))
        self._safe.setText("")

    def show_waiting(self) -> None:
        """Show that a press was heard; the next state follows in a moment."""
        self._pause.setEnabled(False)
        self._finish.setEnabled(False)

    def offer_devices(self) -> None:
        """Offer the microphones although a recording runs: the one it ran on is gone."""
        self._devices.show()

    def start_here(self) -> None:
        """Put the focus on the button that records."""
        self._record.setFocus()

    def show_time(self, seconds: float) -> None:
        """Show a time without sound: before a recording, or after."""
        show_time(self._timer, seconds)

    def show_devices(self, devices: tuple[DeviceChoice, ...], chosen: str) -> None:
        """Offer the microphones there are."""
        self._devices.clear()
        for device in devices:
            self._devices.addItem(device_words(device), device.id)
        self._devices.setCurrentIndex(max(0, self._devices.findData(chosen)))
        self._devices.setEnabled(bool(devices))

    def show_sound(self, device: str, rate: int, bits: int) -> None:
        """Show which microphone is open and what it really gives."""
        self._sound.setText(wording.sound_line(device, rate, bits))

    def show_takes(self, takes: tuple[Take, ...]) -> None:
        """Show what was recorded so far."""
        self.takes.show_takes(takes)
        self.takes.show_enabled(may_listen=self._state == IDLE)
        self._no_takes = not takes
        self.show_state(self._state)

    def show_trouble(self, text: str, help_line: str, *, tone: str = "care") -> None:
        """Show what is wrong, what is safe and what to do, in place and without alarm."""
        emptied(self._notice)
        if text:
            shown = Banner(text, tone, help_line=help_line)
            self._notice.addWidget(shown)
            shown.say()

    def _make_parts(self) -> None:
        self._no_takes, self._said_advice = True, ""
        self._dot = QFrame()
        self._dot.setFixedSize(12, 12)
        self._state_word = label("", "strong", name="recorder_state", wraps=False)
        self._safe = label("", "soft", name="recorder_safe", wraps=False)
        self._timer = timer_label()
        self._shape, self._meter = Waveform(), LevelMeter()
        self._advice = label("", "strong", name="advice", wraps=False)
        self._sound = label("", "small", name="sound_line", wraps=False)
        self._devices = Choice("", name="")
        self._devices.setObjectName("microphone")
        self._devices.setAccessibleName(_("Microphone"))
        self._clipped = button("", "clipping_seen", "flat")
        self._before_place = QWidget()
        fill(column(self._before_place), self.before)
        self._mark = button(_("Mark moment"), "mark_button")
        self._record = button(_("Record"), "record_button", "record")
        self._pause = button(_("Pause"), "pause_button", "record")
        self._finish = button(_("Finish"), "finish_button")

    def _lay_out(self) -> None:
        self._notice = column()
        above = fill(row(gap=8), None, self._dot, self._state_word, self._safe, None)
        said = fill(row(gap=8), None, self._sound, self._advice, self._clipped, None)
        buttons: QHBoxLayout = row(gap=16)
        fill(buttons, None, self._mark, self._record, self._pause, self._finish, None)
        inner = QWidget()
        upper = fill(column(inner), self._notice, above, self._timer, 8, self._shape, 12, self._meter, said)
        fill(
            upper,
            fill(row(), None, self._devices, None),
            self._before_place,
            self.second,
            self.minutes,
            self.takes,
            None,
        )
        holder = card(name="recorder_card")
        # The buttons stay in sight on a small screen or in large type; what is above them may scroll.
        fill(column(holder, edge=24, gap=8), _scrolled(inner), buttons)
        fill(column(self), holder)
        self._devices.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._devices.setMinimumContentsLength(24)

    def _connect(self) -> None:
        self.takes.opened.connect(self._on_listening)
        self._record.clicked.connect(self.record_wanted)
        self._pause.clicked.connect(self._on_pause)
        self._finish.clicked.connect(self.finish_wanted)
        self._mark.clicked.connect(self.mark_wanted)
        self._clipped.clicked.connect(self.clipping_seen)
        commands.bind(self, commands.RECORD, self._on_record_key)
        commands.bind(self, commands.MARK, self._on_mark_key)
        self._devices.activated.connect(lambda at: self.device_chosen.emit(str(self._devices.itemData(at))))

    def _on_listening(self, is_on: bool) -> None:
        self._is_listening = is_on
        self._show_before()

    def _show_before(self) -> None:
        """Show what belongs before a recording; while a take is listened to, that has the room."""
        is_before = self._state == IDLE and not self._is_listening
        self._devices.setVisible(is_before)
        self._before_place.setVisible(is_before)
        self.second.show_state(is_recording=self._state == RECORDING, is_shown=is_before or self._state == RECORDING)

    def _on_record_key(self) -> None:
        """Press whichever of the two stands there now, if it may be pressed."""
        shown = self._record if self._state in (IDLE, CLOSING) else self._pause
        if shown.isEnabled():
            shown.click()

    def _on_mark_key(self) -> None:
        if self._state in (RECORDING, PAUSED):
            self.mark_wanted.emit()

    def _on_pause(self) -> None:
        if self._state == PAUSED:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit()

    def _show_buttons(self, state: str) -> None:
        is_open = state in (RECORDING, PAUSED)
        self._record.setVisible(not is_open)
        self._record.setEnabled(state == IDLE)
        self._record.setText(_("Record") if self._no_takes else _("Record another take"))
        self._record.setAccessibleName(self._record.text())
        self._pause.setVisible(is_open)
        self._pause.setEnabled(True)
        self._finish.setEnabled(True)
        self._pause.setText(_("Resume") if state == PAUSED else _("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        self._mark.setVisible(is_open)
        self._finish.setVisible(is_open)

    def _words(self, state: str) -> tuple[str, str]:
        return {
            IDLE: (_("Nothing is being recorded"), ""),
            RECORDING: (_("Recording"), "record"),
            PAUSED: (_("Paused"), ""),
            CLOSING: (_("Saving"), "sealed"),
        }[state]

    def _safe_words(self, state: str) -> str:
        return {
            PAUSED: _("All of it is safe on disk; nothing is being heard"),
            CLOSING: _("Making the archival copy and comparing it"),
        }.get(state, "")

    def _show_advice(self, advice: str) -> None:
        words = advice_words(advice)
        self._advice.setText(words)
        set_property(self._advice, "tone", advice_tone(advice))
        if advice != self._said_advice:
            self._said_advice = advice
            announce(self, words)


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setProperty("surface", "inner")
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def _safe_ago(seconds: float) -> str:
    if seconds <= 1.0:
        return _("safe on disk up to 1 s ago")
    return _("safe on disk up to {seconds} s ago").format(seconds=wording.number(round(seconds + 0.5)))
