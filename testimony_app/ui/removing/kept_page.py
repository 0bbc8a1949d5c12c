# SPDX-License-Identifier: Apache-2.0
"""One sealed testimony: what is still here of it, what its receipt proves, and the two ways it can leave."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.i18n.languages import ltr
from testimony_app.model.testimony import State
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.removing.condition_words import condition_words
from testimony_app.ui.removing.values import CONDITIONS, NO_RECEIPT, NOT_CONFIRMED, Kept
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label, set_property


class KeptPage(Column):
    """Says what holds and what is open; asks once before either act."""

    remove_wanted = Signal()
    erase_wanted = Signal()
    amend_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show nothing until the testimony is known."""
        super().__init__(760)
        self.setObjectName("kept_page")
        self._code, self._chips = label("", "title", name="kept_code", wraps=False), row()
        self._about, self._told = label("", "soft", name="kept_about"), label("", "body", name="kept_told")
        self._next = label("", "strong", name="kept_next")
        self._conditions = column(gap=8)
        self._remove = button(_("Remove from this computer…"), "remove_button", "main")
        self._erase = button(_("Erase at the witness’s wish…"), "erase_kept", "erase")
        self._amend = button(_("Change or withdraw the consent"), "amend_consent")
        self._back = button(_("Back to the testimonies"), "back_home")
        self._shown: Kept | None = None
        self._lay_out()
        # Whoever comes here by keyboard meets the eraser last.
        self.setTabOrder(self._back, self._amend)
        self.setTabOrder(self._amend, self._remove)
        self.setTabOrder(self._remove, self._erase)
        self._remove.clicked.connect(self._ask_to_remove)
        self._erase.clicked.connect(self._ask_to_erase)
        self._amend.clicked.connect(self.amend_wanted)
        self._back.clicked.connect(self.left)

    def show_kept(self, kept: Kept) -> None:
        """Show one sealed testimony."""
        self._shown = kept
        shown = kept.row
        self._code.setText(ltr(shown.code))
        emptied(self._chips)
        fill(self._chips, Chip(wording.state_word(shown.state), wording.state_tone(shown.state)), None)
        about = (wording.languages(shown.languages), wording.length(shown), wording.size(kept.byte_count))
        self._about.setText(wording.DOT.join(about))
        self._told.setText(_told(kept))
        set_property(self._told, "tone", "care" if kept.refusal else "")
        self._next.setText("\n".join(kept.refusal[1:]))
        self._next.setVisible(bool(kept.refusal))
        self._show_conditions(kept)
        self._remove.setVisible(shown.state is State.RECEIVED)
        self._remove.setEnabled(not set(kept.open_conditions) - {NOT_CONFIRMED})
        self._erase.setVisible(shown.state is not State.REMOVED)
        self._back.setFocus()

    def _lay_out(self) -> None:
        receipt = card(name="receipt_card")
        fill(
            column(receipt, edge=24, gap=12),
            label(_("What the archive’s receipt proves"), "heading"),
            self._told,
            self._next,
            self._conditions,
            fill(row(), None, self._remove),
        )
        mind = card(name="mind_card")
        fill(
            column(mind, edge=24, gap=12),
            label(_("If the witness changes her mind"), "heading"),
            label(_("The change is sealed in a small bundle for the archive, and holds when it arrives."), "soft"),
            fill(row(), self._amend, None),
        )
        wish = card(name="wish_card")
        fill(
            column(wish, edge=24, gap=12),
            label(_("If the witness wants it gone"), "heading"),
            label(_("What is here is destroyed at once. A copy that was carried away is not."), "soft"),
            label(_("Withdraw the consent first, so that the archive hears of it as well."), "soft"),
            fill(row(), self._erase, None),
        )
        head = fill(row(gap=12), self._code, self._chips)
        fill(self.box, head, self._about, receipt, mind, wish, fill(row(), self._back, None), None)

    def _show_conditions(self, kept: Kept) -> None:
        emptied(self._conditions)
        if kept.refusal or kept.open_conditions == (NO_RECEIPT,) or kept.row.state is State.REMOVED:
            return
        for condition in CONDITIONS:
            self._conditions.addWidget(_line(condition, holds=condition not in kept.open_conditions))

    def _ask_to_remove(self) -> None:
        if self._shown is not None:
            confirm(
                self,
                self.remove_wanted.emit,
                title=_("Remove {code} from this computer?").format(code=ltr(self._shown.row.code)),
                what=_("The archive holds it, as its receipt proves. The sealed files here are removed."),
                yes=_("Remove it"),
                no=_("Keep it"),
                is_erasing=True,
            )

    def _ask_to_erase(self) -> None:
        if self._shown is not None:
            confirm(
                self,
                self.erase_wanted.emit,
                title=_("Erase {code}?").format(code=ltr(self._shown.row.code)),
                what=_("Everything of it on this computer is destroyed. Nobody can bring it back here."),
                yes=_("Erase it for good"),
                no=_("Keep it"),
                is_erasing=True,
            )


def _line(condition: str, *, holds: bool) -> QWidget:
    made = QWidget()
    chip = Chip(pgettext("condition", "Holds"), "sealed") if holds else Chip(pgettext("condition", "Open"), "care")
    line = fill(row(made, gap=12), chip, label(condition_words(condition), name=f"condition_{condition}"))
    line.setStretch(1, 1)
    return made


def _told(kept: Kept) -> str:
    state = kept.row.state
    if state is State.REMOVED:
        return _("It was removed from this computer against the archive’s receipt.")
    if kept.refusal:
        return kept.refusal[0]
    if kept.open_conditions == (NO_RECEIPT,):
        return {
            State.SEALED: _("It waits for export. Nothing is removed before the archive’s receipt is here."),
        }.get(state, _("No receipt is here yet. Check the stick when it comes back from the archive."))
    if not set(kept.open_conditions) - {NOT_CONFIRMED}:
        return _("Everything holds. It may be removed once you confirm it.")
    return _("Not everything holds yet. Until then it stays here.")
