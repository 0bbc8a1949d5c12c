# SPDX-License-Identifier: Apache-2.0
"""The talk before an interview: shows its page, keeps what was decided, and leads where that leads."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity
from testimony_app.model.risks import NOT_AT_ALL, POSTPONE, WRITE_ONLY, RiskTalk
from testimony_app.ui.intake.ports import Taking
from testimony_app.ui.intake.risk_page import RiskPage
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.jobs import Runs


class RisksAct(QObject):
    """Nothing waits for it: an interview can go on without the talk, and come back to it."""

    over = Signal()
    """Back to the step that it was begun from."""
    known = Signal(object)
    """Identity: with what was talked over."""
    postponed = Signal()
    refused = Signal()
    """It is not to be recorded."""
    written = Signal()
    """It is to be written, without sound."""
    failed = Signal(object)

    def __init__(self, witness: WitnessPage, stack: QStackedWidget, jobs: Runs, taking: Taking) -> None:
        """Wait for somebody to want it."""
        super().__init__(witness)
        self.page = RiskPage()
        self._witness, self._stack, self._jobs, self._drafts = witness, stack, jobs, taking.drafts
        self._testimony = TestimonyId("")
        self._is_on = False
        stack.addWidget(self.page)
        self.page.decided.connect(self._on_decided)
        self.page.left.connect(self.end)

    @property
    def is_on(self) -> bool:
        """Tell whether it is being talked over now."""
        return self._is_on

    def open(self, testimony: TestimonyId) -> None:
        """Talk about this testimony."""
        self._testimony = testimony

    def begin(self, identity: Identity) -> None:
        """Show what was talked over so far, to go on with."""
        self._is_on = True
        self.page.show_talk(identity.risks)
        self._stack.setCurrentWidget(self.page)
        self.page.start_here()

    def end(self) -> None:
        """Go back with nothing decided."""
        self._is_on = False
        self.over.emit()

    def _on_decided(self, talk: RiskTalk) -> None:
        drafts, testimony = self._drafts, self._testimony
        keep = self._jobs.run
        keep(self, lambda: drafts.consider_risks(testimony, talk), self._on_kept, self.failed.emit)

    def _on_kept(self, identity: Identity) -> None:
        self._witness.show_risks(identity)
        self.known.emit(identity)
        self.end()
        leads = {POSTPONE: self.postponed, NOT_AT_ALL: self.refused, WRITE_ONLY: self.written}
        led = leads.get(identity.risks.decision)
        if led is not None:
            led.emit()
