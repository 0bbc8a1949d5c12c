# SPDX-License-Identifier: Apache-2.0
"""The meeting itself: where, how exactly that may be written, who could see or hear, what was given."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.i18n.letters import latin_digits
from testimony_app.model.person import Participant
from testimony_app.model.testimony import Session
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button

NOT_AT_ALL = "none"
_MOST_MEETINGS = 2


class SessionFields(QWidget):
    """Two lines that always matter, and the rest behind a button; nothing of it is needed."""

    edited = Signal()

    def __init__(self) -> None:
        """Start empty, with the rest shut."""
        super().__init__()
        self._place, self._gathering = BidiLine("", name=""), BidiLine("", name="")
        self._surroundings, self._equipment = BidiLine("", name=""), BidiLine("", name="")
        self._meeting = QLineEdit()
        self._meeting.setMaxLength(_MOST_MEETINGS)
        self._kind, self._precision, self._given = Choice("", name=""), Choice("", name=""), Choice("", name="")
        self._offer()
        self._more, self._rest = button(_("More about this meeting"), "session_more", "flat"), QWidget()
        self._lay_out()
        self._rest.hide()
        self._more.clicked.connect(lambda: self._rest.setVisible(self._rest.isHidden()))
        for line in (self._place, self._gathering, self._surroundings, self._equipment, self._meeting):
            line.textEdited.connect(lambda _text: self.edited.emit())
        for chooser in (self._kind, self._precision, self._given):
            chooser.activated.connect(lambda _position: self._on_chosen())

    def show_session(self, session: Session) -> None:
        """Show what is known of the meeting; the rest opens when something of it was written down."""
        self._place.setText(session.place)
        self._gathering.setText(session.gathering)
        self._surroundings.setText(session.surroundings)
        self._equipment.setText(session.equipment)
        self._meeting.setText(digits(session.meeting) if session.meeting else "")
        self._kind.setCurrentIndex(max(0, self._kind.findData(session.place_kind)))
        self._precision.setCurrentIndex(max(0, self._precision.findData(session.precision)))
        self._given.setCurrentIndex(max(0, self._given.findData(session.given)))
        rest = (session.surroundings, session.equipment, session.meeting, session.place_kind, session.given)
        self._rest.setVisible(any(rest))
        self._show_place()

    def session(self, present: tuple[Participant, ...]) -> Session:
        """Return the meeting as it stands, with whoever is present."""
        meeting = latin_digits(self._meeting.text().strip())
        return Session(
            place="" if self._precision.value() == NOT_AT_ALL else self._place.text().strip(),
            gathering=self._gathering.text().strip(),
            participants=present,
            equipment=self._equipment.text().strip(),
            place_kind=self._kind.value(),
            precision=self._precision.value(),
            meeting=int(meeting) if meeting.isascii() and meeting.isdigit() else 0,
            surroundings=self._surroundings.text().strip(),
            given=self._given.value(),
        )

    def _offer(self) -> None:
        not_said = ("", _("Not said"))
        self._kind.offer(
            [
                not_said,
                ("home", _("A home")),
                ("hotel", _("A hotel room")),
                ("hall", _("A hall or office")),
                ("archive", _("The archive")),
                ("online", _("Over the telephone or internet")),
                ("other", _("Somewhere else")),
            ],
            "",
        )
        self._precision.offer(
            [
                not_said,
                ("country", _("The country only")),
                ("town", _("The town")),
                ("exact", _("The exact place")),
                (NOT_AT_ALL, _("Not at all")),
            ],
            "",
        )
        self._given.offer(
            [not_said, ("nothing", _("Nothing")), ("costs", _("Travel costs")), ("other", _("Something else"))], ""
        )

    def _lay_out(self) -> None:
        first, rest = QGridLayout(), QGridLayout(self._rest)
        precision = field(_("How exactly it may be written"), self._precision, "place_precision")
        place = field(_("Place, as exact as is safe"), self._place, "place", help_line=_("A town is enough."))
        first.addLayout(precision, 0, 0)
        first.addLayout(place, 0, 1)
        first.addLayout(field(_("Gathering"), self._gathering, "gathering"), 1, 0, 1, 2)
        rest.addLayout(field(_("Kind of place"), self._kind, "place_kind"), 0, 0)
        rest.addLayout(field(_("Which meeting with this witness"), self._meeting, "meeting_number"), 0, 1)
        rest.addLayout(field(_("Who could see or hear, and how people sat"), self._surroundings, "surroundings"), 1, 0)
        rest.addLayout(field(_("What the witness was given for it"), self._given, "given"), 1, 1)
        rest.addLayout(field(_("Equipment"), self._equipment, "equipment"), 2, 0, 1, 2)
        rest.setContentsMargins(0, 0, 0, 0)
        for grid in (first, rest):
            grid.setSpacing(16)
            for across in range(2):
                grid.setColumnStretch(across, 1)
        fill(column(self, gap=16), first, fill(row(), self._more, None), self._rest)

    def _on_chosen(self) -> None:
        self._show_place()
        self.edited.emit()

    def _show_place(self) -> None:
        """Take no place where none is to be written down."""
        self._place.setEnabled(self._precision.value() != NOT_AT_ALL)
