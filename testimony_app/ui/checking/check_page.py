# SPDX-License-Identifier: Apache-2.0
"""When the last check was, how far this one is, and what was found, with what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted
from testimony_app.ui.checking.values import Checked, Trouble
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label, rule, set_property
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_ASKING, _WORKING, _DONE = range(3)


class CheckPage(QStackedWidget):
    """Shows; reads nothing itself."""

    wanted = Signal()
    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show that no check is known yet."""
        super().__init__()
        self.setObjectName("check_page")
        self._last = label("", "strong", name="last_check")
        self._go = button(_("Check everything"), "check_button", "main")
        self._progress = ProgressPanel("", name="check_progress")
        self._title, self._told = label("", "title", name="check_title"), label("", "lead", name="check_told")
        self._troubles = column(gap=12)
        self._home = button(_("Back"), "check_back", "main")
        for page in (self._asking(), self._working(), self._done()):
            self.addWidget(page)
        self._go.clicked.connect(self.wanted)
        self._progress.cancel_requested.connect(self.cancelled)
        self._home.clicked.connect(self.left)
        self.show_last("")

    def show_last(self, moment: str) -> None:
        """Show when everything was last checked, or that it never was."""
        told = _("Last checked: {time}").format(time=show_moment(moment)) if moment else _("It was not checked yet.")
        self._last.setText(told)

    def show_begun(self) -> None:
        """Show that it has begun."""
        self._progress.begin(_("Checking everything"))
        self.setCurrentIndex(_WORKING)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.show_progress(done, total, _("Every byte is opened and compared"))

    def show_stopped(self) -> None:
        """Show the choice again: nothing was written down."""
        self.setCurrentIndex(_ASKING)

    def show_checked(self, checked: Checked) -> None:
        """Show what was found, and what to do about each."""
        emptied(self._troubles)
        is_well = not checked.troubles
        self._title.setText(_("Everything is as it was written") if is_well else _("Something is damaged"))
        set_property(self._title, "tone", "sealed" if is_well else "record")
        self._told.setText(_summary(checked))
        for number, trouble in enumerate(checked.troubles, start=1):
            self._troubles.addWidget(rule())
            self._troubles.addWidget(_shown(number, trouble))
        self.setCurrentIndex(_DONE)
        self._home.setFocus()

    def _asking(self) -> QWidget:
        page = Column(760)
        fill(
            page.box,
            label(_("Check everything"), "title"),
            label(_("Every byte is read and compared with what was written."), "lead"),
            self._last,
            label(_("Nothing is changed. Do it once a month, and after a fall or a full disk."), "soft"),
            fill(row(), None, self._go),
            None,
        )
        return page

    def _working(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Column(760)
        holder = card(name="check_done_card")
        fill(column(holder, edge=40, gap=16), self._title, self._told, self._troubles, fill(row(), None, self._home))
        fill(page.box, 40, holder, None)
        return page


def _summary(checked: Checked) -> str:
    found = len(checked.troubles)
    if any(trouble.kind == "database" for trouble in checked.troubles):
        return _("Nothing else could be read.")
    if found:
        return counted(
            found,
            "{count} part is damaged; all others are intact.",
            "{count} parts are damaged; all others are intact.",
        )
    return counted(checked.count, "{count} part was read and is intact.", "All {count} parts were read and are intact.")


def _shown(number: int, trouble: Trouble) -> QWidget:
    made = QWidget()
    what, then = _words(trouble)
    pieces = [label(ltr(trouble.testimony), "strong")] if trouble.testimony else []
    fill(column(made, gap=4), *pieces, label(what, name=f"trouble_{number}"), label(then, "strong"))
    return made


def _words(trouble: Trouble) -> tuple[str, str]:
    """Return what is wrong with a part, and what to do."""
    if trouble.kind in ("database", "custody"):
        what = (
            _("The database can’t be read to its end.")
            if trouble.kind == "database"
            else _("The log does not agree with what is here: an older state may have been put back.")
        )
        return what, _("Change nothing now. Restore the newest backup to another folder and compare.")
    if trouble.kind == "bundle":
        gone = trouble.reason == "missing"
        what = _("Its sealed file is gone, and was never carried.") if gone else _("Its sealed file was changed.")
        return what, _("Restore the newest backup to another folder, and carry it from there.")
    gone = trouble.reason == "missing"
    what = _("A part of it is missing on the disk.") if gone else _("A part of it is not as it was written.")
    return what, _("Restore the newest backup to another folder, or import its bundle there again.")
