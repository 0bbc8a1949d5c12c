# SPDX-License-Identifier: Apache-2.0
"""A file on its way in: which one, how far it is, how long it still needs, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.layouts import fill
from testimony_app.ui.widgets.parts import Column, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel


class BringingPage(Column):
    """Says that nothing is half done, whatever happens."""

    cancelled = Signal()

    def __init__(self) -> None:
        """Start with nothing on its way."""
        super().__init__(640)
        self.setObjectName("bringing_page")
        self._progress = ProgressPanel(_("Taking a file in"), name="bringing_progress")
        self._progress.cancel_requested.connect(self.cancelled)
        told = label(_("The file itself stays where it is. Here it is kept encrypted."), "soft")
        fill(self.box, 80, self._progress, told, None)

    def begin(self, name: str) -> None:
        """Show that a file is being taken in."""
        self._progress.begin(_("Taking in {file}").format(file=wording.quoted(name)))
        self._progress.cancel_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.show_progress(done, total)
