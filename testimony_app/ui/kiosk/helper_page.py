# SPDX-License-Identifier: Apache-2.0
"""For the person who helps: the passphrase that takes the laptop back; without it the only way is back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts, theme
from testimony_app.ui.kiosk.parts import Words, big_button
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import card
from testimony_app.ui.widgets.passphrase_field import PassphraseField


class HelperPage(QWidget):
    """Passphrase in, Secret out."""

    returned = Signal()
    """Back to the witness."""
    submitted = Signal(object)
    """The Secret that was typed."""

    def __init__(self, heading: str, body: str, action: str, *, may_return: bool = True) -> None:
        """Ask for the passphrase, and say what it does."""
        super().__init__()
        self.setObjectName("kiosk_helper_page")
        self._words = Words(heading, body)
        self._field = PassphraseField(_("Passphrase"), name="kiosk_passphrase")
        self._action = action
        self._open = big_button(action, "kiosk_take_back")
        self._return = big_button(_("Go back to the recording"), "kiosk_return", "main")
        self._lay_out()
        self._return.setVisible(may_return)
        self._open.clicked.connect(self._on_submitted)
        self._field.submitted.connect(self._on_submitted)
        self._return.clicked.connect(self.returned)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def said(self) -> str:
        """What stands here, for reading aloud."""
        return self._words.said

    def take_focus(self) -> None:
        """Stand on the safe way."""
        (self._return if self._return.isVisibleTo(self) else self._field).setFocus()

    def show_error(self, error: Exception) -> None:
        """Say beside the field why it does not open."""
        self.show_waiting(is_waiting=False)
        self._field.show_wrong(alerts.field_text(error))

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Show that the passphrase is being tried."""
        self._open.setEnabled(not is_waiting)
        self._open.setText(_("One moment") if is_waiting else self._action)

    def _lay_out(self) -> None:
        sheet = card(name="helper_card")
        fill(column(sheet, edge=24, gap=16), self._field, fill(row(), None, self._open))
        sheet.setMaximumWidth(theme.pixels(640))
        box = column(self, gap=16)
        box.addWidget(self._words, 1)
        fill(box, fill(row(), None, sheet, None), 8)
        box.addWidget(self._return, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(24)

    def _on_submitted(self) -> None:
        if not self._field.is_empty() and self._open.isEnabled():
            self.show_waiting(is_waiting=True)
            self.submitted.emit(self._field.take())
