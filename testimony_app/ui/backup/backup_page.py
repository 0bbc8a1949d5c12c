# SPDX-License-Identifier: Apache-2.0
"""Where the second copy goes, how far it is, and that it was compared."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.measures import counted
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_ASKING, _WORKING, _DONE = range(3)


class BackupPage(QStackedWidget):
    """Tells where to; copies nothing itself."""

    wanted = Signal(object)
    """A Place."""
    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show that no backup is known yet."""
        super().__init__()
        self.setObjectName("backup_page")
        self.places = PlacesList()
        self._last = label("", "strong", name="last_backup")
        self._go = button(_("Make the backup"), "backup_button", "main")
        self._progress = ProgressPanel("", name="backup_progress")
        self._told = label("", "lead", name="backup_done")
        self._home = button(_("Back"), "backup_back", "main")
        for page in (self._asking(), self._working(), self._done()):
            self.addWidget(page)
        self._go.setEnabled(False)
        self.places.chosen.connect(lambda place: self._go.setEnabled(place is not None))
        self._go.clicked.connect(lambda: self.wanted.emit(self.places.place()))
        self._progress.cancel_requested.connect(self.cancelled)
        self._home.clicked.connect(self.left)
        self.show_last("")

    def show_last(self, moment: str) -> None:
        """Show when the last backup was made, or that there was none."""
        made = _("Last backup: {time}").format(time=show_moment(moment)) if moment else _("No backup was made yet.")
        self._last.setText(made)

    def show_begun(self) -> None:
        """Show that it has begun."""
        self._progress.begin(_("Making a backup"))
        self.setCurrentIndex(_WORKING)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.show_progress(done, total, _("Copied, read back and compared"))

    def show_finishing(self) -> None:
        """Show that everything is copied; what comes now is short and is not stopped."""
        self._progress.cancel_button.setEnabled(False)
        self._progress.show_progress(1, 1, _("Writing down what the backup holds"))

    def show_stopped(self) -> None:
        """Show the choice again: the backup before this one still counts."""
        self.setCurrentIndex(_ASKING)

    def show_made(self, copied: int, kept: int, byte_count: int, place: str) -> None:
        """Show what was copied."""
        told = counted(copied, "{count} new part was copied", "{count} new parts were copied")
        there = counted(kept, "{count} was there already", "{count} were there already")
        size = _("{size} written to {place}, read back and compared.")
        written = size.format(size=wording.size(byte_count), place=wording.quoted(place))
        self._told.setText(f"{told}{wording.DOT}{there}\n{written}")
        self.setCurrentIndex(_DONE)
        self._home.setFocus()

    def _asking(self) -> QWidget:
        page = Column(760)
        where = card(name="places_card")
        fill(column(where, edge=24, gap=12), label(_("Where to"), "heading"), self.places)
        fill(
            page.box,
            label(_("Backup"), "title"),
            label(_("A second copy of everything here, encrypted as the vault is."), "lead"),
            self._last,
            where,
            label(_("It opens with the passphrases and sheets of today. Only what is new is copied."), "soft"),
            label(_("What is erased here leaves the backup when the next one is made."), "soft"),
            fill(row(), None, self._go),
            None,
        )
        return page

    def _working(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Column(640)
        holder = card(name="backup_done_card")
        fill(
            column(holder, edge=40, gap=16),
            label(_("The backup is made"), "title", tone="sealed"),
            self._told,
            label(_("It is safe to take the stick out."), "strong"),
            fill(row(), None, self._home),
        )
        fill(page.box, 60, holder, None)
        return page
