# SPDX-License-Identifier: Apache-2.0
"""One card in the middle: which vault, its passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.unlock.half_picker import HalfPicker
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField


class UnlockPage(Column):
    """Passphrase in, Secret out."""

    unlock_requested = Signal(object)
    """A Secret."""
    another_wanted = Signal()
    new_wanted = Signal()
    sheets_wanted = Signal()
    restore_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, folder: Path | None) -> None:
        super().__init__(560)
        self._name = label("", "heading", name="vault_name")
        self._place = label("", "small", name="vault_folder")
        self._folder_wrong = FieldMessage(name="folder_wrong")
        self._field = PassphraseField(_("Passphrase"))
        self._unlock = button(_("Unlock"), "unlock_button", "main")
        self._another = button(_("Choose another vault"), "choose_folder", "flat")
        self._new = button(_("Make a new vault"), "new_vault", "flat")
        self._sheets = button(_("I have recovery sheets"), "have_sheets", "flat")
        self._restore = button(_("Restore a backup"), "restore_backup", "flat")
        self._practice = button(_("Practise with invented people"), "practise", "flat")
        self.half = HalfPicker()
        self._lay_out()
        self._connect()
        self.show_folder(folder)

    def _lay_out(self) -> None:
        self.box.addStretch(1)
        self.box.addWidget(label(_("Open your vault"), "title"))
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 24, 28, 24)
        inner.setSpacing(8)
        inner.addWidget(self._name)
        inner.addWidget(self._place)
        inner.addWidget(self._folder_wrong)
        inner.addSpacing(8)
        inner.addWidget(self._field)
        inner.addWidget(self.half)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._unlock)
        inner.addLayout(row)
        self.box.addWidget(card(inner))
        below = QHBoxLayout()
        below.addWidget(self._another)
        below.addStretch(1)
        below.addWidget(self._new)
        self.box.addLayout(below)
        last = QHBoxLayout()
        last.addWidget(self._sheets)
        last.addStretch(1)
        last.addWidget(self._restore)
        self.box.addLayout(last)
        self.box.addWidget(self._practice, 0, Qt.AlignmentFlag.AlignLeading)
        self.box.addStretch(2)

    def _connect(self) -> None:
        self._field.submitted.connect(self._on_submitted)
        self._unlock.clicked.connect(self._on_submitted)
        self._another.clicked.connect(self.another_wanted)
        self._new.clicked.connect(self.new_wanted)
        self._sheets.clicked.connect(self.sheets_wanted)
        self._restore.clicked.connect(self.restore_wanted)
        self._practice.clicked.connect(self.practice_wanted)

    def show_folder(self, folder: Path | None) -> None:
        """Show which vault is chosen."""
        self._folder_wrong.clear()
        self._name.setText(auto(folder.name) if folder else _("No vault is chosen yet"))
        self._place.setText(
            ltr(str(folder.parent)) if folder else _("Choose the folder of a vault, or make a new one.")
        )
        for part in (self._field, self.half, self._sheets):
            part.setVisible(folder is not None)
        self._unlock.setVisible(folder is not None)

    def offer_this_one_only(self) -> None:
        """Lead to no other vault, as in practice."""
        for part in (*self._ways_out(), self.half):
            part.hide()

    def _ways_out(self) -> tuple[QWidget, ...]:
        return self._another, self._new, self._sheets, self._restore, self._practice

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the vault is being opened."""
        for part in (*self._ways_out(), self._unlock, self.half):
            part.setEnabled(not is_waiting)
        self._unlock.setText(_("Opening …") if is_waiting else _("Unlock"))

    def show_wrong_passphrase(self, sentence: str) -> None:
        """Say beside the field that it does not open."""
        self._field.show_wrong(sentence)

    def show_wrong_folder(self, sentence: str) -> None:
        """Say beside the folder why it can't be opened."""
        self._folder_wrong.show_text(sentence)
        self.take_focus()

    def take_focus(self) -> None:
        """Stand ready for the passphrase, or for the choice of a vault."""
        if self._field.isVisibleTo(self):
            self._field.setFocus()
        else:
            self._another.setFocus()

    def _on_submitted(self) -> None:
        if not self._unlock.isEnabled():
            return
        if self._field.is_empty():
            self._field.show_wrong(_("Type the passphrase of this vault."))
            return
        self._folder_wrong.clear()
        self.unlock_requested.emit(self._field.take())
