# SPDX-License-Identifier: Apache-2.0
"""What can lie over a step of an interview: the talk before it, and the quiet page of a break."""

from __future__ import annotations

from testimony_app.model.partner import Role
from testimony_app.model.risks import DANGER, FITNESS, RiskTalk
from testimony_app.ui.intake.break_page import BreakPage
from testimony_app.ui.intake.risk_page import RiskPage
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from tests.ui.flows import samples


class Around(Screen):
    """The page as the interview shows it."""

    can_go_back = True
    title_is_code = True
    role_for_pictures = Role.COLLECTOR

    def __init__(self, page):
        super().__init__()
        self.title = samples.CODE
        fill(column(self), page)


def risks(*, is_serious=False):
    """Return the talk before an interview, half way through."""
    page = RiskPage()
    danger = "serious" if is_serious else "possible"
    answers = ((DANGER, danger), (FITNESS, "able"), ("who_knows", samples.WORDS["note"]), ("leave_out", "the trial"))
    page.show_talk(RiskTalk(answers=answers))
    return Around(page)


def screens():
    """Yield the pages."""
    yield "interview-0-risks", risks
    yield "interview-0-risks-serious", lambda: risks(is_serious=True)
    yield "interview-3-break", lambda: Around(BreakPage())
