# SPDX-License-Identifier: Apache-2.0
"""Somebody else has a say: whoever is named and objects, and whoever may decide when the witness no longer can."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.consent import LIFTED, ConsentKind
from testimony_app.ui.amend.values import Standing, Wish
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import button, label

THIRD_PARTY = "third_party"


class OthersCard(QFrame):
    """No name is asked for: an objection is written down in a few words, a proxy by how they are related."""

    wished = Signal(object)
    """Wish: what is written down now."""

    def __init__(self) -> None:
        """Start with nothing said."""
        super().__init__()
        self.setObjectName("amend_others")
        self.setProperty("surface", "card")
        self._objection, self._proxy = BidiLine("", name=""), BidiLine("", name="")
        self._object = button(_("Write the objection down"), "write_objection")
        self._lift = button(_("The objection is over"), "lift_objection")
        self._grant = button(_("Write this person down"), "write_proxy")
        self._open = label("", "strong", name="objections_open", tone="care")
        fill(column(self, edge=20, gap=12), *self._about_objections(), 8, *self._about_a_proxy())
        self._object.clicked.connect(self._on_object)
        self._lift.clicked.connect(lambda: self.wished.emit(_objection(self._objection.text(), wish=LIFTED)))
        self._grant.clicked.connect(self._on_grant)

    def show_standing(self, standing: Standing) -> None:
        """Show whether an objection is open."""
        self._open.setText(_("An objection is open."))
        self._open.setVisible(standing.objections > 0)
        self._lift.setVisible(standing.objections > 0)
        for line in (self._objection, self._proxy):
            line.clear()

    def _about_objections(self) -> tuple[QWidget | QLayout, ...]:
        return (
            label(_("Somebody who is named objects"), "heading"),
            label(_("It may not leave the archive’s own people until somebody decides."), "soft"),
            self._open,
            field(_("What they object to, without a name"), self._objection, "objection_note"),
            _line(self._lift, self._object),
        )

    def _about_a_proxy(self) -> tuple[QWidget | QLayout, ...]:
        return (
            label(_("Somebody may decide in the witness’s place"), "heading"),
            label(_("When the witness no longer can, or after their death."), "soft"),
            field(
                _("How they are related"),
                self._proxy,
                "proxy_note",
                help_line=_("The name is kept with the real name, apart."),
            ),
            _line(self._grant),
        )

    def _on_object(self) -> None:
        self.wished.emit(_objection(self._objection.text()))

    def _on_grant(self) -> None:
        said = self._proxy.text().strip()
        if said:
            self.wished.emit(Wish(kind=ConsentKind.PROXY, note=said))
        else:
            self._proxy.setFocus()


def _objection(text: str, *, wish: str = "") -> Wish:
    return Wish(kind=ConsentKind.OBJECTION, note=text.strip(), wish=wish, given_by=THIRD_PARTY)


def _line(*buttons: QPushButton) -> QHBoxLayout:
    return fill(row(gap=16), None, *buttons)
