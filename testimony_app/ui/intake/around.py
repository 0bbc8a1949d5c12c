# SPDX-License-Identifier: Apache-2.0
"""What can lie over a step of an interview: the talk before it, a break; and the consent that is said again after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.affirming import Affirming
from testimony_app.ui.intake.breaks import Breaks
from testimony_app.ui.intake.ports import Taking
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recording_act import RecordingAct
from testimony_app.ui.intake.risks_act import RisksAct
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.jobs import Runs


class Around(QObject):
    """Whatever lies over the steps goes away only when somebody says so."""

    over = Signal()
    """Nothing lies over the step any more."""
    changed = Signal()
    """The draft is to be read anew."""
    offered = Signal(object)
    """Banner: a reminder for whoever listens."""
    failed = Signal(object)

    def __init__(
        self, witness: WitnessPage, record: RecordPage, stack: QStackedWidget, jobs: Runs, taking: Taking,
        cover: Callable[[], None],
    ) -> None:  # fmt: skip
        """Wait for somebody to need it; `cover` hides the window until the passphrase is given."""
        super().__init__(witness)
        self._witness = witness
        self._has_agreed = False
        self.breaks = Breaks(record, stack, jobs, taking, cover)
        self.risks = RisksAct(witness, stack, jobs, taking)
        self._affirming = Affirming(self, jobs, taking)
        witness.risks_wanted.connect(lambda: self.risks.begin(self._witness.form().identity))
        self.risks.over.connect(self.over)
        self.breaks.over.connect(self._on_break_over)
        self._affirming.changed.connect(self.changed)
        self._affirming.offered.connect(self.offered)
        for act in (self.breaks, self.risks, self._affirming):
            act.failed.connect(self.failed)

    @property
    def is_on(self) -> bool:
        """Tell whether something lies over the step."""
        return self.breaks.is_on or self.risks.is_on

    def open(self, testimony: Testimony, recording: RecordingAct) -> None:
        """Speak about this testimony and what is recorded of it."""
        for act in (self.breaks, self.risks, self._affirming):
            act.open(testimony.id)
        recording.taken.connect(self._affirming.after_take)

    def renew(self, testimony: Testimony) -> None:
        """Take note of how the draft stands now."""
        self._has_agreed = bool(testimony.consent)

    def _on_break_over(self) -> None:
        self.over.emit()
        if self._has_agreed:
            self._affirming.after_break()
