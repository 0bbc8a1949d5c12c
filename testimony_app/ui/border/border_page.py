# SPDX-License-Identifier: Apache-2.0
"""Says what will happen before a border, asks once, shows how far it is, and what is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted
from testimony_app.ui import wording
from testimony_app.ui.border.values import Emptied, Outlook
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.places import Place
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_ASKING, _WORKING, _DONE = range(3)


class BorderPage(QStackedWidget):
    """One calm action; nothing is dropped before every copy was compared."""

    wanted = Signal(object, object)
    """A Place and a Secret."""
    draft_wanted = Signal(str)
    cancelled = Signal()
    finished = Signal()

    def __init__(self) -> None:
        """Say what will happen."""
        super().__init__()
        self.setObjectName("border_page")
        self.places = PlacesList()
        self._outlook = Outlook(0, 0)
        self._told, self._hindrances = label("", "strong", name="border_outlook"), column(gap=8)
        self._field = PassphraseField(_("Your passphrase"), name="border_passphrase")
        self._go = button(_("Carry everything out…"), "border_button", "main")
        self._progress = ProgressPanel("", name="border_progress")
        self._done_told, self._done_codes = label("", "lead", name="border_done"), label("", "soft")
        self._number = label("", "code", name="border_number")
        self._finish = button(_("Open the empty vault"), "border_finish", "main")
        for page in (self._asking(), self._working(), self._done()):
            self.addWidget(page)
        self.places.chosen.connect(lambda _place: self._allow())
        self._field.submitted.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._progress.cancel_requested.connect(self.cancelled)
        self._finish.clicked.connect(self.finished)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what there is to seal and to carry, and what holds it up."""
        self._outlook = outlook
        told = [
            counted(outlook.drafts, "{count} draft to seal", "{count} drafts to seal"),
            counted(outlook.sealed, "{count} sealed testimony to copy", "{count} sealed testimonies to copy"),
        ]
        self._told.setText(wording.DOT.join(told))
        emptied(self._hindrances)
        for one in outlook.hindrances:
            shown = Banner(ltr(one.code), "care", help_line=one.why, action=_("Open the draft"), may_close=False)
            shown.acted.connect(lambda testimony=one.testimony: self.draft_wanted.emit(testimony))
            self._hindrances.addWidget(shown)
        self._allow()

    def show_begun(self) -> None:
        """Show that it has begun."""
        self._progress.begin(_("Carrying everything out"))
        self.setCurrentIndex(_WORKING)

    def show_progress(self, step: str, done: int, total: int) -> None:
        """Show which step it is at; the last one can't be stopped any more."""
        words = {
            "sealing": _("Sealing the drafts"),
            "exporting": _("Copying to the stick"),
            "comparing": _("Comparing every copy"),
            "dropping": _("Destroying the keys"),
        }
        self._progress.cancel_button.setEnabled(step != "dropping")
        self._progress.show_progress(done, total, words.get(step, step))

    def show_stopped(self, sentence: str = "") -> None:
        """Show the question again: nothing was dropped."""
        self.setCurrentIndex(_ASKING)
        self._field.show_wrong(sentence)

    def show_emptied(self, left: Emptied) -> None:
        """Show what was carried out, and that the vault is empty."""
        count = len(left.codes)
        told = counted(count, "{count} testimony is on the stick", "{count} testimonies are on the stick")
        size = _("{size} written to {place}, read back and compared.")
        self._done_told.setText(told)
        place, written = wording.quoted(left.place), wording.size(left.byte_count)
        codes = _(", ").join(ltr(code) for code in left.codes)
        self._done_codes.setText("\n".join(part for part in (size.format(size=written, place=place), codes) if part))
        self._number.setText(ltr(left.safety_number))
        self.setCurrentIndex(_DONE)
        self._finish.setFocus()

    def _asking(self) -> QWidget:
        page = Column(760)
        steps = card(name="border_steps")
        fill(
            column(steps, edge=24, gap=8),
            label(_("What will happen"), "heading"),
            label("\n".join(_steps())),
            label(_("If anything can’t be sealed or copied, nothing is destroyed."), "strong"),
            label("\n".join(_limits()), "small"),
        )
        where = card(name="places_card")
        fill(column(where, edge=24, gap=12), label(_("Where to"), "heading"), self.places, self._field)
        fill(page.box, label(_("Before a border"), "title"), self._told, self._hindrances, steps, where)
        fill(page.box, fill(row(), None, self._go), None)
        return page

    def _working(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Column(640)
        holder = card(name="border_done_card")
        fill(
            column(holder, edge=40, gap=16),
            label(_("This vault is empty now"), "title", tone="sealed"),
            self._done_told,
            self._done_codes,
            label(_("It is safe to take the stick out."), "strong"),
            label(_("The empty vault is a stranger to everybody. Its safety number:"), "soft"),
            self._number,
            fill(row(), None, self._finish),
        )
        fill(page.box, 40, holder, None)
        return page

    def _allow(self) -> None:
        self._go.setEnabled(self.places.place() is not None and not self._outlook.hindrances)

    def _on_go(self) -> None:
        if not self._go.isEnabled():
            return
        if self._field.is_empty():
            self._field.show_wrong(_("Type the passphrase of this vault."))
            return
        confirm(
            self,
            self._tell,
            title=_("Empty this vault?"),
            what=_("Everything in it goes to the stick. Afterwards nothing of it can be opened here."),
            yes=_("Carry out and empty"),
            no=_("Not now"),
            is_erasing=True,
        )

    def _tell(self) -> None:
        place: Place | None = self.places.place()
        secret: Secret = self._field.take()
        if place is None:
            secret.wipe()
            return
        self.wanted.emit(place, secret)


def _steps() -> tuple[str, ...]:
    return (
        _("Every draft is sealed to the archive."),
        _("Everything is copied to the stick, and each copy compared."),
        _("Only then all keys on this computer are destroyed."),
        _("An empty vault stays, with the same passphrase."),
    )


def _limits() -> tuple[str, ...]:
    return (
        _("Cards go as well: exchange them again afterwards."),
        _("The disk may keep old pieces. An empty vault can be seen to be new."),
    )
