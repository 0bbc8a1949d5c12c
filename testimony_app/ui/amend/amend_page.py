# SPDX-License-Identifier: Apache-2.0
"""What the witness wishes now: single answers, from when on, or everything taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.model.consent import CLOSE, DESTROY
from testimony_app.ui import wording
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.amend.others_card import OthersCard
from testimony_app.ui.amend.values import Standing, Wish
from testimony_app.ui.intake.answer_row import AnswerRow
from testimony_app.ui.intake.consent_around import LEVELS, giver_words, level_words
from testimony_app.ui.layouts import column, emptied, field, fill, row
from testimony_app.ui.release_field import ReleaseField
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import Column, button, card, label


class AmendPage(QWidget):
    """Nothing is chosen for the witness: a question left alone stays as it was answered."""

    wished = Signal(object)
    """Wish: what the witness says now."""
    left = Signal()

    def __init__(self) -> None:
        """Start without a testimony."""
        super().__init__()
        self.setObjectName("amend_page")
        self._questions: dict[str, AnswerRow] = {}
        self._standing: Standing | None = None
        self._title = label(_("What does the witness wish now?"), "title", name="amend_title")
        self._about, self._done = label("", "soft", name="amend_about"), label("", "lead", name="amend_done")
        self._box = column(gap=12)
        self._level = Choice("", name="amend_level")
        self._level.offer([("", _("As it was said before")), *((code, level_words(code)) for code in LEVELS)], "")
        self._release = ReleaseField(with_as_before=True)
        self._message = FieldMessage(name="amend_message")
        self._write = button(_("Write this change down"), "write_change", "main")
        self._withdraw = button(_("Withdraw everything…"), "withdraw_everything", "erase")
        self._wish = Choice("", name="withdraw_wish")
        self._home = button(_("Done"), "amend_left", "main")
        self._speaker = Choice("", name="amend_speaker")
        self._others = OthersCard()
        self._page = Column(860)
        self._form, self._after = QWidget(), QWidget()
        self._lay_out()
        self._write.clicked.connect(self._on_write)
        self._withdraw.clicked.connect(self._ask)
        self._others.wished.connect(self.wished)
        self._home.clicked.connect(self.left)

    def show_standing(self, standing: Standing) -> None:
        """Show the testimony that somebody speaks about, and the questions that may be answered anew."""
        self._standing = standing
        self._about.setText(
            _("{code} · {state}").format(code=ltr(standing.code), state=wording.state_word(standing.state))
        )
        self._others.show_standing(standing)
        emptied(self._box)
        self._questions = {}
        for purpose, title, help_line in standing.questions:
            made = AnswerRow(purpose, title, help_line)
            before = (standing.answers or {}).get(purpose)
            if before is not None:
                made.show_message_softly(_("Until now: {answer}").format(answer=wording.answer_word(before)))
            self._questions[purpose] = made
            self._box.addWidget(made)
        self._form.show()
        self._after.hide()

    def show_done(self, told: str) -> None:
        """Show what became of the change."""
        self._done.setText(told)
        self._form.hide()
        self._after.show()
        self._home.setFocus()

    def wish(self) -> Wish | None:
        """Return what was chosen, or None, said beside the field, when a condition isn't whole."""
        when = self._release.release()
        if when is None:
            return None
        given = {purpose: shown.answer() for purpose, shown in self._questions.items()}
        return Wish(
            answers={purpose: answer for purpose, answer in given.items() if answer is not None},
            identity_level=self._level.value(),
            release=when[0],
            review_year=when[1],
            given_by=self._speaker.value(),
        )

    def _lay_out(self) -> None:
        form = column(self._form, gap=16)
        fill(
            form,
            label(_("Choose only what changes. What is left alone stays as it was."), "lead"),
            self._who_speaks(),
            self._box,
            self._around(),
            self._message,
            fill(row(), None, self._write),
            24,
            self._everything(),
            24,
            self._others,
        )
        fill(column(self._after, gap=24), self._done, fill(row(), None, self._home))
        fill(self._page.box, self._title, self._about, 8, self._form, self._after, None)
        fill(column(self, gap=0), self._page)
        self._after.hide()

    def _who_speaks(self) -> QFrame:
        self._speaker.offer([(code, giver_words(code)) for code in ("witness", "guardian", "proxy")], "witness")
        holder = card(name="amend_who_speaks")
        fill(column(holder, edge=20), field(_("Who says this"), self._speaker, "amend_speaker"))
        return holder

    def _around(self) -> QFrame:
        holder = card(name="amend_around")
        level = field(_("Who may know the witness’s name"), self._level, "amend_level")
        fill(column(holder, edge=20, gap=16), level, self._release)
        return holder

    def _everything(self) -> QFrame:
        holder = card(name="amend_everything")
        self._wish.offer(
            [
                ("", _("The archive may decide")),
                (CLOSE, _("Lock it away, but keep it")),
                (DESTROY, _("Destroy it")),
            ],
            "",
        )
        wish = field(_("What shall become of it?"), self._wish, "withdraw_wish")
        told = _("It is closed at the archive: heard, read and found no more. What was published can’t be taken back.")
        line = fill(row(gap=16), wish, self._withdraw)
        line.setStretch(0, 1)
        fill(column(holder, edge=20, gap=12), label(_("Withdraw everything"), "heading"), label(told, "soft"), line)
        return holder

    def _on_write(self) -> None:
        wish = self.wish()
        if wish is None:
            return
        if wish.says_nothing():
            self._message.show_text(_("Nothing was chosen yet."))
            return
        self._message.clear()
        self.wished.emit(wish)

    def _ask(self) -> None:
        wish = self._wish.value()
        confirm(
            self,
            lambda: self.wished.emit(Wish(is_withdrawal=True, wish=wish, given_by=self._speaker.value())),
            title=_("Withdraw everything?"),
            what=_("No later answer brings it back. The witness does not have to say why."),
            yes=_("Withdraw it"),
            no=_("Go back"),
            is_erasing=True,
        )
