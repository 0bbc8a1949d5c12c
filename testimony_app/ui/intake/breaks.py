# SPDX-License-Identifier: Apache-2.0
"""A break begun and ended, and somebody who came in: the recording pauses, the page goes, both are written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.model.ids import TestimonyId
from testimony_app.ui.intake.break_page import BreakPage
from testimony_app.ui.intake.ports import Taking
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recorder_panel import RECORDING
from testimony_app.ui.jobs import Runs


class Breaks(QObject):
    """Never asks why; the recording goes on only when somebody presses for it."""

    over = Signal()
    failed = Signal(object)

    def __init__(
        self, page: RecordPage, stack: QStackedWidget, jobs: Runs, taking: Taking, cover: Callable[[], None]
    ) -> None:
        """Wait for somebody to need one; `cover` hides the window until the passphrase is given."""
        super().__init__(page)
        self.page = BreakPage()
        self._record, self._stack, self._jobs, self._drafts = page, stack, jobs, taking.drafts
        self._clock, self._cover = taking.clock, cover
        self._testimony = TestimonyId("")
        self._since: datetime | None = None
        stack.addWidget(self.page)
        page.break_wanted.connect(self.begin)
        page.hide_wanted.connect(self.hide)
        self.page.ended.connect(self.end)
        self.page.asked_how_long.connect(self._tell)

    @property
    def is_on(self) -> bool:
        """Tell whether there is a break now."""
        return self._since is not None

    def open(self, testimony: TestimonyId) -> None:
        """Write down breaks of this testimony."""
        self._testimony = testimony

    def begin(self) -> None:
        """Hear nothing and show nothing but the quiet page."""
        if self.is_on:
            return
        if self._record.recorder.state == RECORDING:
            self._record.recorder.pause_wanted.emit()
        self._since = self._clock.now()
        self._stack.setCurrentWidget(self.page)
        self.page.begin()
        testimony, drafts = self._testimony, self._drafts
        self._jobs.run(self, lambda: drafts.add_note(testimony, "", kind="break"), failed=self.failed.emit)

    def hide(self) -> None:
        """Somebody came in: the quiet page at once, and behind it the cover that only the passphrase lifts."""
        self.begin()
        self._cover()

    def end(self) -> None:
        """Come back to the recorder as it was, still paused."""
        self._since = None
        testimony, drafts = self._testimony, self._drafts
        self._jobs.run(self, lambda: drafts.add_note(testimony, "", kind="break_over"), failed=self.failed.emit)
        self.over.emit()

    def _tell(self) -> None:
        if self._since is not None:
            self.page.show_how_long((self._clock.now() - self._since).total_seconds())
