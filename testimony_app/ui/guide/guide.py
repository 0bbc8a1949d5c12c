# SPDX-License-Identifier: Apache-2.0
"""The guide's window, beside the work: it never takes the place of a screen, so that a recording stays in sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.application import Application
from testimony_app.ui.guide.chapters import language_for
from testimony_app.ui.guide.guide_page import GuidePage
from testimony_app.ui.layouts import column, fill


class GuideWindow(QWidget):
    """One window with the guide in the language of now; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet; `show_anchor` opens a chapter."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("guide_window")
        self.setWindowTitle(_("Guide"))
        self.setAccessibleName(_("Guide"))
        self.page = GuidePage(language_for(catalogue.language()))
        fill(column(self), self.page)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        wanted = QSize(theme.pixels(980), theme.pixels(680))
        self.resize(wanted if parent is None else wanted.boundedTo(parent.size()))

    def show_anchor(self, anchor: str) -> None:
        """Open the guide there and come to the front."""
        self.page.show_anchor(anchor)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.take_focus()


class Guide(QObject):
    """Opens the guide and builds it anew when the language or the look has changed."""

    def __init__(self, application: Application, owner: QWidget) -> None:
        """Belong to the main window: the guide closes with it."""
        super().__init__(owner)
        self._owner = owner
        self.window: GuideWindow | None = None
        application.language_changed.connect(self._renew)
        application.appearance_changed.connect(self._renew)

    def open(self, anchor: str) -> None:
        """Show the guide at an anchor."""
        if self.window is None:
            self.window = GuideWindow(self._owner)
        self.window.show_anchor(anchor)

    def close(self) -> None:
        """Put it away."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()

    def _renew(self) -> None:
        if self.window is None:
            return
        was_open, anchor = self.window.isVisible(), self.window.page.anchor
        self.close()
        if was_open:
            self.open(anchor)
