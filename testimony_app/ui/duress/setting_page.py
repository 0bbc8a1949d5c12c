# SPDX-License-Identifier: Apache-2.0
"""Setting it: the other vault, and whether giving its passphrase erases; what that means stands right beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from testimony_app.i18n import limits
from testimony_app.i18n.catalogue import _
from testimony_app.ui.duress.other_vault import ChoosesFolder, OtherVault
from testimony_app.ui.duress.values import Wanted
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label


class SettingPage(Column):
    """The other vault and one choice in, a wish out; asks once before."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, choose_folder: ChoosesFolder) -> None:
        """Offer a new vault and no erasing."""
        super().__init__(760)
        self.setObjectName("duress_setting")
        self.other = OtherVault(choose_folder)
        self._erases = Check(_("Giving it also destroys the ways of opening this vault"), name="duress_erases")
        self._meaning = label("\n".join(_erasing_limits()), "body", name="duress_erasing", tone="record")
        self._set = button(_("Set this passphrase…"), "duress_confirm", "main")
        self._back = button(_("Back"), "duress_back")
        other, erasing = card(), card()
        fill(column(other, edge=24), self.other)
        fill(column(erasing, edge=24, gap=12), self._erases, self._meaning)
        fill(
            self.box,
            label(_("A passphrase that opens another vault"), "title"),
            label(_("The other vault’s own passphrase, given here, opens that one."), "lead"),
            other,
            erasing,
            fill(row(), self._back, None, self._set),
            None,
        )
        self._erases.toggled.connect(self._meaning.setVisible)
        self._set.clicked.connect(self._on_set)
        self.other.submitted.connect(self._on_set)
        self._back.clicked.connect(self.left)
        self.setFocusProxy(self.other)

    def begin(self, beside: Path) -> None:
        """Begin anew, for a vault in this folder."""
        self.other.begin(beside)
        self._erases.setChecked(False)
        self._meaning.hide()
        self.show_waiting(False)

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that keys are being made."""
        for part in (self._set, self._back, self.other, self._erases):
            part.setEnabled(not is_waiting)
        self._set.setText(_("Working …") if is_waiting else _("Set this passphrase…"))

    def show_wrong(self, sentence: str) -> None:
        """Say why it wasn't set."""
        self.show_waiting(False)
        self.other.show_wrong(sentence)

    def _on_set(self) -> None:
        if self._set.isEnabled() and self.other.is_complete():
            self.other.ask_if_weak(self._ask)

    def _ask(self) -> None:
        erases = self._erases.isChecked()
        means = (
            (_("Whoever types it, by mistake too, destroys this vault’s keys."), _("Erasing can be a crime."))
            if erases
            else (_("It opens the other vault and leaves this one as it is."),)
        )
        confirm(
            self,
            self._tell,
            title=_("Set this passphrase?"),
            what="\n".join((*means, _("It hides nothing. Nobody should count on its going unnoticed."))),
            yes=_("Set it, it erases") if erases else _("Set it"),
            no=_("Not now"),
            is_erasing=erases,
        )

    def _tell(self) -> None:
        self.show_waiting(True)
        other, folder_name, name = self.other.other, self.other.folder_name, self.other.name
        passphrase, erases = self.other.take(), self._erases.isChecked()
        self.wanted.emit(Wanted(passphrase, erases, other, folder_name, name))


def _erasing_limits() -> tuple[str, ...]:
    return limits.duress(erases=True)[len(limits.duress(erases=False)) :]
