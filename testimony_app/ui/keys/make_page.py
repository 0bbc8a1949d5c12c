# SPDX-License-Identifier: Apache-2.0
"""Making recovery sheets: one, or shares among several people; then what to do with the files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.keys.passphrase_page import ChoosesFolder
from testimony_app.ui.keys.sheet_texts import SheetTexts, recovery_texts
from testimony_app.ui.keys.values import MadeSheets, WantedSheets
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label

_MOST = 16
_KEEPERS, _NEEDED = "3", "2"


class MakePage(QStackedWidget):
    """Asks how many sheets and where to; shows them when they are written."""

    wanted = Signal(object)
    """WantedSheets."""
    try_wanted = Signal()
    left = Signal()

    def __init__(self, choose_folder: ChoosesFolder, texts: SheetTexts | None = None) -> None:
        """Offer shares for three people of whom two are needed; without other texts they open the vault."""
        super().__init__()
        self._texts = texts or recovery_texts()
        self.setObjectName("make_sheets_page")
        self._choose_folder, self._folder = choose_folder, Path()
        self._count = Choice(_("How many sheets"), name="sheet_count")
        self._needed = Choice(self._texts.needed, name="sheet_needed")
        self._place, self._wrong = label("", "code", name="sheets_folder"), FieldMessage(name="sheets_wrong")
        self._choose = button(_("Choose a folder"), "choose_sheets_folder")
        self._write = button(_("Write the sheets"), "write_sheets", "main")
        self._later = button(_("Back"), "sheets_back")
        self._made_title, self._made_files = label("", "title", tone="sealed"), label("", "code", name="made_files")
        self._made_key = label(
            _("They are the archive’s own key too: they open every bundle without the vault."), "body"
        )
        self._try = button(_("Try the sheets"), "try_made_sheets", "main")
        self.addWidget(self._asking())
        self.addWidget(self._done())
        self._count.chosen.connect(lambda _value: self._offer_needed())
        self._choose.clicked.connect(self._on_choose)
        self._write.clicked.connect(self._on_write)
        self._later.clicked.connect(self.left)
        self._try.clicked.connect(self.try_wanted)

    def begin(self, *, is_archive: bool, is_first: bool) -> None:
        """Ask; an archive is offered shares, a collector one sheet; the first start says that it can be put off."""
        numbers = [str(number) for number in range(self._texts.fewest, _MOST + 1)]
        self._count.offer([(each, digits(each)) for each in numbers], _KEEPERS if is_archive else "1")
        self._offer_needed()
        self._later.setText(_("Later…") if is_first else _("Back"))
        self._later.setAccessibleName(self._later.text())
        self._folder = Path()
        self._show_folder()
        self.show_waiting(False)
        self.setCurrentIndex(0)
        self._count.setFocus()

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the sheets are being written and tried."""
        for part in (self._write, self._later, self._choose):
            part.setEnabled(not is_waiting)
        self._write.setText(_("Writing …") if is_waiting else _("Write the sheets"))

    def show_wrong(self, sentence: str) -> None:
        """Say beside the folder why nothing was written."""
        self.show_waiting(False)
        self._wrong.show_text(sentence)

    def show_made(self, made: MadeSheets) -> None:
        """Show what lies where, and that it is to be printed and tried."""
        self._made_title.setText(_("The sheets are written"))
        self._made_files.setText(ltr(made.folder) + "\n" + "\n".join(ltr(name) for name in made.files))
        self._made_key.setVisible(made.is_archive_key)
        self.setCurrentIndex(1)
        self._try.setFocus()

    def choose_folder(self, folder: Path) -> None:
        """Write to this folder, as if somebody had picked it."""
        self._folder = folder
        self._show_folder()

    def _asking(self) -> QWidget:
        page = Column(760)
        inner = card()
        where = fill(row(), self._place, self._choose)
        where.setStretch(0, 1)
        fill(
            column(inner, edge=24, gap=16),
            fill(row(gap=24), field(_("How many sheets"), self._count, "sheet_count"),
                 field(self._texts.needed, self._needed, "sheet_needed")),
            label(self._texts.several, "soft"),
            label(_("Folder"), "strong"),
            where,
            self._wrong,
            label(_("Best a stick that you can erase after printing. The files are for printers."), "small"),
        )  # fmt: skip
        fill(
            page.box,
            label(self._texts.title, "title"),
            label(self._texts.lead, "lead"),
            inner,
            fill(row(), self._later, None, self._write),
            None,
        )
        return page

    def _done(self) -> QWidget:
        page = Column(720)
        inner = card(name="sheets_made_card")
        fill(
            column(inner, edge=32, gap=16),
            self._made_title,
            self._made_files,
            label(self._texts.held, "strong"),
            self._made_key,
            label(_("Now prove that the paper is right: type one set of sheets from it."), "body"),
            fill(row(), None, self._try),
        )
        fill(page.box, 40, inner, None)
        return page

    def _offer_needed(self) -> None:
        count = int(self._count.value() or "1")
        offered = ["1"] if count == 1 else [str(number) for number in range(2, count + 1)]
        self._needed.offer([(each, digits(each)) for each in offered], _NEEDED)
        self._needed.setEnabled(count > 1)

    def _show_folder(self) -> None:
        self._place.setText(ltr(str(self._folder)) if self._folder != Path() else _("No folder is chosen yet."))
        self._wrong.clear()

    def _on_choose(self) -> None:
        chosen = self._choose_folder(self, "")
        if chosen:
            self.choose_folder(Path(chosen))

    def _on_write(self) -> None:
        if self._folder == Path():
            self._wrong.show_text(_("Choose the folder to write to."))
            return
        self.show_waiting(True)
        self.wanted.emit(WantedSheets(int(self._needed.value()), int(self._count.value()), self._folder))
