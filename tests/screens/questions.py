# SPDX-License-Identifier: Apache-2.0
"""The interview guide as an archive writes it, and as an interviewer reads it."""

from __future__ import annotations

from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.intake import prompts
from testimony_app.intake.guides import PHASES, as_text
from testimony_app.model.partner import Role
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.questions.questions_page import QuestionsPage
from testimony_app.ui.questions.values import GuideTexts
from testimony_app.ui.screens import Screen


class Around(Screen):
    """The page as its own screen shows it."""

    can_go_back = True

    def __init__(self, *, is_archive):
        super().__init__()
        self.title = _("Interview guide")
        self.role_for_pictures = Role.ARCHIVE if is_archive else Role.COLLECTOR
        guide = prompts.guide(catalogue.language())
        parts = tuple(as_text(one for one in guide.sections if one.phase == phase) for phase in PHASES)
        page = QuestionsPage(is_archive=is_archive)
        page.show_texts(GuideTexts(guide.language, guide.title, parts, "" if is_archive else "Archive of the Voices"))
        fill(column(self), page)


def screens():
    """Yield both."""
    yield "questions-1-archive", lambda: Around(is_archive=True)
    yield "questions-2-interviewer", lambda: Around(is_archive=False)
