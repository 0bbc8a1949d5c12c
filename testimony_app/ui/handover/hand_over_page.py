# SPDX-License-Identifier: Apache-2.0
"""The last page an interviewer sees before a witness is alone with the laptop."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.parts import Column, button, card, label


class HandOverPage(Column):
    """Says what will happen, and takes one choice."""

    handed_over = Signal(bool)
    """Whether coming back after hiding needs the passphrase."""
    card_wanted = Signal()
    contacts_wanted = Signal()
    """Somebody wants to write down whom a witness can call afterwards."""

    def __init__(self) -> None:
        """Wait for the check."""
        super().__init__(720)
        self.setObjectName("hand_over_page")
        self._hides = Check(_("After hiding, only my passphrase shows the recording again"), name="hides_behind")
        self._go = button(_("Hand over now"), "hand_over_now", "main")
        self._card = button(_("Add the archive’s card"), "add_card")
        self._contacts = button(_("Somebody to call afterwards…"), "aftercare_open", "flat")
        self._notice = column()
        self._lay_out()
        self._go.setEnabled(False)
        self._card.hide()
        self._go.clicked.connect(lambda: self.handed_over.emit(self._hides.isChecked()))
        self._card.clicked.connect(self.card_wanted)
        self._contacts.clicked.connect(self.contacts_wanted)

    def show_ready(self, hindrance: Exception | None, *, needs_card: bool = False) -> None:
        """Show that it can begin, or what stands in the way."""
        emptied(self._notice)
        if hindrance is not None:
            self._notice.addWidget(alerts.banner(hindrance))
        self._card.setVisible(needs_card)
        self._go.setEnabled(hindrance is None)

    def take_focus(self) -> None:
        """Stand ready."""
        self._go.setFocus()

    def _lay_out(self) -> None:
        told = (
            _("The screen fills with one question at a time, in large letters."),
            _("Nothing of this vault can be seen or opened from there."),
            _("Your passphrase takes the laptop back. Without it the screen can’t be left."),
            _("Your vault stays open behind it: stay near. Where nobody can stay, use a drop box."),
        )
        sheet = card(name="hand_over_card")
        inner = column(sheet, edge=24, gap=12)
        for text in told:
            inner.addWidget(label(text))
        fill(inner, 8, self._hides, label(_("Choose this where a stranger could sit down at the laptop."), "small"))
        self.box.addWidget(label(_("Hand over for self-recording"), "title"))
        self.box.addLayout(self._notice)
        self.box.addWidget(sheet)
        self.box.addLayout(fill(row(gap=16), self._card, self._contacts, None, self._go))
        self.box.addStretch(1)
