# SPDX-License-Identifier: Apache-2.0
"""A break: a quiet page without timer, meter or names; how long so far is told only to whoever asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.i18n.measures import durations
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label


class BreakPage(QWidget):
    """Says that nothing is recorded and that everything is safe; ends when somebody says so, never by itself."""

    ended = Signal()
    asked_how_long = Signal()

    def __init__(self) -> None:
        """Start quiet."""
        super().__init__()
        self.setObjectName("break_page")
        self.setProperty("surface", "paper")
        self._recorded = label(_("Nothing is recorded now."), "lead", name="break_recorded")
        self._long = label("", "soft", name="break_how_long")
        self._back = button(_("Go on"), "break_over", "main")
        how_long = button(_("How long so far?"), "break_ask", "flat")
        self._back.clicked.connect(self.ended)
        how_long.clicked.connect(self.asked_how_long)
        lines = (
            label(_("A break"), "title"),
            self._recorded,
            label(_("What was said so far is safe."), "lead"),
            24,
            label(_("Take the time you need. There is no hurry."), "body"),
            label(_("It can help to feel both feet on the floor and to look slowly round the room."), "body"),
            label(_("A glass of water, fresh air, a few words about something else."), "body"),
        )
        inside = fill(column(gap=12), None, *lines, 32, fill(row(gap=16), self._back, how_long, None), self._long, None)
        whole = fill(row(self), None, inside, None)
        whole.setStretch(0, 1)
        whole.setStretch(1, 4)
        whole.setStretch(2, 1)

    def begin(self) -> None:
        """Stand ready, with nothing counted."""
        self._long.setText("")
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _("A break"))

    def show_how_long(self, seconds: float) -> None:
        """Show how long the break has been, once."""
        self._long.setText(_("This break: {length}").format(length=auto(durations(seconds))))
