# SPDX-License-Identifier: Apache-2.0
"""Quick entry of one person who was named: Enter adds, and the cursor is back at the name."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.ids import new_id
from testimony_app.model.person import NamedPerson
from testimony_app.ui.intake.date_entry import DECLINED, NOT_ASKED, SAID, UNKNOWN, DateEntry
from testimony_app.ui.intake.people_words import HAPPENED, KNOWN_BY, happened_words, known_words, missing_words
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button, card

_NOT_KNOWN = "missing:"
"""Before a reason why nothing was said, in a list that else holds what was said."""


class PersonEntry(QWidget):
    """A row of fields; only the name is needed, and everything is kept as it was said."""

    entered = Signal(object)
    """NamedPerson: a new one, or the one that was being changed."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("person_entry")
        self._changing: NamedPerson | None = None
        self._make_parts()
        grid = QGridLayout()
        grid.setSpacing(12)
        shown = (
            (_("Name, as spoken"), self._name, "person_name"),
            (_("What happened"), self._happened, "person_happened"),
            (_("Where"), self._place, "person_place"),
            (_("How it is known"), self._known, "person_known"),
            (_("If there is no place"), self._no_place, "place_missing"),
            (_("What else tells who it was"), self._note, "person_note"),
        )
        for number, (words, control, name) in enumerate(shown):
            grid.addLayout(field(words, control, name), number // 3, number % 3)
        for across in range(3):
            grid.setColumnStretch(across, 1)
        holder = card(name="person_entry_card")
        fill(column(holder, edge=20, gap=12), grid, self._date, fill(row(), None, self._add))
        fill(column(self), holder)

    def show_person(self, person: NamedPerson) -> None:
        """Show somebody already entered, to be changed."""
        self._changing = person
        self._name.setText(_(", ").join(person.names))
        why = dict(person.missing)
        self._date.show_date(person.date_as_said, why.get("date", SAID), person.calendar)
        self._no_place.setCurrentIndex(max(0, self._no_place.findData(why.get("place", SAID))))
        self._place.setText(person.place)
        self._note.setText(person.note)
        _choose(self._happened, person.happened)
        _choose(self._known, _NOT_KNOWN + why["known_by"] if "known_by" in why else person.known_by)
        self._add.setText(_("Keep the change"))
        self._name.setFocus()

    def flush(self) -> None:
        """Enter what stands in the fields, so that leaving the page loses nothing."""
        if self._name.text().strip():
            self._on_entered()

    def _make_parts(self) -> None:
        self._name, self._date = BidiLine("", name=""), DateEntry()
        self._no_place = Choice("", name="")
        self._no_place.offer(
            [
                (SAID, _("As written here")),
                *((why, missing_words(why)) for why in (UNKNOWN, DECLINED, NOT_ASKED)),
            ],
            SAID,
        )
        self._place, self._note = BidiLine("", name=""), BidiLine("", name="")
        self._happened, self._known = Choice("", name=""), Choice("", name="")
        self._happened.addItem(_("Not said"), "")
        for code in HAPPENED:
            self._happened.addItem(happened_words(code), code)
        self._known.addItem(_("Not said"), "")
        for code in KNOWN_BY:
            self._known.addItem(known_words(code), code)
        for why in (UNKNOWN, DECLINED, NOT_ASKED):
            self._known.addItem(missing_words(why), _NOT_KNOWN + why)
        self._add = button(_("Add this person"), "add_person")
        self._add.clicked.connect(self._on_entered)
        for line in (self._name, self._place, self._note):
            line.returnPressed.connect(self._on_entered)
        self._date.entered.connect(self._on_entered)

    def _on_entered(self) -> None:
        names = _names(self._name.text())
        if not names:
            self._name.setFocus()
            return
        base = self._changing or NamedPerson(id=new_id(), names=names)
        said = self._date.date()
        person = msgspec.structs.replace(
            base,
            names=names,
            happened=str(self._happened.currentData()),
            date_as_said=said.as_said,
            earliest=said.earliest,
            latest=said.latest,
            calendar=said.calendar,
            place=self._place.text().strip(),
            known_by="" if self._why_not_known() else self._known.value(),
            note=self._note.text().strip(),
            missing=self._missing(),
        )
        self._empty()
        self.entered.emit(person)

    def _missing(self) -> tuple[tuple[str, str], ...]:
        """Return what was not said, and which of the three reasons it has."""
        place = "" if self._place.text().strip() else self._no_place.value()
        found = (("date", self._date.missing()), ("place", place), ("known_by", self._why_not_known()))
        return tuple((what, why) for what, why in found if why)

    def _why_not_known(self) -> str:
        """Return why it isn't known how somebody knows, or nothing."""
        chosen = self._known.value()
        return chosen.removeprefix(_NOT_KNOWN) if chosen.startswith(_NOT_KNOWN) else ""

    def _empty(self) -> None:
        self._changing = None
        for line in (self._name, self._place, self._note):
            line.clear()
        self._date.show_date("")
        self._no_place.setCurrentIndex(0)
        self._happened.setCurrentIndex(0)
        self._known.setCurrentIndex(0)
        self._add.setText(_("Add this person"))
        self._name.setFocus()


def _choose(box: Choice, code: str) -> None:
    if box.findData(code) < 0:
        box.addItem(code, code)
    box.setCurrentIndex(box.findData(code))


def _names(text: str) -> tuple[str, ...]:
    """Return the spellings given for one person, parted by commas or a slash."""
    parted = text.replace("\N{ARABIC COMMA}", ",").replace("/", ",")
    return tuple(name.strip() for name in parted.split(",") if name.strip())
