# SPDX-License-Identifier: Apache-2.0
"""The first step: a pseudonym, the languages, who is present, where; and, apart, who the witness really is."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.testimony import Session
from testimony_app.ui.intake.identity_fields import IdentityFields
from testimony_app.ui.intake.language_picker import LanguagePicker
from testimony_app.ui.intake.present_list import PresentList
from testimony_app.ui.intake.values import WitnessForm
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import Column, button, card, label


class WitnessPage(QWidget):
    """Who speaks; nothing here is needed but a language, and any of it can be filled in later."""

    edited = Signal()
    continued = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("witness_page")
        self._kept = WitnessForm()
        self._make_parts()
        self._lay_out()
        for line in (self._pseudonym, self._place, self._gathering, self._note):
            line.textEdited.connect(lambda _text: self.edited.emit())
        for part in (self._languages, self._present, self._identity):
            part.edited.connect(self.edited)
        self._next.clicked.connect(self.continued)

    def show_witness(self, form: WitnessForm) -> None:
        """Show what is known of the witness."""
        self._kept = form
        self._pseudonym.setText(form.witness.pseudonym)
        self._note.setText(form.witness.note)
        self._languages.show_languages(form.languages)
        self._present.show_people(form.session.participants)
        self._place.setText(form.session.place)
        self._gathering.setText(form.session.gathering)
        self._identity.show_identity(form.identity)

    def form(self) -> WitnessForm:
        """Return the page as it stands; what it doesn't show is kept as it was."""
        return WitnessForm(
            witness=msgspec.structs.replace(
                self._kept.witness,
                pseudonym=self._pseudonym.text().strip(),
                note=self._note.text().strip(),
            ),
            session=Session(
                place=self._place.text().strip(),
                gathering=self._gathering.text().strip(),
                participants=self._present.people(),
                equipment=self._kept.session.equipment,
            ),
            languages=self._languages.languages(),
            identity=self._identity.identity(),
        )

    def start_here(self) -> None:
        """Put the cursor into the first field."""
        self._pseudonym.setFocus()

    def _make_parts(self) -> None:
        self._pseudonym, self._note = BidiLine("", name=""), BidiLine("", name="")
        self._place, self._gathering = BidiLine("", name=""), BidiLine("", name="")
        self._languages, self._present = LanguagePicker(), PresentList()
        self._identity = IdentityFields()
        self._next = button(_("Continue"), "next_step", "main")

    def _lay_out(self) -> None:
        page = Column(860)
        fill(
            page.box,
            label(_("Who speaks"), "title"),
            label(_("All of this can be filled in or changed later."), "lead"),
            8,
            self._about(),
            self._around(),
            self._identity,
            8,
            fill(row(), None, self._next),
            None,
        )
        fill(column(self, gap=0), page)

    def _about(self) -> QWidget:
        holder = card(name="about_card")
        box: QVBoxLayout = column(holder, edge=20, gap=16)
        fill(
            box,
            field(
                _("Pseudonym"),
                self._pseudonym,
                "pseudonym",
                help_line=_("A name the witness chooses; never the real one."),
            ),
            fill(column(gap=4), label(_("Languages of the testimony"), "strong"), self._languages),
            field(_("A remark for the archive"), self._note, "witness_note"),
        )
        return holder

    def _around(self) -> QWidget:
        holder = card(name="around_card")
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.addLayout(
            field(_("Place, as exact as is safe"), self._place, "place", help_line=_("A town is enough.")), 0, 0
        )
        grid.addLayout(field(_("Gathering"), self._gathering, "gathering"), 0, 1)
        fill(
            column(holder, edge=20, gap=16),
            fill(column(gap=4), label(_("Who else is present"), "strong"), self._present),
            grid,
        )
        return holder
