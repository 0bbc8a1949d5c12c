# SPDX-License-Identifier: Apache-2.0
"""The list of ways of opening, what can be done with each, and how recovery stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keys.values import DURESS, DURESS_ERASING, PASSPHRASE, SHEETS, WITH_FILE, ShownWay, Standing
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label, rule


class WaysPage(Column):
    """Shows what opens the vault; changes nothing itself."""

    add_wanted = Signal()
    change_wanted = Signal(int)
    drop_wanted = Signal(int)
    sheets_wanted = Signal()
    try_wanted = Signal()
    force_wanted = Signal()

    def __init__(self) -> None:
        """Show nothing until the ways are known."""
        super().__init__(760)
        self.setObjectName("ways_page")
        self._ways, self._notice, self._recovery = column(gap=8), column(), column(gap=12)
        self._add = button(_("Add a passphrase"), "add_way")
        self._add.clicked.connect(self.add_wanted)
        force = button(_("If you are made to give your passphrase…"), "under_force", "flat")
        force.clicked.connect(self.force_wanted)
        opening = card(name="ways_card")
        fill(
            column(opening, edge=24, gap=12),
            label(_("What opens this vault"), "heading"),
            label(_("Each of these opens it alone. A copy made earlier still opens the old way."), "soft"),
            self._ways,
            fill(row(), self._add, None),
        )
        recovery = card(name="recovery_card")
        fill(column(recovery, edge=24, gap=12), label(_("Recovery sheets"), "heading"), self._recovery)
        fill(self.box, label(_("Ways of opening"), "title"), self._notice, opening, recovery)
        fill(self.box, fill(row(), force, None), None)

    def show_standing(self, standing: Standing) -> None:
        """Show the ways and how recovery stands."""
        emptied(self._ways)
        for way in standing.ways:
            self._ways.addWidget(rule())
            self._ways.addWidget(self._row(way))
        emptied(self._recovery)
        self._show_recovery(standing)

    def show_done(self, sentence: str) -> None:
        """Say what was done."""
        emptied(self._notice)
        said = Banner(sentence, "sealed")
        self._notice.addWidget(said)
        said.say()

    def _row(self, way: ShownWay) -> QWidget:
        made = QWidget()
        line = row(made, gap=12)
        line.addWidget(label(way_words(way.kind), "strong"), 1)
        if way.is_mine:
            line.addWidget(Chip(_("You opened with this one"), "action"))
        if way.kind in (PASSPHRASE, WITH_FILE):
            change = button(_("Change"), f"change_{way.slot}", said=_("Change {way}").format(way=way_words(way.kind)))
            change.clicked.connect(lambda: self.change_wanted.emit(way.slot))
            line.addWidget(change)
        if way.may_drop:
            drop = button(_("Drop…"), f"drop_{way.slot}", said=_("Drop {way}").format(way=way_words(way.kind)))
            drop.clicked.connect(lambda: self._ask_to_drop(way))
            line.addWidget(drop)
        return made

    def _show_recovery(self, standing: Standing) -> None:
        tone = "sealed" if standing.is_tried else "care"
        self._recovery.addWidget(label(_recovery_words(standing), "body", name="recovery_state", tone=tone))
        if standing.is_archive:
            told = _("An archive’s sheets are its own key too: keep them with several people.")
            self._recovery.addWidget(label(told, "soft"))
        make = button(_("Make recovery sheets"), "make_sheets", "plain" if standing.is_tried else "main")
        make.clicked.connect(self.sheets_wanted)
        line = row(gap=16)
        if standing.has_sheets:
            proof = button(_("Try the sheets"), "try_sheets")
            proof.clicked.connect(self.try_wanted)
            line.addWidget(proof)
        self._recovery.addLayout(fill(line, None, make))

    def _ask_to_drop(self, way: ShownWay) -> None:
        confirm(
            self,
            lambda: self.drop_wanted.emit(way.slot),
            title=_("Drop this way of opening?"),
            what=_dropping_words(way.kind),
            yes=_("Drop it"),
            no=_("Keep it"),
            is_erasing=True,
        )


def way_words(kind: str) -> str:
    """Return what a way of opening is called."""
    words = {
        PASSPHRASE: _("A passphrase"),
        WITH_FILE: _("A passphrase and a file on a stick"),
        SHEETS: _("Recovery sheets"),
        DURESS: _("A passphrase that opens another vault"),
        DURESS_ERASING: _("A passphrase that opens another vault and erases these ways"),
    }
    return words.get(kind, kind)


def _dropping_words(kind: str) -> str:
    if kind in (DURESS, DURESS_ERASING):
        return _("It opens nothing here any more. The other vault stays as it is.")
    return _("{way} will not open this vault any more.").format(way=way_words(kind))


def _recovery_words(standing: Standing) -> str:
    if not standing.has_sheets:
        return _("There are none. If the passphrase is lost, everything here is lost.")
    if not standing.is_tried:
        return _("Made, but nobody has tried yet whether they open the vault.")
    return _("Made and tried: they open the vault.")
