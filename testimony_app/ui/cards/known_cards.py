# SPDX-License-Identifier: Apache-2.0
"""Everybody whose card was compared here: how it stands today, its digits to look at again, and revoking it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.cards.standing_words import in_order, revoking_told, role_word, standing_told, standing_word
from testimony_app.ui.cards.values import KnownCard
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import button, label, rule, set_property

Asks = Callable[[KnownCard], None]


class KnownCards(QFrame):
    """A card of the page; revokes nothing itself and asks once before it is told."""

    revoke_wanted = Signal(str)
    """A fingerprint."""

    def __init__(self) -> None:
        """Show nobody until the cards are known."""
        super().__init__()
        self.setObjectName("known_cards")
        set_property(self, "surface", "card")
        self._notice, self._list = column(), column(gap=12)
        fill(column(self, edge=20, gap=12), label(_("Partners"), "heading"), self._notice, self._list)

    def show_known(self, known: tuple[KnownCard, ...]) -> None:
        """Show whose cards were compared, those that are trusted first."""
        emptied(self._list)
        if not known:
            self._list.addWidget(label(_("Nobody’s card was compared yet."), "soft"))
        for number, one in enumerate(in_order(known), start=1):
            self._list.addWidget(rule())
            self._list.addWidget(KnownLine(number, one, self._ask))

    def show_revoked(self, names: tuple[str, ...]) -> None:
        """Say whose card is trusted no more."""
        emptied(self._notice)
        named = _(", ").join(wording.quoted(name) for name in names)
        said = Banner(_("{name} is trusted no more.").format(name=named), "care")
        self._notice.addWidget(said)
        said.say()

    def _ask(self, known: KnownCard) -> None:
        confirm(
            self,
            lambda: self.revoke_wanted.emit(known.fingerprint),
            title=_("Revoke the card of {name}?").format(name=wording.quoted(known.name)),
            what=revoking_told(known.role),
            yes=_("Revoke it"),
            no=_("Keep it"),
            is_erasing=True,
        )


class KnownLine(QWidget):
    """One partner: name, purpose, standing; without `ask` only to look at."""

    def __init__(self, number: int, known: KnownCard, ask: Asks | None = None) -> None:
        """Show a partner; the digits are folded away."""
        super().__init__()
        self.setObjectName(f"partner_{number}")
        self._digits = DigitsView()
        self._digits.show_number(known.safety_number)
        self._digits.hide()
        head = row(gap=12)
        fill(head, label(wording.quoted(known.name), "strong", name=f"partner_name_{number}"))
        head.setStretch(0, 1)
        fill(head, Chip(role_word(known.role), "action"), Chip(*standing_word(known.standing)))
        told = label(standing_told(known), "small", name=f"partner_told_{number}")
        box = fill(column(self, gap=4), head, told)
        if ask is not None:
            fill(box, self._acts(number, known, ask), self._digits)

    def _acts(self, number: int, known: KnownCard, ask: Asks) -> QWidget:
        made = QWidget()
        name = wording.quoted(known.name)
        show = button(
            _("Safety number"),
            f"show_digits_{number}",
            "flatnarrow",
            said=_("Safety number of {name}").format(name=name),
        )
        show.setCheckable(True)
        show.toggled.connect(self._digits.setVisible)
        line = fill(row(made), show, None)
        if known.may_be_revoked:
            revoke = button(_("Revoke…"), f"revoke_{number}", said=_("Revoke the card of {name}").format(name=name))
            revoke.clicked.connect(lambda: ask(known))
            line.addWidget(revoke)
        return made
