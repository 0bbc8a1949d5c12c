# SPDX-License-Identifier: Apache-2.0
"""A second recorder: the reminder and its serial number before, the clap at the start, its card afterwards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import button, label, tapped

_FIELD = 220


class SecondRecorder(QWidget):
    """Tells the serial number, the clap and the card's file; knows no recording."""

    serial_given = Signal(str)
    clapped = Signal()
    card_chosen = Signal(str)
    """The path of a file of its card."""

    def __init__(self) -> None:
        """Know of none."""
        super().__init__()
        self.setObjectName("second_recorder")
        self._is_recording = self._has_takes = self._is_clapped = False
        self._told = label("", "soft", name="second_told")
        self._ask = label(_("Clap once where both recorders hear it:"), "soft", wraps=False)
        self._ask.setMinimumHeight(tapped())
        self._serial = BidiLine(
            _("Serial number of the second recorder"),
            name="second_serial",
            placeholder=_("Its serial number"),
        )
        self._serial.setFixedWidth(theme.pixels(_FIELD))
        self._clap = button(_("We clapped now"), "clap_button")
        self._card = button(_("Bring its card…"), "second_card", "flat")
        self._serial.editingFinished.connect(self._on_serial)
        self._clap.clicked.connect(self.clapped)
        self._card.clicked.connect(self._ask_for_card)
        self._parts = QWidget()
        line = FlowLayout(self._parts)
        for part in (self._serial, self._card, self._ask, self._clap):
            line.addWidget(part)
        fill(column(self, gap=4), self._told, self._parts)
        self.show_state(is_recording=False, is_shown=True)

    @property
    def serial(self) -> str:
        """The serial number as it stands there."""
        return self._serial.text().strip()

    def show_serial(self, serial: str) -> None:
        """Show which recorder runs along; what somebody is typing stays."""
        if not self._serial.hasFocus():
            self._serial.setText(serial)
        self._show()

    def show_takes(self, *, has_takes: bool) -> None:
        """Offer to bring the card, once there is a take to lay it beside."""
        self._has_takes = has_takes
        self._show()

    def show_state(self, *, is_recording: bool, is_shown: bool) -> None:
        """Show what fits before a recording, or during one; nothing while it is saved."""
        if is_recording != self._is_recording:
            self._is_clapped = False
        self._is_recording = is_recording
        self.setVisible(is_shown)
        self._show()

    def show_clapped(self) -> None:
        """Show that the clap is marked; there is one of it in a recording."""
        self._is_clapped = True
        self._show()
        announce(self, self._told.text())

    def _show(self) -> None:
        is_named, is_recording = bool(self.serial), self._is_recording
        may_clap = is_recording and is_named and not self._is_clapped
        self._serial.setVisible(not is_recording)
        self._card.setVisible(not is_recording and self._has_takes)
        self._ask.setVisible(may_clap)
        self._clap.setVisible(may_clap)
        self._parts.setVisible(not is_recording or may_clap)
        told = ""
        if is_recording and self._is_clapped:
            told = _("The clap is marked. The other recorder has heard it, too.")
        elif not is_recording and not is_named:
            told = _("Let a second recorder run along: a voice can’t be repeated.")
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _on_serial(self) -> None:
        self.serial_given.emit(self.serial)
        self._show()

    def _ask_for_card(self) -> None:
        chooser = QFileDialog(self, _("The sound file on its card"))
        chooser.setObjectName("card_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.card_chosen)
        chooser.open()
