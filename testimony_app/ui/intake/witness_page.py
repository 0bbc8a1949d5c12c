# SPDX-License-Identifier: Apache-2.0
"""The first step: a pseudonym, the languages, who is present, where; and, apart, who the witness really is."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.person import Identity
from testimony_app.ui.intake.identity_fields import IdentityFields
from testimony_app.ui.intake.language_picker import LanguagePicker
from testimony_app.ui.intake.present_list import PresentList
from testimony_app.ui.intake.risk_words import decided_words
from testimony_app.ui.intake.session_fields import SessionFields
from testimony_app.ui.intake.values import WitnessForm
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import Column, button, card, label


class WitnessPage(QWidget):
    """Who speaks; nothing here is needed but a language, and any of it can be filled in later."""

    edited = Signal()
    continued = Signal()
    risks_wanted = Signal()
    """Somebody wants to talk over whether it is safe and right to speak today."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("witness_page")
        self._kept = WitnessForm()
        self._make_parts()
        self._lay_out()
        for line in (self._pseudonym, self._note):
            line.textEdited.connect(lambda _text: self.edited.emit())
        for part in (self._languages, self._present, self._session, self._identity):
            part.edited.connect(self.edited)
        self._talk.clicked.connect(self.risks_wanted)
        self._next.clicked.connect(self.continued)

    def show_witness(self, form: WitnessForm) -> None:
        """Show what is known of the witness."""
        self._kept = form
        self._pseudonym.setText(form.witness.pseudonym)
        self._note.setText(form.witness.note)
        self._languages.show_languages(form.languages)
        self._present.show_people(form.session.participants)
        self._session.show_session(form.session)
        self._identity.show_identity(form.identity)
        self.show_risks(form.identity)

    def show_risks(self, identity: Identity) -> None:
        """Show what was decided before the interview, and keep it with what is written of the witness."""
        self._identity.take_risks(identity.risks)
        self._decided.setText(decided_words(identity.risks))

    def form(self) -> WitnessForm:
        """Return the page as it stands; what it doesn't show is kept as it was."""
        return WitnessForm(
            witness=msgspec.structs.replace(
                self._kept.witness,
                pseudonym=self._pseudonym.text().strip(),
                note=self._note.text().strip(),
            ),
            session=self._session.session(self._present.people()),
            languages=self._languages.languages(),
            identity=self._identity.identity(),
        )

    def start_here(self) -> None:
        """Put the cursor into the first field."""
        self._pseudonym.setFocus()

    def _make_parts(self) -> None:
        self._pseudonym, self._note = BidiLine("", name=""), BidiLine("", name="")
        self._languages, self._present, self._session = LanguagePicker(), PresentList(), SessionFields()
        self._talk, self._decided = button(_("Talk it over"), "risks_open"), label("", "soft", name="risks_decided")
        self._identity = IdentityFields()
        self._next = button(_("Continue"), "next_step", "main")

    def _lay_out(self) -> None:
        page = Column(860)
        fill(
            page.box,
            label(_("Who speaks"), "title"),
            label(_("All of this can be filled in or changed later."), "lead"),
            8,
            self._before(),
            self._about(),
            self._around(),
            self._identity,
            8,
            fill(row(), None, self._next),
            None,
        )
        fill(column(self, gap=0), page)

    def _before(self) -> QWidget:
        holder = card(name="risks_card")
        words = fill(column(gap=4), label(_("Is it safe and right to speak today?"), "heading"), self._decided)
        line = fill(row(holder, edge=20, gap=16), words, self._talk)
        line.setStretch(0, 1)
        return holder

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
        fill(
            column(holder, edge=20, gap=16),
            fill(column(gap=4), label(_("Who else is present"), "strong"), self._present),
            self._session,
        )
        return holder
