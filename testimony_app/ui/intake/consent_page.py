# SPDX-License-Identifier: Apache-2.0
"""The second step: one consent text, its questions, and the answers as the witness gives them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.ui.intake.answer_row import AnswerRow
from testimony_app.ui.intake.values import AskedText, ConsentAnswers
from testimony_app.ui.layouts import column, emptied, field, fill, row
from testimony_app.ui.release_field import ReleaseField
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label

_KEEPING = "P1"
_GIVEN_BY = {
    "self": "witness",
    "self_with_support": "witness",
    "guardian_and_self": "witness and guardian",
    "guardian_only": "guardian",
}
LEVELS = ("sealed", "archive_only", "archive_and_court", "initials", "pseudonym", "full")


class ConsentPage(QWidget):
    """Asks, never presses: every answer is right, none is needed to go back, and no answer counts as no."""

    consented = Signal()
    decided_later = Signal()
    language_chosen = Signal(str)

    def __init__(self) -> None:
        """Start without a text."""
        super().__init__()
        self.setObjectName("consent_page")
        self._questions: dict[str, AnswerRow] = {}
        self._make_parts()
        self._lay_out()
        self._language.activated.connect(self._on_language)
        self._next.clicked.connect(self._on_next)
        self._later.clicked.connect(self.decided_later)

    def show_languages(self, codes: tuple[str, ...], current: str) -> None:
        """Offer the languages that the text exists in; others would not be what was agreed to."""
        self._language.clear()
        for language in LANGUAGES:
            if language.code in codes:
                self._language.addItem(language.own_name, language.code)
        self._language.setCurrentIndex(max(0, self._language.findData(current)))

    def show_waiting(self) -> None:
        """Take no answer until the text is there."""
        self._next.setEnabled(False)
        self._later.setEnabled(False)

    def show_text(self, text: AskedText, given: ConsentAnswers) -> None:
        """Show a consent text with the answers given so far."""
        self._title.setText(text.title)
        self._show_intro(text.intro)
        emptied(self._box)
        self._questions = {}
        for question in text.questions:
            made = AnswerRow(question.purpose, question.title, question.help)
            made.show_answer(given.answers.get(question.purpose))
            self._questions[question.purpose] = made
            self._box.addWidget(made)
        self._level.setCurrentIndex(max(0, self._level.findData(given.identity_level)))
        self._how.setCurrentIndex(max(0, self._how.findData(given.how)))
        self._understood.setChecked(given.understood)
        self._release.show_release(given.release, given.review_year)
        self._capacity.setCurrentIndex(max(0, self._capacity.findData(given.capacity)))
        self._card.setCurrentIndex(max(0, self._card.findData(given.card)))
        self._next.setEnabled(True)
        self._later.setEnabled(True)

    def answers(self) -> ConsentAnswers | None:
        """Return what was answered, a question left alone not in it; None, said there, when a time is not whole."""
        when = self._release.release()
        if when is None:
            self._page.ensureWidgetVisible(self._release)
            return None
        given = {purpose: shown.answer() for purpose, shown in self._questions.items()}
        return ConsentAnswers(
            answers={purpose: answer for purpose, answer in given.items() if answer is not None},
            identity_level=str(self._level.currentData()),
            how=str(self._how.currentData()),
            understood=self._understood.isChecked(),
            release=when[0],
            review_year=when[1],
            capacity=str(self._capacity.currentData()),
            given_by=_GIVEN_BY[str(self._capacity.currentData())],
            card=str(self._card.currentData()),
        )

    def _show_intro(self, intro: str) -> None:
        emptied(self._intro)
        # One label for each paragraph: a screen reader reads them one by one.
        for number, paragraph in enumerate(intro.split("\n\n")):
            kind = "soft" if number else "lead"
            self._intro.addWidget(label(" ".join(paragraph.split("\n")), kind))

    def _make_parts(self) -> None:
        self._title = label("", "title", name="consent_title")
        self._intro, self._box = column(gap=12), column(gap=12)
        self._language, self._level, self._how = Choice("", name=""), Choice("", name=""), Choice("", name="")
        for code in LEVELS:
            self._level.addItem(level_words(code), code)
        for code, words in (
            ("written", _("Answered on this screen")),
            ("spoken", _("Answered aloud")),
            ("witnessed_mark", _("Answered before a witness")),
        ):
            self._how.addItem(words, code)
        self._release = ReleaseField()
        self._capacity, self._card = Choice("", name=""), Choice("", name="")
        self._capacity.offer([(code, capacity_words(code)) for code in _GIVEN_BY], "self")
        self._card.offer(
            [
                ("", _("Not asked yet")),
                ("given", _("A card with the code was given")),
                ("none", _("No card, by choice")),
            ],
            "",
        )
        self._understood = Check(_("The witness has said in their own words what will happen."), name="understood")
        self._next = button(_("Continue"), "next_step", "main")
        self._later = button(_("Decide later"), "decide_later")

    def _lay_out(self) -> None:
        page = self._page = Column(860)
        fill(
            page.box,
            self._head(),
            self._intro,
            8,
            self._box,
            self._around(),
            8,
            fill(row(), self._later, None, self._next),
            None,
        )
        fill(column(self, gap=0), page)

    def _head(self) -> QHBoxLayout:
        line = fill(row(gap=16), self._title, self._chooser())
        line.setStretch(0, 1)
        return line

    def _chooser(self) -> Choice:
        self._language.setObjectName("consent_language")
        self._language.setAccessibleName(_("Language of the consent text"))
        return self._language

    def _around(self) -> QFrame:
        holder = card(name="consent_around")
        level = field(_("Who may know the witness’s name"), self._level, "identity_level")
        how = field(_("How the answers were given"), self._how, "consent_how")
        both = fill(row(gap=16), level, how)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        capacity = field(_("Who decides"), self._capacity, "consent_capacity")
        carried = field(
            _("A card for the witness"),
            self._card,
            "consent_card",
            help_line=_("Only the code and the archive’s contact; nothing tells what it is."),
        )
        others = fill(row(gap=16), capacity, carried)
        others.setStretch(0, 3)
        others.setStretch(1, 2)
        fill(column(holder, edge=20, gap=12), both, self._release, others, self._understood)
        return holder

    def _on_next(self) -> None:
        first = self._questions.get(_KEEPING)
        if first is not None and first.answer() is None:
            first.show_message(_("Recording needs a yes here. You can also decide later."))
            self._page.ensureWidgetVisible(first)
            return
        if self.answers() is not None:
            self.consented.emit()

    def _on_language(self, position: int) -> None:
        self.language_chosen.emit(str(self._language.itemData(position)))


def capacity_words(code: str) -> str:
    """Return in plain words who decides."""
    words = {
        "self": _("The witness"),
        "self_with_support": _("The witness, with somebody’s support"),
        "guardian_and_self": _("The witness and a guardian together"),
        "guardian_only": _("A guardian for the witness"),
    }
    return words[code]


def level_words(code: str) -> str:
    """Return in plain words who may know the witness's name."""
    words = {
        "sealed": _("Nobody; not even the archive"),
        "archive_only": _("Only the archive’s keepers"),
        "archive_and_court": _("The keepers, and a court after asking again"),
        "initials": _("First name and one letter may be shown"),
        "pseudonym": _("The chosen pseudonym may be shown"),
        "full": _("The full name may be shown"),
    }
    return words[code]
