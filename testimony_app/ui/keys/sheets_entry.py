# SPDX-License-Identifier: Apache-2.0
"""Recovery sheets handed over one after the other: typed, or read from their files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.i18n.measures import counted
from testimony_app.ui import theme
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.keys.values import ReadSheet
from testimony_app.ui.layouts import column, emptied, field, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label

_ROOM = 120


class SheetsEntry(QWidget):
    """Shows which sheets are here and how many are still needed; checks none of them."""

    text_given = Signal(str)
    files_given = Signal(object)
    """A list of paths."""
    begun_anew = Signal()

    def __init__(self) -> None:
        """Show that no sheet is here yet."""
        super().__init__()
        self._words = QPlainTextEdit()
        self._words.setTabChangesFocus(True)
        self._words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._words.setFixedHeight(theme.pixels(_ROOM))
        self._wrong = FieldMessage(name="sheet_wrong")
        self._add = button(_("Add this sheet"), "add_sheet")
        self._files = button(_("Read from files…"), "read_sheets")
        self._again = button(_("Begin again"), "begin_again", "flat")
        self._given, self._still = column(gap=4), label("", "strong", name="sheets_needed")
        typed = field(
            _("Words of a sheet"),
            self._words,
            "sheet_words",
            help_line=_("Type them in their order; numbers may be left out."),
        )
        fill(
            column(self, gap=12), self._given, self._still, typed, self._wrong,
            fill(row(), self._add, self._files, None, self._again),
        )  # fmt: skip
        self.setFocusProxy(self._words)
        self._add.clicked.connect(self._on_add)
        self._files.clicked.connect(self._on_files)
        self._again.clicked.connect(self.begun_anew)
        self.show_given(())

    def show_given(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Show the sheets that are here, and how many more are needed; what was typed has been taken."""
        self._words.clear()
        self._wrong.clear()
        emptied(self._given)
        for number, sheet in enumerate(sheets, start=1):
            told = _("Sheet {number}, set {letters}").format(number=digits(str(number)), letters=ltr(sheet.mark))
            self._given.addWidget(label(told, "body", tone="sealed", name=f"sheet_{number}"))
        self._still.setText(_still(sheets))
        self._again.setVisible(bool(sheets))
        if sheets:
            announce(self._still, self._still.text())

    def show_wrong(self, sentence: str) -> None:
        """Say beside the field what is wrong with a sheet; what was typed stays."""
        self._wrong.show_text(sentence)

    def read_files(self, names: list[str]) -> None:
        """Read these files, as if somebody had picked them."""
        self.files_given.emit([Path(name) for name in names])

    def _on_add(self) -> None:
        if self._words.toPlainText().strip():
            self.text_given.emit(self._words.toPlainText())

    def _on_files(self) -> None:
        chooser = QFileDialog(self, _("Read recovery sheets"))
        chooser.setObjectName("sheets_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self.read_files)
        chooser.open()


def are_enough(sheets: tuple[ReadSheet, ...]) -> bool:
    """Tell whether as many sheets are here as they ask for."""
    return bool(sheets) and len(sheets) >= sheets[0].needed


def _still(sheets: tuple[ReadSheet, ...]) -> str:
    if not sheets:
        return _("No sheet is here yet.")
    if are_enough(sheets):
        return _("Enough sheets are here.")
    more = sheets[0].needed - len(sheets)
    return counted(more, "{count} more sheet is needed.", "{count} more sheets are needed.")
