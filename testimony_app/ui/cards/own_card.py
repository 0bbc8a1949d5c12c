# SPDX-License-Identifier: Apache-2.0
"""One's own card: the digits to read aloud, the file, the page to print, and a new one with a last day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_day
from testimony_app.i18n.measures import counted
from testimony_app.ui import wording
from testimony_app.ui.alerts import field_text
from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.cards.values import OwnCard
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import button, label, rule, set_property

_YEARS = (1, 2, 5)


class OwnCardPart(QFrame):
    """A card of the page; writes nothing itself."""

    save_wanted = Signal(object)
    """Path to write the card to."""
    page_wanted = Signal(object)
    """Path to write the page to."""
    renew_wanted = Signal(int)
    """For how many years the new card is to be good."""
    keys_wanted = Signal(bool)
    """Whether the new signing keys are wanted even if something sealed is on its way."""

    def __init__(self) -> None:
        """Show nothing until the card is known."""
        super().__init__()
        self.setObjectName("own_card")
        set_property(self, "surface", "card")
        self._name, self._number = label("", "heading", name="own_name"), DigitsView()
        self._until = label("", "soft", name="own_until")
        self._save = button(_("Save this card…"), "save_card")
        self._page = button(_("Save a page to print…"), "save_card_page")
        self._saved = label("", "soft", name="card_saved")
        self._years = Choice(_("How long the new card is good"), name="card_years")
        self._years.offer([(str(years), _in_years(years)) for years in _YEARS], "2")
        self._renew = button(_("Make a new card…"), "renew_card")
        self._keys = button(_("Make new signing keys…"), "new_keys")
        self._lay_out()
        self._keys.clicked.connect(self._ask_for_keys)
        self._save.clicked.connect(self._on_save)
        self._page.clicked.connect(self._on_page)
        self._renew.clicked.connect(self._ask_to_renew)

    def show_own(self, own: OwnCard) -> None:
        """Show this vault's own card."""
        self._name.setText(wording.quoted(own.name))
        self._number.show_number(own.safety_number)
        until = _("It is good until {day}.").format(day=show_day(own.valid_until)) if own.valid_until else ""
        keepers = _("It names the key of your keepers.") if own.has_keepers else ""
        self._until.setText(" ".join(part for part in (until or _("It has no last day."), keepers) if part))

    def show_saved(self, name: str) -> None:
        """Show that the card, or its page, was written."""
        self._saved.setText(_("Saved as {name}.").format(name=wording.quoted(name)))

    def show_renewed(self) -> None:
        """Say that what was handed out is to be handed out again."""
        self._saved.setText(_("This is your new card. Hand it out and have it compared."))

    def ask_despite(self, error: Exception) -> None:
        """Ask once more: something that the old keys signed has not arrived yet."""
        confirm(
            self,
            lambda: self.keys_wanted.emit(True),
            title=_("Make new keys all the same?"),
            what=field_text(error),
            yes=_("Make new keys"),
            no=_("Wait"),
            is_erasing=True,
        )

    def _lay_out(self) -> None:
        anew = row(gap=16)
        fill(
            anew,
            label(_("A card with a last day is a smaller loss when it is lost."), "soft"),
            self._years,
            self._renew,
        )
        anew.setStretch(0, 1)
        lost = row(gap=16)
        fill(
            lost, label(_("If somebody may have copied this vault, others should trust new keys."), "soft"), self._keys
        )
        lost.setStretch(0, 1)
        fill(
            column(self, edge=20, gap=12),
            label(_("Your own card"), "heading"),
            self._name,
            label(_("Whoever adds your card asks you for these digits. Read them aloud."), "soft"),
            self._number,
            self._until,
            fill(row(gap=16), self._save, self._page, None),
            self._saved,
            rule(),
            anew,
            lost,
        )

    def _ask_to_renew(self) -> None:
        years = int(self._years.value() or "1")
        confirm(
            self,
            lambda: self.renew_wanted.emit(years),
            title=_("Make a new card?"),
            what="\n".join(
                (
                    _("It has the same keys and a new safety number."),
                    _("Everybody who has the old card adds and compares the new one."),
                    _("Until then the old one goes on working for them."),
                )
            ),
            yes=_("Make a new card"),
            no=_("Keep this one"),
        )

    def _ask_for_keys(self) -> None:
        confirm(
            self,
            lambda: self.keys_wanted.emit(False),
            title=_("Make new signing keys?"),
            what="\n".join(
                (
                    _("The old keys sign your new card, and are gone."),
                    _("Everybody who has the old card adds and compares the new one."),
                    _("From then on they refuse whatever the old keys sign."),
                )
            ),
            yes=_("Make new keys"),
            no=_("Keep these"),
        )

    def _on_save(self) -> None:
        self._ask_where("save_card_dialog", _("Save this card"), "govah.card", self.save_wanted.emit)

    def _on_page(self) -> None:
        self._ask_where("save_page_dialog", _("Save a page to print"), "govah-card.html", self.page_wanted.emit)

    def _ask_where(self, name: str, title: str, offered: str, chosen: Callable[[Path], None]) -> None:
        chooser = QFileDialog(self, title)
        chooser.setObjectName(name)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(offered.rpartition(".")[2])
        chooser.selectFile(offered)
        chooser.fileSelected.connect(lambda path: chosen(Path(path)))
        chooser.open()


def _in_years(years: int) -> str:
    return counted(years, "{count} year", "{count} years")
