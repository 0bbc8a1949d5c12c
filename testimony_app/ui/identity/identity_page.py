# SPDX-License-Identifier: Apache-2.0
"""Who the witness is, shown once: nothing of it can be copied, and closing forgets it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.ui.identity.values import ShownIdentity
from testimony_app.ui.intake.risk_words import told_of_risks
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label


class IdentityPage(Column):
    """Shows what it is given until it is told to forget it."""

    closed = Signal()
    lock_wanted = Signal()

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__(760)
        self.setObjectName("identity_page")
        self._title, self._facts = label("", "title"), column(gap=16)
        self._close = button(_("Close without locking"), "close_identity")
        self._lock = button(_("Close and lock"), "lock_identity", "main")
        inner = card(name="identity_card")
        fill(column(inner, edge=32), self._facts)
        fill(
            self.box,
            self._title,
            label(_("Shown here once. Write down only what is needed, on paper."), "lead"),
            inner,
            label(_("Locking ends the program, and its memory with it."), "soft"),
            fill(row(), self._close, None, self._lock),
            None,
        )
        self._close.clicked.connect(self.closed)
        self._lock.clicked.connect(self.lock_wanted)

    def show_identity(self, code: str, identity: ShownIdentity) -> None:
        """Show what stood in the envelope."""
        self.forget()
        self._title.setText(_("The witness of {code}").format(code=ltr(code)))
        facts = (
            (_("Real name"), identity.names),
            (_("Born when, as said"), (identity.birth_date,)),
            (_("Born where"), (identity.birth_place,)),
            (_("How to reach the witness"), identity.contacts),
            (_("Safe hours, and who must not answer"), (identity.safe_hours,)),
            (_("Anything else the keepers should know"), (identity.note,)),
            (_("A guardian, and how they are related"), (identity.guardian,)),
            (_("Who may decide when the witness no longer can"), (identity.proxy,)),
            (_("Talked over before the interview"), told_of_risks(identity.risks)),
        )
        for number, (title, values) in enumerate(facts):
            told = "\n".join(auto(value) for value in values if value)
            if told:
                self._facts.addWidget(_fact(title, told, number))
        self._lock.setFocus()

    def forget(self) -> None:
        """Show nothing any more."""
        emptied(self._facts)
        self._title.setText("")


def _fact(title: str, told: str, number: int) -> QWidget:
    made = QWidget()
    shown = label(told, "heading" if number == 0 else "body", name=f"identity_fact_{number}")
    shown.setAccessibleName(f"{title}: {told}")
    fill(column(made, gap=2), label(title, "small"), shown)
    return made
