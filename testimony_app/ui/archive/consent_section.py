# SPDX-License-Identifier: Apache-2.0
"""What the witness allows now, why not more, everything that was said in its order, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.model.consent import DESTROY, Answer, current
from testimony_app.model.testimony import State
from testimony_app.ui import wording
from testimony_app.ui.archive.access_words import act_told, level_told, reason_told, review_told
from testimony_app.ui.archive.values import Opened
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import button, label


class ConsentSection(QFrame):
    """Offers to write a change down; destroying is offered only for what was withdrawn."""

    amend_wanted = Signal(str)
    destroy_wanted = Signal(str)
    condition_met = Signal(str)

    def __init__(self, opened: Opened) -> None:
        """Show the consent of one testimony."""
        super().__init__()
        self.setObjectName("consent_section")
        self.setProperty("surface", "card")
        self._opened = opened
        self._box = column(self, edge=20, gap=8)
        fill(self._box, label(_("Consent"), "heading"))
        self._show_level()
        self._show_answers()
        self._show_acts()
        self._box.addLayout(self._acts())

    def _show_level(self) -> None:
        allowed = self._opened.allowed
        if allowed is None:
            return
        tone = "record" if allowed.level == 0 else ""
        self._box.addWidget(label(level_told(allowed), "strong", name="access_level", tone=tone))
        due = review_told(allowed)
        reasons = [reason_told(why, self._opened.consent_titles) for why in allowed.reasons]
        told = "\n".join(part for part in [*reasons, due] if part)
        if told:
            self._box.addWidget(label(told, "soft", name="access_reasons"))

    def _show_answers(self) -> None:
        state = current(self._opened.testimony.consent)
        if state.withdrawn:
            return
        for answer, tone in ((Answer.YES, "sealed"), (Answer.ASK_AGAIN, "care"), (Answer.NO, "")):
            titles = self._opened.consent_titles
            told = [titles.get(purpose, purpose) for purpose, given in state.answers.items() if given is answer]
            if told:
                self._box.addWidget(label(wording.answer_word(answer), "small", wraps=False))
                self._box.addWidget(label("\n".join(told), tone=tone))

    def _show_acts(self) -> None:
        acts = self._opened.testimony.consent
        if not acts:
            self._box.addWidget(label(_("None was recorded."), "soft"))
            return
        self._box.addWidget(label(_("What was said, in its order"), "small", wraps=False))
        told = "\n\n".join(act_told(act, self._opened.consent_titles) for act in acts)
        self._box.addWidget(label(told, "soft", name="consent_acts"))

    def _acts(self) -> QHBoxLayout:
        testimony, allowed = self._opened.testimony, self._opened.allowed
        line = row(gap=16)
        amend = button(_("Write down a change"), "amend_consent")
        amend.clicked.connect(lambda: self.amend_wanted.emit(testimony.id))
        fill(line, amend)
        if allowed is not None and any(why.word == "embargo" and why.review_year for why in allowed.reasons):
            met = button(_("What it waits for has come true…"), "condition_met")
            met.clicked.connect(self._ask_met)
            fill(line, met)
        fill(line, None)
        if testimony.state is State.WITHDRAWN:
            destroy = button(_("Destroy it…"), "destroy_testimony", "erase")
            destroy.clicked.connect(self._ask_destroy)
            fill(line, destroy)
        return line

    def _ask_destroy(self) -> None:
        testimony = self._opened.testimony
        wished = current(testimony.consent).wish == DESTROY
        what = _("Sound, text, names and identity are destroyed here. A line with the code stays. Backups are apart.")
        if wished:
            what = _("The witness wishes it.") + " " + what
        confirm(
            self,
            lambda: self.destroy_wanted.emit(testimony.id),
            title=_("Destroy {code}?").format(code=ltr(testimony.code)),
            what=what,
            yes=_("Destroy it for good"),
            no=_("Keep it closed"),
            is_erasing=True,
        )

    def _ask_met(self) -> None:
        testimony = self._opened.testimony
        confirm(
            self,
            lambda: self.condition_met.emit(testimony.id),
            title=_("Has it come true?"),
            what=_("The testimony may then be used as its answers say. This is written into its history."),
            yes=_("It has come true"),
            no=_("Not yet"),
        )
