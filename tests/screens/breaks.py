# SPDX-License-Identifier: Apache-2.0
"""A break in an interview: the quiet page."""

from __future__ import annotations

from testimony_app.model.partner import Role
from testimony_app.ui.intake.break_page import BreakPage
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


def screens():
    """Yield the quiet page."""
    yield "interview-3-break", lambda: Around(BreakPage())
