# SPDX-License-Identifier: Apache-2.0
"""Who else is in the room: a role and a name or code for each, added and taken away one by one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.person import Participant
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button

ROLES = (
    "interviewer", "interpreter", "support", "family", "note_taker", "technician", "co_interviewer", "guardian", "other"
)  # fmt: skip
_OFFERED_FIRST = 6
_WHO_FOR = frozenset({"interpreter", "support", "family", "guardian", "other"})
"""Roles of which it matters whose side somebody is on."""


class PresentList(QWidget):
    """Rows of people present; the first one offered is the interviewer."""

    edited = Signal()

    def __init__(self) -> None:
        """Start with nobody."""
        super().__init__()
        self._rows: list[_PresentRow] = []
        self._box = column()
        self._add = button(_("Add somebody who is present"), "add_present", "flat")
        self._add.clicked.connect(self._on_add)
        fill(column(self), self._box, fill(row(), self._add, None))

    def show_people(self, people: tuple[Participant, ...]) -> None:
        """Show these as present."""
        emptied(self._box)
        self._rows = []
        for person in people:
            self._append(person)

    def people(self) -> tuple[Participant, ...]:
        """Return everybody who is present, as entered."""
        return tuple(shown.person() for shown in self._rows)

    def _append(self, person: Participant) -> _PresentRow:
        made = _PresentRow(person, len(self._rows) + 1)
        made.edited.connect(self.edited)
        made.removed.connect(lambda: self._on_removed(made))
        self._rows.append(made)
        self._box.addWidget(made)
        return made

    def _on_add(self) -> None:
        role = ROLES[min(len(self._rows), _OFFERED_FIRST - 1)]
        self._append(Participant(role=role)).start_typing()
        self.edited.emit()

    def _on_removed(self, gone: _PresentRow) -> None:
        self._rows.remove(gone)
        self._box.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.edited.emit()


class _PresentRow(QWidget):
    edited = Signal()
    removed = Signal()

    def __init__(self, person: Participant, number: int) -> None:
        super().__init__()
        self._role = Choice("", name="")
        self._role.setObjectName(f"present_role_{number}")
        self._role.setAccessibleName(_("Role of a person who is present"))
        for code in ROLES:
            self._role.addItem(wording.role_word(code), code)
        if person.role not in ROLES:
            self._role.addItem(person.role, person.role)
        self._role.setCurrentIndex(self._role.findData(person.role))
        self._name = BidiLine(
            _("Name or code of a person who is present"),
            name=f"present_name_{number}",
            placeholder=_("Name or code"),
            text=person.name_or_code,
        )
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._note = BidiLine(
            _("How this person is related, and whether independent"),
            name=f"present_note_{number}",
            placeholder=_("How related to the witness; independent?"),
            text=person.note,
        )
        gone = button(_("Remove"), f"present_remove_{number}", "flat", said=_("Remove this person"))
        fill(column(self, gap=4), fill(row(), self._role, self._name, gone), self._note)
        self._role.activated.connect(lambda _position: self._on_role())
        for line in (self._name, self._note):
            line.textEdited.connect(lambda _text: self.edited.emit())
        gone.clicked.connect(self.removed)
        self._show_note()

    def person(self) -> Participant:
        """Return who this row tells of."""
        return Participant(
            role=str(self._role.currentData()),
            name_or_code=self._name.text().strip(),
            note=self._note.text().strip(),
        )

    def _on_role(self) -> None:
        self._show_note()
        self.edited.emit()

    def _show_note(self) -> None:
        """Ask whose side somebody is on only where it matters, and never hide what was written."""
        matters = str(self._role.currentData()) in _WHO_FOR
        self._note.setVisible(matters or bool(self._note.text()))

    def start_typing(self) -> None:
        """Put the cursor into the name."""
        self._name.setFocus()
