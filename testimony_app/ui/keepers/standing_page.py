# SPDX-License-Identifier: Apache-2.0
"""What keepers are for, whether this archive has them, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_day
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui.keepers.values import KeepersStanding
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label


class StandingPage(Column):
    """Shows how it stands; makes nothing itself."""

    make_wanted = Signal()
    try_wanted = Signal()
    cards_wanted = Signal()

    def __init__(self) -> None:
        """Say what keepers are for."""
        super().__init__(760)
        self.setObjectName("keepers_page")
        self._notice, self._told = column(), column(gap=12)
        standing = card(name="keepers_standing")
        fill(column(standing, edge=24, gap=12), label(_("The keepers’ key"), "heading"), self._told)
        fill(
            self.box,
            label(_("Keepers"), "title"),
            label(_("Several people, each with a sheet. Only together they learn a witness’s name."), "lead"),
            self._notice,
            standing,
            _ceremony(),
            None,
        )

    def show_standing(self, standing: KeepersStanding) -> None:
        """Show whether there is a key, how it is shared, and whether somebody tried the sheets."""
        emptied(self._told)
        for text, kind, tone in _told(standing):
            self._told.addWidget(label(text, kind, tone=tone))
        line = row(gap=16)
        if standing.is_named:
            proof = button(_("Try the sheets"), "try_keepers", "plain" if standing.is_tried else "main")
            proof.clicked.connect(self.try_wanted)
            anew = button(_("Make a new key…"), "renew_keepers")
            anew.clicked.connect(self._ask_for_new)
            fill(line, anew, None, proof)
        else:
            make = button(_("Make the keepers’ sheets"), "make_keepers", "main")
            make.clicked.connect(self.make_wanted)
            fill(line, None, make)
        self._told.addLayout(line)

    def show_done(self, sentence: str, *, has_new_card: bool) -> None:
        """Say what was done; a new key stands on a new card, which is to be handed out."""
        emptied(self._notice)
        if has_new_card:
            words = _("Your card is a new one now. Hand it out and have it compared.")
            said = Banner(sentence, "sealed", help_line=words, action=_("Show the card"), may_close=False)
            said.acted.connect(self.cards_wanted)
        else:
            said = Banner(sentence, "sealed")
        self._notice.addWidget(said)
        said.say()

    def _ask_for_new(self) -> None:
        confirm(
            self,
            self.make_wanted.emit,
            title=_("Make a new keepers’ key?"),
            what="\n".join(
                (
                    _("Names that are sealed from then on need the new sheets."),
                    _("What is sealed already still needs the old sheets: keep them."),
                    _("Your card becomes a new one, to be compared again."),
                )
            ),
            yes=_("Make a new key"),
            no=_("Keep this key"),
        )


def _told(standing: KeepersStanding) -> tuple[tuple[str, str, str], ...]:
    if not standing.is_named:
        return (
            (_("There is none yet."), "strong", "care"),
            (_("Until then names are sealed to the archive’s own key. Whoever works here can read them."), "body", ""),
        )
    shared = _("Any {needed} of {count} sheets open an identity.").format(
        needed=digits(str(standing.needed)), count=digits(str(standing.sheets))
    )
    since = _("Set {letters}, made on {day}.").format(letters=ltr(standing.mark), day=show_day(standing.day))
    tried = (
        (_("Tried: the sheets open identities."), "body", "sealed")
        if standing.is_tried
        else (_("Nobody has tried the sheets yet."), "body", "care")
    )
    return ((shared, "strong", ""), (since, "soft", ""), tried)


def _ceremony() -> QFrame:
    holder = card(name="keepers_help")
    fill(
        column(holder, edge=24, gap=8),
        label(_("When a name is needed"), "heading"),
        label(_("Choose the testimony in the archive, and there “Who is the witness…”."), "body"),
        label(_("The keepers come together and give their sheets, one after the other."), "body"),
        label(_("The name is shown once, and the log says that it was."), "body"),
    )
    return holder
