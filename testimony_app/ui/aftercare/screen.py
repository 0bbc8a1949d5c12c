# SPDX-License-Identifier: Apache-2.0
"""Writes down whom somebody can call afterwards, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from testimony_app.exchange import printed
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.intake.aftercare import Aftercare
from testimony_app.model.aftercare import Contact
from testimony_app.ui import alerts
from testimony_app.ui.aftercare.aftercare_page import AftercarePage
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen

AskFolder = Callable[[QWidget, str], str]


class AftercareScreen(Screen):
    """One page; nothing is changed until it is kept."""

    can_go_back = True

    def __init__(self, jobs: Runs, aftercare: Aftercare, ask_folder: AskFolder) -> None:
        """Keep in these."""
        super().__init__()
        self.setObjectName("aftercare_screen")
        self.title = _("Afterwards")
        self._jobs, self._aftercare, self._ask_folder = jobs, aftercare, ask_folder
        self._page = AftercarePage()
        fill(column(self), self._page)
        self._page.kept.connect(self._on_kept)
        self._page.cards_wanted.connect(self._on_cards)

    def arrived(self) -> None:
        """Show what is kept now."""
        self._jobs.latest(self, "contacts", self._aftercare.contacts, self._show, self._show_error)
        self._jobs.latest(self, "reached", self._aftercare.reached, self._page.show_reached, self._show_error)

    def _show(self, contacts: tuple[Contact, ...]) -> None:
        self._page.show_contacts(contacts)
        self._page.take_focus()

    def _on_kept(self, contacts: tuple[Contact, ...]) -> None:
        keep = self._aftercare.keep
        self._jobs.run(self, lambda: keep(contacts), lambda _kept: self.back.emit(), self._show_error)

    def _on_cards(self, reached: str) -> None:
        folder = self._ask_folder(self, "")
        if not folder:
            return
        keep = self._aftercare.keep_reached

        def work() -> Path:
            return printed.write_witness_cards(keep(reached), Path(folder))

        def done(path: Path) -> None:
            self._page.show_written(_("Written: {file}. Print it, then delete it.").format(file=ltr(path.name)))

        self._jobs.run(self, work, done, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
