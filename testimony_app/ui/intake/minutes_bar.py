# SPDX-License-Identifier: Apache-2.0
"""What a witness may still do about the last minutes: have them not passed on, or erase them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import button, label

_MINUTES = (1, 2, 5, 10, 30)


class MinutesBar(QWidget):
    """Stands below a running recording; knows how far back somebody wants to go."""

    withhold_wanted = Signal(float)
    """Seconds: these are not to be passed on."""
    erase_wanted = Signal(float)
    """Seconds: these are to be destroyed; it was asked, and answered with yes."""

    def __init__(self) -> None:
        """Offer to go back two minutes."""
        super().__init__()
        self.setObjectName("minutes_bar")
        self._back = Choice(_("How far back"), name="minutes_back")
        self._back.offer([(str(minutes * 60), durations(minutes * 60)) for minutes in _MINUTES], "120")
        self._withhold = button(_("Don’t pass on"), "withhold_button")
        self._erase = button(_("Erase…"), "erase_minutes_button")
        self._withhold.clicked.connect(lambda: self.withhold_wanted.emit(self.seconds))
        self._erase.clicked.connect(self._ask)
        line, before = FlowLayout(self), label(_("The last"), "soft", wraps=False)
        before.setMinimumHeight(self._back.minimumHeight())
        for part in (before, self._back, self._withhold, self._erase):
            line.addWidget(part)

    @property
    def seconds(self) -> float:
        """How far back."""
        return float(self._back.value())

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Show that an erasing is under way."""
        self._erase.setEnabled(not is_waiting)

    def _ask(self) -> None:
        seconds = self.seconds
        what = _("The last {length} will be destroyed on this computer. Nobody can bring them back.")
        confirm(
            self,
            lambda: self.erase_wanted.emit(seconds),
            title=_("Erase the last {length}?").format(length=durations(seconds)),
            what=what.format(length=durations(seconds)),
            yes=_("Erase them for good"),
            no=_("Keep them"),
            is_erasing=True,
        )
