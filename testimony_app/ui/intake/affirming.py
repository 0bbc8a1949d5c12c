# SPDX-License-Identifier: Apache-2.0
"""Consent said once more: offered after a break, and linked to its recording where it was spoken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from testimony_app.i18n.catalogue import _
from testimony_app.model.consent import ConsentKind
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.ports import Taking
from testimony_app.ui.jobs import Runs
from testimony_app.ui.widgets.banner import Banner

_SPOKEN = "consent_statement"


class Affirming(QObject):
    """Asks the witness nothing by itself: it reminds whoever listens, and goes away unanswered."""

    changed = Signal()
    """There is one more act of consent."""
    offered = Signal(object)
    """Banner: to be shown above."""
    failed = Signal(object)

    def __init__(self, owner: QObject, jobs: Runs, taking: Taking) -> None:
        """Wait for a draft."""
        super().__init__(owner)
        self._jobs, self._drafts = jobs, taking.drafts
        self._testimony = TestimonyId("")

    def open(self, testimony: TestimonyId) -> None:
        """Speak about this testimony."""
        self._testimony = testimony

    def after_break(self) -> None:
        """Remind that the witness may have changed their mind, and offer to write down that it goes on."""
        banner = Banner(
            _("Does the witness want to go on?"),
            help_line=_("Ask once, and take any answer. No reason is needed."),
            action=_("Yes: write it down"),
        )
        banner.acted.connect(self._on_yes)
        banner.acted.connect(banner.hide)
        self.offered.emit(banner)

    def after_take(self, recording: Recording) -> None:
        """Link a consent that was recorded to an act of its own."""
        if recording.kind == _SPOKEN:
            testimony, drafts = self._testimony, self._drafts
            self._run(lambda: drafts.link_spoken_consent(testimony))

    def _on_yes(self) -> None:
        testimony, drafts = self._testimony, self._drafts
        self._run(lambda: drafts.confirm(testimony, ConsentKind.AFTER_BREAK))

    def _run(self, work: Callable[[], Testimony]) -> None:
        self._jobs.run(self, work, lambda _draft: self.changed.emit(), self.failed.emit)
