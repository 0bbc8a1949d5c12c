# SPDX-License-Identifier: Apache-2.0
"""Where the drop box is to be, for how many testimonies, sealed to whom; then what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.i18n.letters import latin_digits
from testimony_app.i18n.measures import counted
from testimony_app.model.partner import Role
from testimony_app.ui import wording
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.dropbox.values import MadeBox, WantedBox
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label

ChoosesFolder = Callable[[QWidget, str], str]
_COUNTS, _USUAL, _DIGITS = (20, 50, 200, 1000), "200", 60


class DropBoxPage(QStackedWidget):
    """Asks, then shows what was made; makes nothing itself."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, role: Role, choose_folder: ChoosesFolder) -> None:
        """Ask; away from the archive its card and digits are asked for as well."""
        super().__init__()
        self.setObjectName("dropbox_page")
        self._is_archive, self._choose_folder = role is Role.ARCHIVE, choose_folder
        self._folder, self._card = Path(), Path()
        self._make_parts()
        self.addWidget(self._asking())
        self.addWidget(self._done())
        self._connect()
        self._show_chosen()

    def choose_folder(self, folder: Path) -> None:
        """Take this folder, as if somebody had picked it."""
        self._folder = folder
        self._show_chosen()

    def choose_card(self, path: Path) -> None:
        """Take this card file, as if somebody had picked it."""
        self._card = path
        self._show_chosen()

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that keys are being made."""
        for part in (self._make, self._back, self._pick, self._pick_card):
            part.setEnabled(not is_waiting)
        self._make.setText(_("Working …") if is_waiting else _("Make the drop box"))

    def show_wrong(self, sentence: str) -> None:
        """Say why nothing was made."""
        self.show_waiting(False)
        self._wrong.show_text(sentence)

    def show_made(self, made: MadeBox) -> None:
        """Show what was made and what to do with it."""
        self.show_waiting(False)
        told = _("It takes {count} testimonies, sealed to {archive}.")
        self._told.setText(told.format(count=digits(str(made.keys)), archive=wording.quoted(made.archive)))
        self._place_made.setText(ltr(str(made.folder)))
        self._number.show_number(made.safety_number)
        self._trusted.setVisible(made.is_trusted_here)
        self._compare.setVisible(not made.is_trusted_here)
        self._number.setVisible(not made.is_trusted_here)
        self.setCurrentIndex(1)
        self._home.setFocus()

    def _make_parts(self) -> None:
        self._place, self._wrong = label("", "code", name="box_folder"), FieldMessage(name="box_wrong")
        self._pick = button(_("Choose a folder"), "pick_box")
        self._name, self._keys = BidiLine("", name=""), Choice(_("For how many testimonies"), name="box_keys")
        self._name.setText(_("Drop box"))
        offered = [(str(count), counted(count, "{count} testimony", "{count} testimonies")) for count in _COUNTS]
        self._keys.offer(offered, _USUAL)
        self._card_name, self._pick_card = (
            label("", "code", name="box_card"),
            button(_("Choose its card…"), "pick_card"),
        )
        self._told_digits = BidiLine("", name="")
        self._told_digits.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._make, self._back = button(_("Make the drop box"), "make_box", "main"), button(_("Back"), "box_back")
        self._told, self._place_made = label("", "lead", name="box_made"), label("", "code")
        self._number = DigitsView()
        self._trusted = label(_("What is given into it is trusted here from now on."), "body", tone="sealed")
        self._compare = label(
            _("Compare these digits at the archive before its first bundle is imported:"), "strong", name="box_compare"
        )
        self._home = button(_("Done"), "box_done", "main")

    def _asking(self) -> QWidget:
        page = Column(760)
        inner = card()
        where = fill(row(), self._place, self._pick)
        where.setStretch(0, 1)
        name = field(
            _("Its name on the card"),
            self._name,
            "box_name",
            help_line=_("It can be read in the folder; a code is enough."),
        )
        box = fill(column(inner, edge=24, gap=16), label(_("An empty folder, best on a stick"), "strong"), where)
        fill(box, fill(row(gap=24), name, field(_("For how many testimonies"), self._keys, "box_keys")))
        if not self._is_archive:
            fill(box, self._archive_card())
        fill(box, self._wrong)
        fill(
            page.box,
            label(_("Drop box"), "title"),
            label(_("A folder for a witness alone: no passphrase, sealed at once."), "lead"),
            inner,
            label(_("Whoever has it can record into it, and can open nothing that is in it."), "soft"),
            label(_("Only the archive opens what was given. Nothing can be changed afterwards."), "soft"),
            fill(row(), self._back, None, self._make),
            None,
        )
        return page

    def _archive_card(self) -> QWidget:
        made = QWidget()
        where = fill(row(), self._card_name, self._pick_card)
        where.setStretch(0, 1)
        told = field(
            _("The 60 digits that the archive tells you"),
            self._told_digits,
            "box_digits",
            help_line=_("By voice or on paper, not from the stick the card came on."),
        )
        fill(column(made, gap=12), label(_("The archive it is sealed to, for ever"), "strong"), where, told)
        return made

    def _done(self) -> QWidget:
        page = Column(720)
        holder = card(name="box_made_card")
        fill(
            column(holder, edge=40, gap=16),
            label(_("The drop box is ready"), "title", tone="sealed"),
            self._told,
            self._place_made,
            self._trusted,
            self._compare,
            self._number,
            label(_("To use it: start Govah, “Choose another vault”, and take this folder.")),
            label(_("Afterwards carry its folder “out” to the archive.")),
            label(_("If it is lost or taken, revoke its card at the archive."), "strong"),
            fill(row(), None, self._home),
        )
        fill(page.box, 40, holder, None)
        return page

    def _connect(self) -> None:
        self._pick.clicked.connect(self._on_pick)
        self._pick_card.clicked.connect(self._on_pick_card)
        self._make.clicked.connect(self._on_make)
        self._back.clicked.connect(self.left)
        self._home.clicked.connect(self.left)

    def _show_chosen(self) -> None:
        self._place.setText(ltr(str(self._folder)) if self._folder != Path() else _("No folder is chosen yet."))
        self._card_name.setText(ltr(self._card.name) if self._card != Path() else _("No card is chosen yet."))
        self._wrong.clear()

    def _on_pick(self) -> None:
        chosen = self._choose_folder(self, "")
        if chosen:
            self.choose_folder(Path(chosen))

    def _on_pick_card(self) -> None:
        chooser = QFileDialog(self, _("Choose a card"))
        chooser.setObjectName("box_card_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.choose_card(Path(name)))
        chooser.open()

    def _on_make(self) -> None:
        number = "".join(one for one in latin_digits(self._told_digits.text()) if one.isascii() and one.isdigit())
        missing = self._missing(number)
        self._wrong.show_text(missing)
        if not missing:
            self.show_waiting(True)
            name, keys = self._name.text().strip(), int(self._keys.value())
            chosen = None if self._is_archive else self._card
            self.wanted.emit(WantedBox(self._folder, name, keys, chosen, number))

    def _missing(self, number: str) -> str:
        if self._folder == Path():
            return _("Choose the folder of the drop box.")
        if not self._name.text().strip():
            return _("Give the drop box a name.")
        if self._is_archive:
            return ""
        if self._card == Path():
            return _("Choose the archive’s card.")
        return "" if len(number) == _DIGITS else _("Type all 60 digits.")
