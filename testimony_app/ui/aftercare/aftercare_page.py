# SPDX-License-Identifier: Apache-2.0
"""A few people or help lines: who, how, and when; each in a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.aftercare import MOST, Contact
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import Column, button, card, label


class AftercarePage(Column):
    """Has room for as many as help, and keeps what is whole."""

    kept = Signal(object)
    """A tuple of Contact, as it stands in the rows."""
    cards_wanted = Signal(str)
    """How the archive is reached, to be printed on cards for witnesses."""

    def __init__(self) -> None:
        """Start with empty rows."""
        super().__init__(760)
        self.setObjectName("aftercare_page")
        self._rows = [_ContactRow(number) for number in range(1, MOST + 1)]
        self._more = button(_("One more"), "aftercare_more", "flat")
        self._keep = button(_("Keep"), "aftercare_keep", "main")
        self._reached, self._told = BidiLine("", name=""), label("", "strong", name="cards_told", tone="sealed")
        fill(
            self.box,
            label(_("Somebody to call afterwards"), "title"),
            label(_("Shown after a testimony is sealed, and to a witness alone at the end."), "lead"),
            label(_("A help line, a doctor, somebody of your gathering who agreed to it."), "soft"),
            8,
            *self._rows,
            fill(row(), self._more, None, self._keep),
            24,
            self._cards(),
            None,
        )
        self._more.clicked.connect(self._on_more)
        self._keep.clicked.connect(lambda: self.kept.emit(self.contacts()))
        self.show_contacts(())

    def show_reached(self, text: str) -> None:
        """Show how the archive is reached."""
        self._reached.setText(text)

    def show_written(self, told: str) -> None:
        """Say that the cards were written."""
        self._told.setText(told)
        self._told.show()

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show these, and one empty row."""
        for number, shown in enumerate(self._rows):
            shown.show_contact(contacts[number] if number < len(contacts) else Contact("", ""))
            shown.setVisible(number <= len(contacts))
        self._show_more()

    def contacts(self) -> tuple[Contact, ...]:
        """Return the rows in which somebody could be reached."""
        return tuple(one for one in (shown.contact() for shown in self._rows) if not one.is_empty())

    def take_focus(self) -> None:
        """Stand where the next one is written."""
        self._rows[min(len(self.contacts()), MOST - 1)].start_typing()

    def _cards(self) -> QFrame:
        self._told.hide()
        holder = card(name="witness_cards")
        write = button(_("Cards to print…"), "witness_cards_write")
        write.clicked.connect(self._on_cards)
        fill(
            column(holder, edge=20, gap=12),
            label(_("A card that a witness may carry"), "heading"),
            label(_("A line for the code, by hand, and this. Nothing tells what it is."), "soft"),
            field(_("How the archive is reached"), self._reached, "archive_reached"),
            self._told,
            fill(row(), None, write),
        )
        return holder

    def _on_cards(self) -> None:
        if self._reached.text().strip():
            self.cards_wanted.emit(self._reached.text().strip())
        else:
            self._reached.setFocus()

    def _on_more(self) -> None:
        hidden = [shown for shown in self._rows if shown.isHidden()]
        if hidden:
            hidden[0].show()
            hidden[0].start_typing()
        self._show_more()

    def _show_more(self) -> None:
        self._more.setVisible(any(shown.isHidden() for shown in self._rows))


class _ContactRow(QFrame):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._who, self._reach, self._when = BidiLine("", name=""), BidiLine("", name=""), BidiLine("", name="")
        line: QWidget = card(name=f"contact_{number}")
        fields = (
            field(_("Who"), self._who, f"contact_who_{number}"),
            field(_("How to reach them"), self._reach, f"contact_reach_{number}"),
            field(_("At which hours"), self._when, f"contact_when_{number}"),
        )
        within = fill(row(line, edge=16, gap=12), *fields)
        for place, share in enumerate((3, 3, 2)):
            within.setStretch(place, share)
        fill(column(self), line)

    def show_contact(self, contact: Contact) -> None:
        """Show one."""
        self._who.setText(contact.who)
        self._reach.setText(contact.reach)
        self._when.setText(contact.when)

    def contact(self) -> Contact:
        """Return what stands in the row."""
        return Contact(self._who.text().strip(), self._reach.text().strip(), self._when.text().strip())

    def start_typing(self) -> None:
        """Put the cursor into the first field."""
        self._who.setFocus()
