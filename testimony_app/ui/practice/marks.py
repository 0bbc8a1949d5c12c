# SPDX-License-Identifier: Apache-2.0
"""Marks every window of practice: the main one above all that it shows, and each dialog as it appears.

The band stands outside the screens, so that no screen, cover or page for a witness alone can be without it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from testimony_app.ui.practice.band import Band, named, told

_MARKED = "practice_marked"
_TITLE = "Govah"


class Marks(QObject):
    """Lives as long as practice does."""

    role_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, app: QApplication, window: QMainWindow, passphrase: str) -> None:
        """Mark the main window now, and others as they come."""
        super().__init__(window)
        self._app, self._window, self._passphrase = app, window, passphrase
        self._offered = {"role": False, "leave": False}
        # The system's own dialogs could not be marked.
        app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        app.installEventFilter(self)
        self.renew()

    def renew(self) -> None:
        """Say it anew, as when the language has changed."""
        self._app.setApplicationDisplayName(named(_TITLE))
        self._window.setWindowTitle(named(_TITLE))
        self._window.setAccessibleName(told())
        self.band = Band(self._passphrase)
        self.band.role_wanted.connect(self.role_wanted)
        self.band.leave_wanted.connect(self.leave_wanted)
        self.band.offer(**self._offered)
        self._window.setMenuWidget(self.band)
        self.band.show()

    def offer(self, *, role: bool, leave: bool) -> None:
        """Offer these ways out on the main window."""
        self._offered = {"role": role, "leave": leave}
        self.band.offer(role=role, leave=leave)

    def end(self) -> None:
        """Mark no more, where the application outlives practice."""
        self._app.removeEventFilter(self)
        self._app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
        self._app.setApplicationDisplayName(_TITLE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the band on a window that is about to appear; keeps no event from anybody."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and _wants_mark(watched):
            self._mark(watched)
        return False

    def _mark(self, sheet: QWidget) -> None:
        sheet.setProperty(_MARKED, True)
        sheet.setWindowTitle(named(sheet.windowTitle()))
        sheet.setAccessibleName(named(sheet.accessibleName() or sheet.windowTitle()))
        box = sheet.layout()
        if box is not None:
            band = Band(parent=sheet)
            box.setMenuBar(band)
            band.show()


def _wants_mark(widget: QWidget) -> bool:
    """Tell whether it is a window of its own besides the main one; menus and tips belong to the one they open from."""
    is_sheet = isinstance(widget, QDialog) or widget.objectName() == "guide_window"
    return is_sheet and widget.isWindow() and not widget.property(_MARKED)
