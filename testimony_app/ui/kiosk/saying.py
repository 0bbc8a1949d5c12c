# SPDX-License-Identifier: Apache-2.0
"""Says each page once to whoever listens with a screen reader: the focus first, then everything that stands there.

Without it only the first button would be heard, and never the question. Letters made larger are no new page.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from testimony_app.ui.kiosk.ports import Page
from testimony_app.ui.widgets.announce import announce


class Saying:
    """Remembers what was said last, so that nothing is said twice."""

    def __init__(self) -> None:
        """Have said nothing."""
        self._said = ""

    def arrive(self, page: Page) -> None:
        """Put the focus on a page, then say what stands on it."""
        page.take_focus()
        before, self._said = self._said, page.said
        if self._said != before and not _is_heard_with_focus(page, self._said):
            announce(page.widget, self._said)


def _is_heard_with_focus(page: Page, said: str) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.widget.isAncestorOf(focused) and focused.accessibleName() == said
