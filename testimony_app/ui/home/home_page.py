# SPDX-License-Identifier: Apache-2.0
"""A collector's first page: how many testimonies there are, what can be done, and the table of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from testimony_app.i18n import terms
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted
from testimony_app.model.listing import Page, Row
from testimony_app.model.testimony import State
from testimony_app.ui import wording
from testimony_app.ui.erasing import ask_to_erase
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.parts import card, label
from testimony_app.ui.widgets.table import Cell, Column, Table, TableRow, in_card


class HomePage(QWidget):
    """Shows the vault at a glance; tells what somebody wants to do next."""

    new_interview_wanted = Signal()
    export_wanted = Signal()
    hand_over_wanted = Signal()
    card_wanted = Signal()
    opened = Signal(str)
    """A draft to go on with."""
    kept_opened = Signal(str)
    amend_wanted = Signal(str)
    """A sealed testimony to look at."""
    again_wanted = Signal(str)
    """The code of one that is to be exported once more, as when a stick was lost."""
    erase_wanted = Signal(str)
    more_wanted = Signal()

    def __init__(self) -> None:
        """Build the page empty; `show_page` fills it."""
        super().__init__()
        self.setObjectName("home_page")
        self.setProperty("surface", "paper")
        self._rows: dict[str, Row] = {}
        self._make_parts()
        self._lay_out()
        self._connect()

    def hasHeightForWidth(self) -> bool:
        """Return that the page takes the height it is given: what needs more scrolls inside it."""
        return False

    def show_page(self, page: Page, *, waiting: int, has_archive: bool) -> None:
        """Show the testimonies, how many wait for export, and whether an archive's card is known."""
        self._rows = {row.id: row for row in page.rows}
        drafts = sum(row.state is State.DRAFT for row in page.rows)
        self._summary.setText(_summary(page.total, drafts, waiting))
        self._table.show_rows([_table_row(row) for row in page.rows])
        self._below.setCurrentIndex(0 if page.rows else 1)
        self._export.show_words(_("Export to USB stick"), _export_help(waiting))
        self._card.setVisible(not has_archive)

    def add_rows(self, page: Page) -> None:
        """Show further testimonies below."""
        self._rows |= {row.id: row for row in page.rows}
        self._table.add_rows([_table_row(row) for row in page.rows])

    def menu_for(self, row: Row) -> QMenu:
        """Return what can be done: go on with a draft or erase it; see where a sealed one stands."""
        menu = QMenu(self._table)
        menu.setObjectName("draft_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row.state is not State.DRAFT:
            show = menu.addAction(_("Receipt and removal of {code}").format(code=ltr(row.code)))
            show.setObjectName("open_kept")
            show.triggered.connect(lambda: self.kept_opened.emit(row.id))
            if row.state is State.CARRIED:
                again = menu.addAction(_("Export {code} once more…").format(code=ltr(row.code)))
                again.setObjectName("export_again")
                again.triggered.connect(lambda: self.again_wanted.emit(row.code))
            amend = menu.addAction(_("Change or withdraw the consent…"))
            amend.setObjectName("amend_consent")
            amend.triggered.connect(lambda: self.amend_wanted.emit(row.id))
            return menu
        go_on = menu.addAction(_("Go on with {code}").format(code=ltr(row.code)))
        go_on.setObjectName("open_draft")
        go_on.triggered.connect(lambda: self.opened.emit(row.id))
        erase = menu.addAction(_("Erase this draft…"))
        erase.setObjectName("erase_draft")
        erase.triggered.connect(lambda: self.ask_to_erase(row))
        return menu

    def ask_to_erase(self, row: Row) -> None:
        """Ask once, in plain words, what would be gone for good."""
        ask_to_erase(self, row.code, lambda: self.erase_wanted.emit(row.id))

    def _make_parts(self) -> None:
        self._summary = label("", "lead", name="home_summary", wraps=False)
        self._new = CardButton(
            _("New interview"), _("Consent, recording and notes, step by step"), "new_interview", is_main=True
        )
        self._export = CardButton(_("Export to USB stick"), "", "export")
        self._hand_over = CardButton(
            _("Hand over for self-recording"), _("A witness alone with one screen, in large letters"), "hand_over"
        )
        self._card = CardButton(_("Add the archive’s card"), _("Needed before anything can be sealed"), "add_card")
        self._card.hide()
        headings = (
            Column(_("Code")),
            Column(_("Witness"), stretches=True),
            Column(_("Kind"), may_go=True),
            Column(_("Language"), stretches=True, may_go=True),
            Column(_("Length"), may_go=True),
            Column(_("State")),
            Column("", stretches=True, may_go=True),
        )
        self._table = Table(headings, name="testimonies", title=_("Testimonies on this computer"))
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        self._below = QStackedWidget()
        self._below.addWidget(in_card(self._table))
        self._below.addWidget(_empty())
        actions = row(gap=16)
        for action in (self._new, self._hand_over, self._export, self._card):
            actions.addWidget(action, 1)
        page = column(self, gap=0)
        page.setContentsMargins(40, 32, 40, 32)
        fill(page, label(_("Testimonies on this computer"), "title"), 4, self._summary, 24, actions, 24)
        page.addWidget(self._below, 1)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_interview_wanted)
        self._export.clicked.connect(self.export_wanted)
        self._hand_over.clicked.connect(self.hand_over_wanted)
        self._card.clicked.connect(self.card_wanted)
        self._table.opened.connect(self._on_opened)
        self._table.more_wanted.connect(self.more_wanted)
        self._table.customContextMenuRequested.connect(self._on_menu)

    def _on_opened(self, key: str) -> None:
        if self._rows[key].state is State.DRAFT:
            self.opened.emit(key)
        else:
            self.kept_opened.emit(key)

    def _on_menu(self, at: QPoint) -> None:
        chosen = self._rows.get(self._table.current_key())
        if chosen is not None:
            self.menu_for(chosen).popup(self._table.viewport().mapToGlobal(at))


def _table_row(row: Row) -> TableRow:
    cells = (
        Cell(ltr(row.code), "code"),
        Cell(wording.quoted(row.pseudonym)),
        Cell(terms.kind(row.kind)),
        Cell(wording.languages(row.languages)),
        Cell(wording.length(row)),
        Cell(wording.state_word(row.state), "chip", wording.state_tone(row.state)),
        Cell(wording.remark(row), "soft"),
    )
    return TableRow(row.id, cells)


def _summary(total: int, drafts: int, waiting: int) -> str:
    if not total:
        return _("Nothing here yet.")
    told = [counted(total, "{count} testimony", "{count} testimonies")]
    if drafts:
        told.append(counted(drafts, "{count} draft", "{count} drafts"))
    if waiting:
        told.append(counted(waiting, "{count} waiting for export", "{count} waiting for export"))
    return wording.DOT.join(told)


def _export_help(waiting: int) -> str:
    if not waiting:
        return _("Nothing is waiting; receipts can be checked")
    return counted(waiting, "{count} sealed testimony is waiting", "{count} sealed testimonies are waiting")


def _empty() -> QWidget:
    shown = card(name="home_empty")
    fill(
        column(shown, edge=48, gap=12),
        None,
        label(_("Here the testimonies taken on this computer will stand."), "heading"),
        label(_("Start with a new interview. Everything is encrypted from the first second."), "soft"),
        label(_("A draft can be opened and erased here until it is sealed to the archive."), "soft"),
        None,
    )
    return shown
