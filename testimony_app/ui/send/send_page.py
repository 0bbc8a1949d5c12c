# SPDX-License-Identifier: Apache-2.0
"""Sending: what waits, where to, one button; then how far it is, and that the stick may be taken out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.places import Place
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.send.values import Exported, ReceiptsChecked, Waiting
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.parts import Column as Body
from testimony_app.ui.widgets.parts import button, card, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel
from testimony_app.ui.widgets.table import Cell, Column, Table, TableRow, in_card

_CHOOSING, _WRITING, _DONE = range(3)


class SendPage(QWidget):
    """Writes nothing itself; tells where to, and when to stop."""

    export_wanted = Signal(object)
    """Place."""
    receipts_wanted = Signal(object)
    """Place."""
    place_chosen = Signal(object)
    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show that nothing waits."""
        super().__init__()
        self.setObjectName("send_page")
        self._waiting: tuple[Waiting, ...] = ()
        self.places = PlacesList()
        self._make_parts()
        self._stack = QStackedWidget()
        for shown in (self._choosing(), self._writing(), self._done()):
            self._stack.addWidget(shown)
        fill(column(self), self._stack)
        self._connect()

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """Show what has been sealed and not yet carried."""
        self._waiting = waiting
        self._summary.setText(_summary(waiting))
        self._table.show_rows([_shown(one) for one in waiting])
        self._below.setCurrentIndex(0 if waiting else 1)
        self._below.setFixedHeight(max(120, self._table.height_for_rows() + 16) if waiting else 120)
        self._allow()

    def show_receipts_found(self, count: int) -> None:
        """Offer to check the receipts that lie at the chosen place."""
        emptied(self._receipts)
        if not count:
            return
        told = counted(count, "{count} receipt lies there.", "{count} receipts lie there.")
        shown = Banner(told, "action", action=_("Check the receipts"), may_close=False)
        shown.action_button.setObjectName("check_receipts")
        shown.acted.connect(lambda: self.receipts_wanted.emit(self.places.place()))
        self._receipts.addWidget(shown)

    def show_receipts_checked(self, checked: ReceiptsChecked) -> None:
        """Show which testimonies the archive has proved to hold."""
        emptied(self._receipts)
        codes = _(", ").join(ltr(code) for code in checked.accepted)
        if checked.accepted:
            told = counted(len(checked.accepted), "{count} receipt is good.", "{count} receipts are good.")
            self._receipts.addWidget(Banner(told, "sealed", help_line=codes))
        for one in checked.turned_away:
            shown = Banner(
                _("{code}: {what}").format(code=ltr(one.code), what=one.what),
                "care",
                help_line=f"{one.safe} {one.next_step}",
                may_close=False,
            )
            shown.setObjectName(f"turned_away_{one.code}")
            self._receipts.addWidget(shown)
        for name, why in checked.refused:
            self._receipts.addWidget(Banner(wording.quoted(name), "care", help_line=why))

    def show_begun(self, place: Place) -> None:
        """Show that the writing has begun."""
        self._progress.begin(_("Writing to {place}").format(place=wording.quoted(place.name)))
        self._stack.setCurrentIndex(_WRITING)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is: each file is written, then read back."""
        self._progress.show_progress(done, total, _("Written, flushed, read back and compared"))

    def show_stopped(self) -> None:
        """Show the choice again: nothing was left half done."""
        self._stack.setCurrentIndex(_CHOOSING)

    def show_exported(self, exported: Exported) -> None:
        """Show what was written and that the stick may be taken out."""
        count = len(exported.codes)
        self._done_title.setText(
            counted(count, "{count} testimony is on the stick", "{count} testimonies are on the stick")
        )
        told = _("{size} written to {place}, read back and compared.")
        self._done_told.setText(
            told.format(size=wording.size(exported.byte_count), place=wording.quoted(exported.place))
        )
        self._codes.setText(_(", ").join(ltr(code) for code in exported.codes))
        emptied(self._refused)
        for code, why in exported.refused:
            self._refused.addWidget(Banner(ltr(code), "care", help_line=why, may_close=False))
        self._stack.setCurrentIndex(_DONE)
        self._home.setFocus()

    def _make_parts(self) -> None:
        self._summary = label("", "lead", name="send_summary")
        self._table = Table(
            (Column(_("Code")), Column(_("Language"), stretches=True), Column(_("Length")), Column(_("Size"))),
            name="waiting",
            title=_("What waits for export"),
        )
        self._below, self._receipts, self._refused = QStackedWidget(), column(), column()
        self._export = button(_("Export"), "export_button", "main")
        self._progress = ProgressPanel("", name="export_progress")
        self._done_title = label("", "title", name="export_done", tone="sealed")
        self._done_told, self._codes = label("", "lead"), label("", "soft", name="export_codes")
        self._home = button(_("Back to the testimonies"), "back_home", "main")

    def _connect(self) -> None:
        self.places.chosen.connect(self._on_place)
        self._export.clicked.connect(lambda: self.export_wanted.emit(self.places.place()))
        self._progress.cancel_requested.connect(self.cancelled)
        self._home.clicked.connect(self.left)

    def _choosing(self) -> QWidget:
        page = Body(860)
        self._below.addWidget(in_card(self._table))
        self._below.addWidget(_nothing())
        where = card(name="places_card")
        fill(column(where, edge=20, gap=12), label(_("Where to"), "heading"), self.places)
        box: QVBoxLayout = page.box
        fill(box, label(_("Export to USB stick"), "title"), self._summary, 8, self._receipts, self._below, where)
        fill(box, label(_("File names say nothing. Only the archive can open what is written."), "soft"))
        fill(box, fill(row(), None, self._export), None)
        return page

    def _writing(self) -> QWidget:
        page = Body(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Body(640)
        holder: QFrame = card(name="export_done_card")
        fill(
            column(holder, edge=40, gap=16),
            self._done_title,
            self._done_told,
            self._codes,
            label(_("It is safe to take the stick out."), "strong", name="safe_to_remove"),
            self._refused,
            16,
            fill(row(), None, self._home),
        )
        fill(page.box, 60, holder, None)
        return page

    def _on_place(self, place: Place | None) -> None:
        self._allow()
        self.show_receipts_found(0)
        self.place_chosen.emit(place)

    def _allow(self) -> None:
        self._export.setEnabled(bool(self._waiting) and self.places.place() is not None)


def _shown(one: Waiting) -> TableRow:
    length = wording.length_words(one.seconds, one.word_count)
    cells = (
        Cell(ltr(one.code), "code"),
        Cell(wording.languages(one.languages)),
        Cell(length),
        Cell(wording.size(one.byte_count), "soft"),
    )
    return TableRow(one.code, cells)


def _summary(waiting: tuple[Waiting, ...]) -> str:
    if not waiting:
        return _("Nothing is waiting.")
    told = counted(len(waiting), "{count} sealed testimony is waiting", "{count} sealed testimonies are waiting")
    return told + wording.DOT + wording.size(sum(one.byte_count for one in waiting))


def _nothing() -> QWidget:
    shown = card(name="nothing_waits")
    fill(
        column(shown, edge=24, gap=8),
        None,
        label(_("Sealed testimonies will wait here for a stick."), "heading"),
        label(_("Receipts on a stick can be checked all the same: choose it below."), "soft"),
        None,
    )
    return shown
