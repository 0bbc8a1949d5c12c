# SPDX-License-Identifier: Apache-2.0
"""One question of a consent and its three answers: yes, no, later; none is chosen for the witness."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame

from testimony_app.i18n.catalogue import _
from testimony_app.model.consent import Answer
from testimony_app.ui import wording
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import button, label

_ANSWERS = ((Answer.YES, "yes"), (Answer.NO, "no"), (Answer.ASK_AGAIN, "later"))


class AnswerRow(QFrame):
    """A card with a question; pressing a chosen answer again takes it back."""

    def __init__(self, purpose: str, title: str, help_line: str) -> None:
        """Show a question without an answer."""
        super().__init__()
        self.setProperty("surface", "card")
        self.setObjectName(f"consent_{purpose}")
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        answers = row(gap=12)
        for number, (answer, word) in enumerate(_ANSWERS):
            said = _("{question}: {answer}").format(question=title, answer=wording.answer_word(answer))
            made = button(wording.answer_word(answer), f"consent_{word}_{purpose}", said=said)
            made.setCheckable(True)
            made.clicked.connect(lambda _is_on, pressed=number: self._on_pressed(pressed))
            self._group.addButton(made, number)
            answers.addWidget(made)
        self._message = FieldMessage(name=f"consent_message_{purpose}")
        self._before = label("", "small", name=f"consent_before_{purpose}")
        self._before.hide()
        words = fill(column(gap=4), label(title, "heading"), label(help_line, "soft"), self._before, self._message)
        whole = fill(row(self, edge=20, gap=24), words, answers)
        whole.setStretch(0, 1)

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer, or none."""
        for number, (known, _word) in enumerate(_ANSWERS):
            self._group.button(number).setChecked(known is answer)

    def show_message(self, text: str) -> None:
        """Show beside the question what is still needed, or nothing."""
        self._message.show_text(text)

    def show_message_softly(self, text: str) -> None:
        """Show beside the question what was said before; nothing is wrong."""
        self._before.setText(text)
        self._before.setVisible(bool(text))

    def answer(self) -> Answer | None:
        """Return the answer, or nothing when the question was left alone."""
        for number, (known, _word) in enumerate(_ANSWERS):
            if self._group.button(number).isChecked():
                return known
        return None

    def _on_pressed(self, pressed: int) -> None:
        self._message.clear()
        for number in range(len(_ANSWERS)):
            if number != pressed:
                self._group.button(number).setChecked(False)
