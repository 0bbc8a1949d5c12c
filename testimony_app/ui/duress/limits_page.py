# SPDX-License-Identifier: Apache-2.0
"""What such a passphrase does and doesn't do, read before anything can be set; not needing it comes first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout

from testimony_app.i18n import limits
from testimony_app.i18n.catalogue import _
from testimony_app.ui.duress.values import Standing
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label


class LimitsPage(Column):
    """Tells; the main action is to leave it."""

    set_wanted = Signal()
    remove_wanted = Signal()
    border_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show nothing to press until it is known how it stands."""
        super().__init__(760)
        self.setObjectName("duress_page")
        first, *rest = limits.duress(erases=False)
        self._notice, self._state = column(), label("", "strong", name="duress_state", tone="care")
        self._acts = column(gap=16)
        inner = card(name="duress_limits")
        fill(
            column(inner, edge=24, gap=12),
            label(_("What it does, and what it does not"), "heading"),
            *(label(sentence) for sentence in rest),
        )
        fill(
            self.box,
            label(_("If you are made to give your passphrase"), "title"),
            label(first, "lead", name="duress_first"),
            self._notice,
            self._state,
            inner,
            self._acts,
            None,
        )

    def show_standing(self, standing: Standing) -> None:
        """Show whether it is set, and what can be done."""
        self._state.setText(_state(standing))
        self._state.setVisible(standing.is_set)
        emptied(self._acts)
        for line in self._lines(standing):
            self._acts.addLayout(line)

    def show_done(self, sentence: str, help_line: str = "") -> None:
        """Say what was done."""
        emptied(self._notice)
        said = Banner(sentence, "action", help_line=help_line)
        self._notice.addWidget(said)
        said.say()

    def _lines(self, standing: Standing) -> list[QLayout]:
        leave = button(_("Back") if standing.is_set else _("I don’t need it"), "duress_leave", "main")
        leave.clicked.connect(self.left)
        first = row(gap=16)
        if standing.may_leave_over_border:
            border = button(_("Empty the vault before a border"), "duress_border")
            border.clicked.connect(self.border_wanted)
            first.addWidget(border)
        fill(first, None, leave)
        second = row(gap=16)
        words = _("Set another one in its place…") if standing.is_set else _("Set it up all the same…")
        make = button(words, "duress_set", "flat")
        make.clicked.connect(self.set_wanted)
        fill(second, make, None)
        if standing.is_set:
            gone = button(_("Remove it…"), "duress_remove")
            gone.clicked.connect(self._ask_to_remove)
            second.addWidget(gone)
        return [first, second]

    def _ask_to_remove(self) -> None:
        confirm(
            self,
            self.remove_wanted.emit,
            title=_("Remove this passphrase?"),
            what="\n".join((_("Given here, it is a wrong one from then on."), _("The other vault stays as it is."))),
            yes=_("Remove it"),
            no=_("Keep it"),
        )


def _state(standing: Standing) -> str:
    if standing.erases:
        return _("One is set. Giving it destroys every other way of opening this vault.")
    return _("One is set. It opens another vault and leaves this one as it is.")
