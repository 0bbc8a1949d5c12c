# SPDX-License-Identifier: Apache-2.0
"""The second step: one consent text, its questions, and the answers as the witness gives them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.ui import arriving, wording
from testimony_app.ui.intake.answer_row import AnswerRow
from testimony_app.ui.intake.consent_around import ConsentAround
from testimony_app.ui.intake.values import AskedText, ConsentAnswers
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, label

_KEEPING = "P1"
_LONGEST_NAME = 20


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
                self._language.addItem(wording.language_name(language), language.code)
        self._language.setCurrentIndex(max(0, self._language.findData(current)))

    def show_waiting(self) -> None:
        """Take no answer until the text is there."""
        self._next.setEnabled(False)
        self._later.setEnabled(False)

    def show_text(self, text: AskedText, given: ConsentAnswers) -> None:
        """Show a consent text with the answers given so far."""
        self._title.setText(text.title)
        self._draft.setText(text.draft_note)
        self._draft.setVisible(bool(text.draft_note))
        self._show_intro(text.intro)
        emptied(self._box)
        self._questions = {}
        for question in text.questions:
            made = AnswerRow(question.purpose, question.title, question.help)
            made.show_answer(given.answers.get(question.purpose))
            self._questions[question.purpose] = made
            self._box.addWidget(made)
        self._around.show_text(text)
        self._around.show_given(given)
        self._next.setEnabled(True)
        self._later.setEnabled(True)
        if self.isVisible():
            arriving.arrive(self)  # the page was turned to before there was anything to hear

    def answers(self) -> ConsentAnswers | None:
        """Return what was answered, a question left alone not in it; None, said there, when a time is not whole."""
        given = {purpose: shown.answer() for purpose, shown in self._questions.items()}
        answered = {purpose: answer for purpose, answer in given.items() if answer is not None}
        whole = self._around.given_with(ConsentAnswers(answers=answered))
        if whole is None:
            self._page.ensureWidgetVisible(self._around.release)
        return whole

    def _show_intro(self, intro: str) -> None:
        emptied(self._intro)
        # One label for each paragraph: a screen reader reads them one by one.
        for number, paragraph in enumerate(intro.split("\n\n")):
            kind = "soft" if number else "lead"
            self._intro.addWidget(label(" ".join(paragraph.split("\n")), kind))

    def _make_parts(self) -> None:
        self._title = label("", "title", name="consent_title")
        self._draft = label("", "strong", name="consent_draft", tone="care")
        self._draft.hide()
        self._intro, self._box = column(gap=12), column(gap=12)
        self._language = Choice("", name="")
        self._language.setMinimumContentsLength(_LONGEST_NAME)
        self._around = ConsentAround()
        self._next = button(_("Continue"), "next_step", "main")
        self._later = button(_("Decide later"), "decide_later")

    def _lay_out(self) -> None:
        page = self._page = Column(860)
        fill(
            page.box,
            self._head(),
            self._draft,
            self._intro,
            8,
            self._box,
            self._around,
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
