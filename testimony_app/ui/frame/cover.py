# SPDX-License-Identifier: Apache-2.0
"""The cover: hides everything while a recording goes on, until the passphrase is given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts, theme
from testimony_app.ui.widgets.parts import button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField


class Cover(QWidget):
    """A calm page that shows nothing of what is behind it."""

    unlock_requested = Signal(object)
    """The Secret that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cover")
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = PassphraseField(_("Passphrase"), name="cover_passphrase")
        self._unlock = button(_("Unlock"), "cover_unlock", "main")
        self.notices = QVBoxLayout()
        self.notices.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        sheet = card(self._content(), name="cover_card")
        sheet.setFixedWidth(theme.pixels(560))
        row.addWidget(sheet)
        row.addStretch(1)
        outer.addLayout(self.notices)
        outer.addLayout(row)
        outer.addStretch(2)
        self._field.submitted.connect(self._on_submitted)
        self._unlock.clicked.connect(self._on_submitted)

    def _content(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setContentsMargins(32, 32, 32, 32)
        box.setSpacing(16)
        box.addWidget(label(_("The screen is locked"), "title"))
        box.addWidget(label(_("Everything said is kept, sealed and safe. A recording that runs goes on."), "lead"))
        box.addWidget(self._field)
        box.addWidget(self._unlock, 0, Qt.AlignmentFlag.AlignTrailing)
        return box

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the passphrase is being tried."""
        self._unlock.setEnabled(not is_waiting)
        self._unlock.setText(_("Opening …") if is_waiting else _("Unlock"))

    def show_error(self, error: Exception) -> None:
        """Say beside the field why it does not open."""
        self.show_waiting(False)
        self._field.show_wrong(alerts.field_text(error))

    def reset(self) -> None:
        """Forget what was typed."""
        self.show_waiting(False)
        self._field.clear()
        self._field.show_wrong("")

    def hand_over_notices(self, box: QVBoxLayout) -> None:
        """Move what was noticed meanwhile to where it is shown when the cover is gone."""
        while (item := self.notices.takeAt(0)) is not None:
            notice = item.widget()
            if notice is not None:
                box.addWidget(notice)

    def take_focus(self) -> None:
        """Stand ready for the passphrase."""
        self._field.setFocus()

    def _on_submitted(self) -> None:
        if not self._field.is_empty() and self._unlock.isEnabled():
            secret: Secret = self._field.take()
            self.show_waiting(True)
            self.unlock_requested.emit(secret)
