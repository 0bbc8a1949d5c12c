# SPDX-License-Identifier: Apache-2.0
"""Which backup, where to, and what opens it; how far it is; then what was found when every byte was read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.restore.values import Wanted
from testimony_app.ui.unlock.create_page import ChoosesFolder
from testimony_app.ui.unlock.half_picker import HalfPicker
from testimony_app.ui.widgets.parts import Column, button, card, label, set_property
from testimony_app.ui.widgets.passphrase_field import PassphraseField
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_ASKING, _WORKING, _DONE = range(3)


class RestorePage(QStackedWidget):
    """Two folders and a passphrase, or the wish to give sheets, in; the word that it is open, out."""

    wanted = Signal(object)
    """What is to be restored, opened with a passphrase."""
    sheets_wanted = Signal(object, object)
    """The backup's folder and the folder of the new vault."""
    cancelled = Signal()
    opened = Signal()
    left = Signal()

    def __init__(self, choose_folder: ChoosesFolder) -> None:
        """Ask for both folders."""
        super().__init__()
        self.setObjectName("restore_page")
        self._choose_folder = choose_folder
        self._backup, self._folder = Path(), Path()
        self._from, self._to = label("", "code", name="restore_from"), label("", "code", name="restore_to")
        self._field, self._half = (
            PassphraseField(_("Its passphrase of that day"), name="restore_passphrase"),
            HalfPicker(),
        )
        self._sheets = button(_("I have recovery sheets"), "restore_with_sheets", "flat")
        self._wrong = FieldMessage(name="restore_wrong")
        self._go = button(_("Restore"), "restore_button", "main")
        self._back = button(_("Back"), "restore_back")
        self._progress = ProgressPanel("", name="restore_progress")
        self._done_told = label("", "lead", name="restored")
        self._open = button(_("Open the vault"), "open_restored", "main")
        for page in (self._asking(), self._working(), self._done()):
            self.addWidget(page)
        self._connect()
        self._show_folders()

    def _connect(self) -> None:
        self._field.submitted.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._back.clicked.connect(self.left)
        self._open.clicked.connect(self.opened)
        self._sheets.clicked.connect(self._on_sheets)
        self._progress.cancel_requested.connect(self.cancelled)

    def show_begun(self) -> None:
        """Show that it has begun."""
        self._progress.begin(_("Restoring the backup"))
        self.setCurrentIndex(_WORKING)

    def show_copied(self, done: int, total: int) -> None:
        """Show how far the copying is: the first half of the way."""
        self._progress.show_progress(done, 2 * total, _("Copied and read back"))

    def show_read(self, done: int, total: int) -> None:
        """Show how far the reading is: the second half."""
        self._progress.show_progress(total + done, 2 * total, _("Every byte is opened and compared"))

    def show_wrong(self, sentence: str) -> None:
        """Ask again, and say why nothing was restored, if there is something to say."""
        self.setCurrentIndex(_ASKING)
        self._wrong.show_text(sentence)

    def show_restored(self, checked: int, damaged: int) -> None:
        """Show that the vault stands, and what of it is damaged."""
        if damaged:
            told = counted(damaged, "{count} part is damaged; all others are intact.",
                           "{count} parts are damaged; all others are intact.")  # fmt: skip
        else:
            told = counted(
                checked, "{count} part was read and is intact.", "All {count} parts were read and are intact."
            )
        self._done_told.setText(told)
        set_property(self._done_told, "tone", "care" if damaged else "sealed")
        self.setCurrentIndex(_DONE)
        self._open.setFocus()

    def choose(self, backup: Path, folder: Path) -> None:
        """Take these folders, as if somebody had picked them."""
        self._backup, self._folder = backup, folder
        self._show_folders()

    def _asking(self) -> QWidget:
        page = Column(720)
        inner = card()
        fill(
            column(inner, edge=24, gap=12),
            label(_("The backup’s folder"), "strong"),
            self._line(self._from, "pick_backup"),
            label(_("An empty folder for the vault"), "strong"),
            self._line(self._to, "pick_target"),
            8,
            self._field,
            self._half,
            fill(row(), self._sheets, None),
            self._wrong,
        )
        fill(
            page.box,
            label(_("Restore a backup"), "title"),
            label(_("The backup stays as it is. Every byte is read before you go on."), "lead"),
            inner,
            fill(row(), self._back, None, self._go),
            None,
        )
        return page

    def _working(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Column(640)
        holder = card(name="restored_card")
        fill(
            column(holder, edge=40, gap=16),
            label(_("The vault is back"), "title"),
            self._done_told,
            fill(row(), None, self._open),
        )
        fill(page.box, 60, holder, None)
        return page

    def _line(self, shown: QLabel, name: str) -> QHBoxLayout:
        said = _("Choose the backup’s folder") if shown is self._from else _("Choose a folder for the vault")
        made = button(_("Choose a folder"), name, said=said)
        made.clicked.connect(lambda: self._on_pick(is_backup=shown is self._from))
        line = fill(row(), shown, made)
        line.setStretch(0, 1)
        return line

    def _on_pick(self, *, is_backup: bool) -> None:
        chosen = self._choose_folder(self, "")
        if chosen and is_backup:
            self.choose(Path(chosen), self._folder)
        elif chosen:
            self.choose(self._backup, Path(chosen))

    def _show_folders(self) -> None:
        for shown, folder in ((self._from, self._backup), (self._to, self._folder)):
            shown.setText(ltr(str(folder)) if folder != Path() else _("No folder is chosen yet."))
        self._wrong.clear()

    def _on_go(self) -> None:
        if not self._has_folders():
            return
        if self._field.is_empty():
            self._field.show_wrong(_("Type the passphrase of this vault."))
        else:
            self.wanted.emit(Wanted(self._backup, self._folder, self._field.take(), self._half.path))

    def _on_sheets(self) -> None:
        if self._has_folders():
            self._field.clear()
            self.sheets_wanted.emit(self._backup, self._folder)

    def _has_folders(self) -> bool:
        if Path() in (self._backup, self._folder):
            self._wrong.show_text(_("Choose both folders first."))
            return False
        return True
