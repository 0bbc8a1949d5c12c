# SPDX-License-Identifier: Apache-2.0
"""The fourth step: the people and places that were named, as they were spoken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.person import NamedPerson, NamedPlace
from testimony_app.ui import wording
from testimony_app.ui.intake.people_words import happened_words, known_words, missing_words
from testimony_app.ui.intake.person_entry import PersonEntry
from testimony_app.ui.intake.places_line import PlacesLine
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import Column as Body
from testimony_app.ui.widgets.parts import button, card, label
from testimony_app.ui.widgets.table import Cell, Column, Table, TableRow, in_card

_LEAST_HEIGHT = 140


class PeoplePage(QWidget):
    """Suggests nobody: during an interview a suggestion would lead the witness."""

    edited = Signal()
    continued = Signal()

    def __init__(self) -> None:
        """Start with nobody."""
        super().__init__()
        self.setObjectName("people_page")
        self.setProperty("surface", "paper")
        self._people: dict[str, NamedPerson] = {}
        self._entry, self._places = PersonEntry(), PlacesLine()
        self._make_table()
        self._next = button(_("Continue"), "next_step", "main")
        self._change = button(_("Change"), "change_person")
        self._remove = button(_("Remove"), "remove_person")
        self._lay_out()
        self._connect()

    def show_people(self, people: tuple[NamedPerson, ...], places: tuple[NamedPlace, ...]) -> None:
        """Show everybody and every place named so far."""
        self._people = {person.id: person for person in people}
        self._places.show_places(places)
        self._show_rows()

    def people(self) -> tuple[NamedPerson, ...]:
        """Return everybody entered."""
        return tuple(self._people.values())

    def places(self) -> tuple[NamedPlace, ...]:
        """Return every place entered."""
        return self._places.places()

    def flush(self) -> None:
        """Enter what stands in the fields, so that leaving the page loses nothing."""
        self._entry.flush()
        self._places.flush()

    def _make_table(self) -> None:
        headings = (
            Column(_("Name"), stretches=True),
            Column(_("What happened")),
            Column(_("When")),
            Column(_("Where"), stretches=True, may_go=True),
            Column(_("How it is known"), may_go=True),
        )
        self._table = Table(headings, name="people", title=_("People named"))
        empty = card(name="people_empty")
        fill(
            column(empty, edge=32, gap=8),
            None,
            label(_("Here the people named in this testimony will stand."), "heading"),
            label(_("Write each name as it was spoken, in either script; both, with a comma."), "soft"),
            None,
        )
        self._below = QStackedWidget()
        self._below.addWidget(in_card(self._table))
        self._below.addWidget(empty)

    def _lay_out(self) -> None:
        page = Body(1120)
        fill(
            page.box,
            label(_("People and places"), "title"),
            self._entry,
            self._below,
            fill(row(), self._change, self._remove, None),
            self._places,
            fill(row(), None, self._next),
            None,
        )
        fill(column(self), page)

    def _connect(self) -> None:
        self._entry.entered.connect(self._on_entered)
        self._places.edited.connect(self.edited)
        self._table.chosen.connect(lambda _key: self._show_buttons())
        self._change.clicked.connect(self._on_change)
        self._remove.clicked.connect(self._on_remove)
        self._next.clicked.connect(self._on_next)

    def _on_entered(self, person: NamedPerson) -> None:
        self._people[person.id] = person
        self._show_rows()
        announce(self, wording.DOT.join(wording.quoted(name) for name in person.names))
        self.edited.emit()

    def _on_change(self) -> None:
        chosen = self._people.get(self._table.current_key())
        if chosen is not None:
            self._entry.show_person(chosen)

    def _on_remove(self) -> None:
        if self._people.pop(self._table.current_key(), None) is not None:
            self._show_rows()
            self.edited.emit()

    def _on_next(self) -> None:
        self.flush()
        self.continued.emit()

    def _show_rows(self) -> None:
        self._table.show_rows([_shown(person) for person in self._people.values()])
        self._below.setCurrentIndex(0 if self._people else 1)
        self._below.setFixedHeight(max(_LEAST_HEIGHT, self._table.height_for_rows() + 16))
        self._show_buttons()

    def _show_buttons(self) -> None:
        for pressed in (self._change, self._remove):
            pressed.setVisible(bool(self._people))
            pressed.setEnabled(bool(self._table.current_key()))


def _said(person: NamedPerson, what: str, words: str, kind: str = "body") -> Cell:
    """Return what was said, or why nothing was: unknown, declined and not asked are three things."""
    why = dict(person.missing).get(what, "")
    return Cell(missing_words(why), "soft") if why else Cell(words, kind)


def _shown(person: NamedPerson) -> TableRow:
    cells = (
        Cell(wording.DOT.join(wording.quoted(name) for name in person.names)),
        Cell(happened_words(person.happened) or wording.DASH),
        _said(person, "date", wording.quoted(person.date_as_said)),
        _said(person, "place", wording.quoted(person.place)),
        _said(person, "known_by", known_words(person.known_by), "soft"),
    )
    return TableRow(person.id, cells)
