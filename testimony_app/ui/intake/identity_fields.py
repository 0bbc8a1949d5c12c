# SPDX-License-Identifier: Apache-2.0
"""Who the witness really is, on a card of its own that stays shut until somebody opens it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.person import Identity
from testimony_app.model.risks import RiskTalk
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import button, card, label


class IdentityFields(QWidget):
    """Real names, contact and what goes with them; kept apart from all the rest."""

    edited = Signal()

    def __init__(self) -> None:
        """Start shut and empty."""
        super().__init__()
        self._make_parts()
        shut = fill(
            row(gap=16),
            fill(
                column(gap=4),
                label(_("Real name and contact"), "heading"),
                label(_("Kept apart, sealed to the archive’s keepers. It may stay empty."), "soft"),
            ),
            self._toggle,
        )
        shut.setStretch(0, 1)
        holder = card(name="identity_card")
        fill(column(holder, edge=20, gap=16), shut, self._inner)
        fill(column(self), holder)
        self._toggle.clicked.connect(lambda: self._open(is_open=self._inner.isHidden()))

    def show_identity(self, identity: Identity) -> None:
        """Show who the witness is; opens only when something was written down before."""
        self._risks = identity.risks
        self._names.setText(_(", ").join(identity.names))
        self._contacts.setText(_(", ").join(identity.contacts))
        self._hours.setText(identity.safe_hours)
        self._birth.setText(identity.birth_date)
        self._born_in.setText(identity.birth_place)
        self._note.setText(identity.note)
        self._guardian.setText(identity.guardian)
        self._proxy.setText(identity.proxy)
        self._open(is_open=self.identity() != Identity(risks=identity.risks))

    def take_risks(self, risks: RiskTalk) -> None:
        """Keep what was talked over beside what is written here; it is shown on a page of its own."""
        self._risks = risks

    def identity(self) -> Identity:
        """Return what was written down."""
        return Identity(
            names=_parts(self._names.text()),
            birth_date=self._birth.text().strip(),
            birth_place=self._born_in.text().strip(),
            contacts=_parts(self._contacts.text()),
            safe_hours=self._hours.text().strip(),
            note=self._note.text().strip(),
            guardian=self._guardian.text().strip(),
            proxy=self._proxy.text().strip(),
            risks=self._risks,
        )

    def _make_parts(self) -> None:
        self._toggle = button(_("Write it down"), "identity_toggle")
        self._names, self._contacts, self._hours = BidiLine("", name=""), BidiLine("", name=""), BidiLine("", name="")
        self._birth, self._born_in, self._note = BidiLine("", name=""), BidiLine("", name=""), BidiLine("", name="")
        self._guardian, self._proxy = BidiLine("", name=""), BidiLine("", name="")
        self._risks = RiskTalk()
        self._inner = QWidget()
        self._inner.setObjectName("identity_inner")
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        grid.addLayout(field(_("Real name"), self._names, "real_name"), 0, 0)
        grid.addLayout(field(_("How to reach the witness"), self._contacts, "contact"), 0, 1)
        grid.addLayout(field(_("Safe hours, and who must not answer"), self._hours, "safe_hours"), 1, 0)
        grid.addLayout(field(_("Born when, as said"), self._birth, "birth_date"), 1, 1)
        grid.addLayout(field(_("Born where"), self._born_in, "birth_place"), 2, 0)
        grid.addLayout(field(_("Anything else the keepers should know"), self._note, "identity_note"), 2, 1)
        grid.addLayout(field(_("A guardian, and how they are related"), self._guardian, "guardian"), 3, 0)
        grid.addLayout(field(_("Who may decide when the witness no longer can"), self._proxy, "proxy"), 3, 1)
        self._inner.hide()
        for line in self._inner.findChildren(BidiLine):
            line.textEdited.connect(lambda _text: self.edited.emit())

    def _open(self, *, is_open: bool) -> None:
        self._inner.setVisible(is_open)
        self._toggle.setText(_("Close") if is_open else _("Write it down"))
        self._toggle.setAccessibleName(_("Real name and contact") + ": " + self._toggle.text())


def _parts(text: str) -> tuple[str, ...]:
    separated = text.replace("\N{ARABIC COMMA}", ",").replace(";", ",")
    return tuple(part.strip() for part in separated.split(",") if part.strip())
