# SPDX-License-Identifier: Apache-2.0
"""The pages of an interview, one for each step; the third is a recorder or a sheet of paper."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.intake.write_page import WritePage


class Pages(QStackedWidget):
    """One page is seen at a time."""

    def __init__(self) -> None:
        """Show the first."""
        super().__init__()
        self.witness, self.consent, self.record = WitnessPage(), ConsentPage(), RecordPage()
        self.write, self.people, self.review = WritePage(), PeoplePage(), ReviewPage()
        for page in (self.witness, self.consent, self.record, self.write, self.people, self.review):
            self.addWidget(page)

    def of(self, step: str, *, is_writing: bool) -> QWidget:
        """Return the page of a step."""
        pages: dict[str, QWidget] = {
            "witness": self.witness,
            "consent": self.consent,
            "recording": self.write if is_writing else self.record,
            "people": self.people,
            "review": self.review,
        }
        return pages[step]

    def take_focus(self, step: str, *, is_writing: bool) -> None:
        """Put the focus where a step begins."""
        if step == "recording":
            self.write.start_typing() if is_writing else self.record.recorder.start_here()
        elif step == "witness":
            self.witness.start_here()
