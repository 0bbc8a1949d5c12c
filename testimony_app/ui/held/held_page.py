# SPDX-License-Identifier: Apache-2.0
"""The bundles held apart, each with what is known of its signer, and the two ways it can go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.ui import wording
from testimony_app.ui.held.values import HeldBundle
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.receive.outcome_words import fingerprint_told
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label


class HeldPage(Column):
    """Shows what waits; opens nothing itself."""

    card_wanted = Signal()
    take_wanted = Signal(object)
    destroy_wanted = Signal(object)
    """The path of a bundle."""

    def __init__(self) -> None:
        """Say that the bundles are being looked at."""
        super().__init__(860)
        self.setObjectName("held_page")
        self._told, self._notice, self._list = label("", "lead", name="held_told"), column(), column(gap=16)
        self._card = button(_("Add the signer’s card"), "add_signer_card")
        self._card.clicked.connect(self.card_wanted)
        fill(
            self.box,
            label(_("Held apart"), "title"),
            self._told,
            self._notice,
            self._list,
            fill(row(), self._card, None),
            None,
        )
        self._told.setText(_("Looking at what is held apart …"))

    def show_bundles(self, bundles: tuple[HeldBundle, ...]) -> None:
        """Show what is held apart."""
        emptied(self._list)
        self._told.setText(
            _("Compare the signer’s card first. Then a bundle can be taken in.")
            if bundles
            else _("Nothing is held apart. Bundles from signers nobody knows come here.")
        )
        for number, bundle in enumerate(bundles, start=1):
            self._list.addWidget(self._shown(number, bundle))

    def show_waiting(self, is_waiting: bool) -> None:
        """Let nothing be pressed while a bundle is being taken in."""
        self.body.setEnabled(not is_waiting)

    def show_done(self, sentence: str, tone: str) -> None:
        """Say what became of a bundle."""
        emptied(self._notice)
        said = Banner(sentence, tone)
        self._notice.addWidget(said)
        said.say()

    def _shown(self, number: int, bundle: HeldBundle) -> QWidget:
        holder = card(name=f"held_{number}")
        box = column(holder, edge=20, gap=12)
        known = Chip(_("{signer}, known").format(signer=auto(bundle.signer)), "sealed")
        head = fill(row(gap=12), label(ltr(bundle.code) if bundle.code else wording.DASH, "heading", wraps=False))
        fill(head, known if bundle.signer else Chip(_("Unknown signer"), "care"))
        fill(box, fill(head, None, label(wording.size(bundle.byte_count), "soft", wraps=False)))
        if bundle.fingerprint:
            told = fingerprint_told(bundle.fingerprint)
            fill(box, label(told, "small"), label(ltr(bundle.safety_number), "code", name=f"held_number_{number}"))
        if bundle.trouble:
            box.addWidget(label(bundle.trouble, "body", tone="record"))
        destroy = button(_("Destroy…"), f"destroy_{number}")
        destroy.clicked.connect(lambda: self._ask_to_destroy(bundle.path))
        take = button(_("Take it in"), f"take_{number}", "main")
        take.setEnabled(bool(bundle.signer) and not bundle.trouble)
        take.clicked.connect(lambda: self.take_wanted.emit(bundle.path))
        fill(box, fill(row(), destroy, None, take))
        return holder

    def _ask_to_destroy(self, path: Path) -> None:
        confirm(
            self,
            lambda: self.destroy_wanted.emit(path),
            title=_("Destroy this bundle?"),
            what=_("It leaves this archive for good. The stick that it came from was not changed."),
            yes=_("Destroy it"),
            no=_("Keep it"),
            is_erasing=True,
        )
