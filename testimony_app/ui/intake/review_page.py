# SPDX-License-Identifier: Apache-2.0
"""The last step: what will be sealed, to whom, what the consent allows, what is missing; then the seal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import counted, durations
from testimony_app.ui import wording
from testimony_app.ui.intake.values import Review
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_READY, _SEALING, _SEALED = range(3)


class ReviewPage(QWidget):
    """Says everything before the one act that can't be undone; erasing stands as far from it as can be."""

    seal_wanted = Signal()
    erase_wanted = Signal()
    card_wanted = Signal()
    contacts_wanted = Signal()
    """Somebody wants to change whom one can call afterwards."""
    step_wanted = Signal(str)
    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Start with nothing to review."""
        super().__init__()
        self.setObjectName("review_page")
        self._make_parts()
        self._stack = QStackedWidget()
        for shown in (self._ready(), self._sealing(), self._done()):
            self._stack.addWidget(shown)
        fill(column(self), self._stack)
        # Whoever comes here by keyboard meets the seal first and the eraser last.
        self.setTabOrder(self._seal, self._erase)
        self._seal.clicked.connect(self.seal_wanted)
        self._erase.clicked.connect(self.erase_wanted)
        self._progress.cancel_requested.connect(self.cancelled)
        self._home.clicked.connect(self.left)

    def show_review(self, review: Review) -> None:
        """Show what would be sealed, and whether it can be."""
        self._stack.setCurrentIndex(_READY)
        self._contents.setText("\n".join(_contents(review)))
        self._to.setText(_(", ").join(wording.quoted(name) for name in review.archives) or wording.DASH)
        self._after.setText(_after(review))
        _show_lines(self._allowed, review.allowed, "sealed")
        self._to_call.setText(_somebody_to_call(review))
        self._others.setText(_others(review))
        self._show_missing(review.missing)
        self._show_hindrance(review)
        self._seal.setEnabled(not review.hindrance)
        # Never on the button that erases.
        (self._title if review.hindrance else self._seal).setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the sealing is."""
        self._stack.setCurrentIndex(_SEALING)
        self._progress.show_progress(done, total)

    def show_sealing(self) -> None:
        """Show that the sealing has begun."""
        self._progress.begin(_("Sealing"))
        self._stack.setCurrentIndex(_SEALING)

    def show_stopped(self) -> None:
        """Show the review again: the sealing was stopped, and the draft is as it was."""
        self._stack.setCurrentIndex(_READY)

    def show_sealed(self, code: str, *, keeps_copy: bool) -> None:
        """Show that it is done, with the one thing that stays readable: the code."""
        self._code.setText(ltr(code))
        self._told.setText(
            _("A readable copy stays on this computer until the archive’s receipt.")
            if keeps_copy
            else _("This computer can’t open it any more. Only the archive can.")
        )
        self._stack.setCurrentIndex(_SEALED)
        self._home.setFocus()
        announce(self, f"{_('Sealed')}: {self._code.text()}. {self._told.text()}")

    def _make_parts(self) -> None:
        self._title = label(_("Review and seal"), "title")
        self._title.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._contents, self._to = label("", name="review_contents"), label("", "strong", name="review_archives")
        self._after, self._others = label("", "soft"), label("", "soft", name="review_not_allowed")
        self._allowed, self._missing, self._notice = column(gap=4), column(gap=8), column()
        self._seal = button(_("Seal"), "seal_button", "main")
        self._erase = button(_("Erase…"), "erase_button", "erase")
        self._progress = ProgressPanel(_("Sealing"), name="seal_progress")
        self._code = label("", "sealedcode", name="sealed_code", wraps=False)
        self._told = label("", "lead")
        self._to_call = label("", "body", name="aftercare_contacts")
        self._home = button(_("Back to the testimonies"), "back_home", "main")

    def _ready(self) -> QWidget:
        page = Column(860)
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.addWidget(_titled(_("What will be sealed"), self._contents), 0, 0)
        grid.addWidget(_titled(_("To whom"), self._to, self._after), 0, 1)
        grid.addWidget(_titled(_("What the witness allows"), self._allowed, self._others), 1, 0)
        grid.addWidget(_titled(_("What is still open"), self._missing), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        fill(
            page.box,
            self._title,
            label(_("After sealing nothing can be changed or heard on this computer."), "lead"),
            8,
            self._notice,
            grid,
            8,
            fill(row(), self._erase, None, self._seal),
            None,
        )
        return page

    def _sealing(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _done(self) -> QWidget:
        page = Column(640)
        holder = card(name="sealed_card")
        fill(
            column(holder, edge=40, gap=16),
            label(_("Sealed"), "title", tone="sealed"),
            self._code,
            self._told,
            label(_("The witness may keep this code, and nothing else is needed to find it again."), "soft"),
            16,
            fill(row(), None, self._home),
        )
        fill(page.box, 60, holder, self._aftercare(), None)
        return page

    def _aftercare(self) -> QFrame:
        """Return what may come in the days after, for whoever told and for whoever listened."""
        holder = card(name="aftercare")
        change = button(_("Change who can be called"), "aftercare_open", "flat")
        change.clicked.connect(self.contacts_wanted)
        fill(
            column(holder, edge=32, gap=8),
            label(_("Before you part"), "heading"),
            label(_("Ask how the witness is now, and who is with them tonight and tomorrow."), "body"),
            label(_("A heavy heart or bad dreams are normal in the days after. Say so."), "body"),
            self._to_call,
            label(_("Whoever listened or interpreted carries it, too. Speak with somebody today."), "soft"),
            fill(row(), change, None),
        )
        return holder

    def _show_missing(self, missing: tuple[str, ...]) -> None:
        emptied(self._missing)
        for word in missing:
            step, words = _missing_words()[word]
            pressed = button(_("Go there"), f"missing_{word}", "flat", said=words)
            pressed.clicked.connect(lambda _is_on=False, wanted=step: self.step_wanted.emit(wanted))
            line = fill(row(gap=12), label(words, "body"), pressed)
            line.setStretch(0, 1)
            self._missing.addLayout(line)
        if not missing:
            self._missing.addWidget(label(_("Nothing."), "soft"))
        self._missing.addStretch(1)

    def _show_hindrance(self, review: Review) -> None:
        emptied(self._notice)
        if not review.hindrance:
            return
        action = _("Add the archive’s card") if review.needs_card else ""
        shown = Banner(review.hindrance, "care", action=action, may_close=False)
        shown.acted.connect(self.card_wanted)
        self._notice.addWidget(shown)


def _titled(title: str, *pieces: QWidget | QLayout) -> QFrame:
    holder = card()
    fill(column(holder, edge=20, gap=8), label(title, "heading"), *pieces, None)
    return holder


def _contents(review: Review) -> list[str]:
    seconds = sum(take.seconds for take in review.takes)
    told = [ltr(review.code) + wording.DOT + wording.quoted(review.pseudonym), wording.languages(review.languages)]
    if review.takes:
        takes = counted(len(review.takes), "{count} recording", "{count} recordings")
        told.append(takes + wording.DOT + durations(seconds))
    if review.word_count:
        told.append(counted(review.word_count, "{count} word written", "{count} words written"))
    if review.attachment_count:
        told.append(counted(review.attachment_count, "{count} attachment", "{count} attachments"))
    if review.note_count:
        told.append(counted(review.note_count, "{count} note", "{count} notes"))
    if review.people_count:
        told.append(counted(review.people_count, "{count} person named", "{count} people named"))
    if review.has_identity:
        told.append(_("The real name, sealed apart"))
    return told


def _after(review: Review) -> str:
    if review.keeps_copy:
        return _("A readable copy stays here until the receipt.")
    return _("The draft here is then destroyed.")


def _others(review: Review) -> str:
    told = []
    if review.later:
        told.append(_("Ask again: {purposes}").format(purposes=_("; ").join(review.later)))
    if review.refused:
        told.append(_("Not allowed: {purposes}").format(purposes=_("; ").join(review.refused)))
    return "\n".join(told) or _("Whatever was not answered counts as no.")


def _somebody_to_call(review: Review) -> str:
    if not review.contacts:
        return _("Give them somebody to call: the number that your gathering agreed on.")
    return _("Give them somebody to call:") + "\n" + wording.contact_lines(review.contacts)


def _show_lines(box: QVBoxLayout, lines: tuple[str, ...], tone: str) -> None:
    emptied(box)
    for line in lines:
        box.addWidget(label(line, tone=tone))
    if not lines:
        box.addWidget(label(_("Nothing yet."), "soft"))


def _missing_words() -> dict[str, tuple[str, str]]:
    return {
        "languages": ("witness", _("No language was chosen.")),
        "consent": ("consent", _("The consent was not asked for yet.")),
        "taking_consent": ("consent", _("Being kept was not agreed to yet.")),
        "teach_back": ("consent", _("The witness has not said it in their own words.")),
        "spoken_consent": ("recording", _("The consent given aloud was not recorded.")),
        "recording": ("recording", _("Nothing was recorded or written.")),
        "people": ("people", _("Nobody was named.")),
    }
