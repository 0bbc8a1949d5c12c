# SPDX-License-Identifier: Apache-2.0
"""Before an interview: is it safe and right for this person to speak today? Postponing is always the first choice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.risks import DANGER, DANGERS, DECISIONS, FITNESS, FITNESSES, GO, POSTPONE, TOPICS, RiskTalk
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.intake.risk_words import (
    danger_title,
    danger_words,
    decision_words,
    fitness_title,
    fitness_words,
    topic_words,
)
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label, set_property


class RiskPage(QWidget):
    """Advises waiting where something speaks for it, and never decides: what was decided is told, and why."""

    decided = Signal(object)
    """RiskTalk: what was said and decided."""
    left = Signal()

    def __init__(self) -> None:
        """Start with nothing talked over."""
        super().__init__()
        self.setObjectName("risk_page")
        self.setProperty("surface", "paper")
        self._danger, self._fitness = Choice("", name=""), Choice("", name="")
        self._danger.offer([(code, danger_words(code)) for code in DANGERS], "")
        self._fitness.offer([(code, fitness_words(code)) for code in FITNESSES], "")
        self._lines = {topic: BidiLine("", name="") for topic in TOPICS}
        self._reason, self._message = BidiLine("", name=""), FieldMessage(name="risk_message")
        self._advice: QLabel = label(
            _("This speaks for another day. The witness decides."), "strong", name="risk_advice", tone="care"
        )
        self._why = QFrame()
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        for chooser in (self._danger, self._fitness):
            chooser.activated.connect(lambda _position: self._on_said())
        self._show_advice()

    def show_talk(self, talk: RiskTalk) -> None:
        """Show what was talked over so far."""
        self._danger.setCurrentIndex(max(0, self._danger.findData(talk.said(DANGER))))
        self._fitness.setCurrentIndex(max(0, self._fitness.findData(talk.said(FITNESS))))
        for topic, line in self._lines.items():
            line.setText(talk.said(topic))
        self._reason.setText(talk.reason)
        self._message.clear()
        self._show_advice()

    def start_here(self) -> None:
        """Put the focus where the talk begins."""
        self._danger.setFocus()

    def talk(self, decision: str = "") -> RiskTalk:
        """Return what was said, with a decision."""
        said = {DANGER: self._danger.value(), FITNESS: self._fitness.value()}
        said.update({topic: line.text().strip() for topic, line in self._lines.items()})
        return RiskTalk(
            answers=tuple((point, answer) for point, answer in said.items() if answer),
            decision=decision,
            reason=self._reason.text().strip(),
        )

    def _lay_out(self) -> None:
        page = self._page = Column(860)
        back = button(_("Back, without deciding"), "risk_back", "flat")
        back.clicked.connect(self.left)
        fill(
            page.box,
            label(_("Before we begin"), "title"),
            label(_("Talk it over in your own words. Write down only what is needed."), "lead"),
            label(_("It is sealed with the real name, apart from the testimony."), "soft"),
            8,
            self._first(),
            self._others(),
            self._in_between(),
            fill(row(), back, None),
            None,
        )
        fill(column(self, gap=0), page, self._below())

    def _first(self) -> QFrame:
        holder = card(name="risk_first")
        danger = field(danger_title(), self._danger, "risk_danger")
        fitness = field(fitness_title(), self._fitness, "risk_fitness")
        why = field(_("Why it goes on all the same"), self._reason, "risk_reason")
        fill(column(self._why, gap=4), why, self._message)
        fill(column(holder, edge=20, gap=16), danger, fitness, self._advice, self._why)
        return holder

    def _others(self) -> QFrame:
        holder = card(name="risk_others")
        below = column(holder, edge=20, gap=16)
        for topic, line in self._lines.items():
            below.addLayout(field(topic_words(topic), line, f"risk_{topic}"))
        return holder

    def _in_between(self) -> QWidget:
        """Return what can be decided besides, at the end of the talk."""
        holder = QWidget()
        line = FlowLayout(holder)
        for decision in DECISIONS:
            if decision not in (POSTPONE, GO):
                line.addWidget(self._decision(decision))
        return holder

    def _below(self) -> QFrame:
        """Return what stays in sight below the page from the first question on: postponing, before going on."""
        holder = QFrame()
        holder.setObjectName("risk_below")
        holder.setProperty("surface", "card")
        fill(row(holder, edge=16), self._decision(POSTPONE), None, self._decision(GO))
        return holder

    def _decision(self, decision: str) -> QPushButton:
        made = self._buttons[decision] = button(decision_words(decision), f"decide_{decision}")
        made.clicked.connect(lambda: self._on_decided(decision))
        return made

    def _on_said(self) -> None:
        self._show_advice()
        if self.talk().advises_waiting:
            announce(self, self._advice.text())

    def _show_advice(self) -> None:
        waits = self.talk().advises_waiting
        self._advice.setVisible(waits)
        self._why.setVisible(waits)
        # The one main action is what is advised; postponing stands first either way.
        set_property(self._buttons[POSTPONE], "weight", "main" if waits else "plain")
        set_property(self._buttons[GO], "weight", "plain" if waits else "main")

    def _on_decided(self, decision: str) -> None:
        talk = self.talk(decision)
        if talk.goes_on and talk.advises_waiting and not talk.reason:
            self._message.show_text(_("Say in a few words why, or postpone."))
            self._page.ensureWidgetVisible(self._why)
            self._reason.setFocus()
            return
        self._message.clear()
        self.decided.emit(talk)
