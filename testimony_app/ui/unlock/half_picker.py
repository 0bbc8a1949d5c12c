# SPDX-License-Identifier: Apache-2.0
"""The second half of a passphrase: which file on a stick it is, if this vault asks for one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.layouts import fill, row
from testimony_app.ui.widgets.parts import button, label


class HalfPicker(QWidget):
    """Tells the file that was picked; reads nothing of it."""

    picked = Signal()

    def __init__(self) -> None:
        """Show that none is asked for."""
        super().__init__()
        self.path: Path | None = None
        self._told = label("", "soft", name="half_file")
        self._pick = button(_("My passphrase needs a file on a stick…"), "pick_half", "flat")
        self._drop = button(_("Without a file"), "drop_half", "flat")
        fill(row(self), self._told, self._pick, self._drop, None)
        self._pick.clicked.connect(self._on_pick)
        self._drop.clicked.connect(lambda: self.choose(""))
        self.choose("")

    def choose(self, name: str) -> None:
        """Take this file, as if somebody had picked it; an empty name takes it off."""
        self.path = Path(name) if name else None
        self._told.setText(_("With the file {name}").format(name=wording.quoted(self.path.name)) if self.path else "")
        self._told.setVisible(self.path is not None)
        self._drop.setVisible(self.path is not None)
        self._pick.setVisible(self.path is None)
        self.picked.emit()

    def _on_pick(self) -> None:
        chooser = QFileDialog(self, _("Choose the file on the stick"))
        chooser.setObjectName("half_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.choose)
        chooser.open()
