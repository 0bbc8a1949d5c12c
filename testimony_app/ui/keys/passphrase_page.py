# SPDX-License-Identifier: Apache-2.0
"""A further passphrase, or another one in the place of one; with a second half on a stick, if somebody wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.keys.values import NewWay
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.new_passphrase import NewPassphrase
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.parts import Column, button, card, label

ChoosesFolder = Callable[[QWidget, str], str]


class PassphrasePage(Column):
    """Passphrase in, NewWay out."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, choose_folder: ChoosesFolder) -> None:
        """Ask for a further passphrase until told otherwise."""
        super().__init__(720)
        self.setObjectName("passphrase_page")
        self._choose_folder, self._folder, self._slot = choose_folder, Path(), -1
        self._title = label("", "title")
        self._new = NewPassphrase()
        self._half = Check(_("Also ask for a file on a stick"), name="with_file")
        self._half_help = label(
            _("Without the file the passphrase opens nothing. A lost file can’t be replaced."), "small"
        )
        self._place, self._place_wrong = label("", "code", name="half_folder"), FieldMessage(name="half_wrong")
        self._choose = button(_("Choose the stick"), "choose_half")
        self._keep = button(_("Use this passphrase"), "keep_way", "main")
        self._back = button(_("Back"), "ways_back")
        self._lay_out()
        self._half.toggled.connect(self._show_half)
        self._choose.clicked.connect(self._on_choose)
        self._keep.clicked.connect(self._on_keep)
        self._new.submitted.connect(self._on_keep)
        self._back.clicked.connect(self.left)
        self.setFocusProxy(self._new)

    def begin(self, slot: int | None) -> None:
        """Ask for a further passphrase, or for one in the place of a way."""
        self._slot = -1 if slot is None else slot
        self._title.setText(_("Add a passphrase") if slot is None else _("Change a passphrase"))
        self._new.take().wipe()
        self._half.setChecked(False)
        self._folder = Path()
        self._show_half()
        self.show_waiting(False)
        self.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say why it wasn't taken."""
        self.show_waiting(False)
        self._new.show_wrong(sentence)

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the key is being made."""
        for part in (self._keep, self._back, self._choose):
            part.setEnabled(not is_waiting)
        self._new.show_waiting(is_waiting)
        self._keep.setText(_("Working …") if is_waiting else _("Use this passphrase"))

    def _lay_out(self) -> None:
        inner = card()
        box = fill(column(inner, edge=24, gap=12), self._new, 8, self._half, self._half_help, self._place)
        fill(box, self._place_wrong, fill(row(), self._choose, None))
        fill(self.box, self._title, inner, fill(row(), self._back, None, self._keep), None)

    def _show_half(self) -> None:
        is_on = self._half.isChecked()
        for part in (self._place, self._choose):
            part.setVisible(is_on)
        self._place.setText(ltr(str(self._folder)) if self._folder != Path() else _("No stick is chosen yet."))
        self._place_wrong.clear()

    def _on_choose(self) -> None:
        chosen = self._choose_folder(self, "")
        if chosen:
            self._folder = Path(chosen)
            self._show_half()

    def _on_keep(self) -> None:
        if not self._keep.isEnabled() or not self._new.is_complete():
            return
        if self._half.isChecked() and self._folder == Path():
            self._place_wrong.show_text(_("Choose the stick that the file is to be written to."))
            return
        self._new.ask_if_weak(self._tell)

    def _tell(self) -> None:
        folder = self._folder if self._half.isChecked() else None
        slot = self._slot if self._slot >= 0 else None
        self.show_waiting(True)
        self.wanted.emit(NewWay(self._new.take(), slot, folder))
