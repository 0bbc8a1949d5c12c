# SPDX-License-Identifier: Apache-2.0
"""A collector's home: asks what is in the vault, shows it, and leads on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from testimony_app.exchange.standing import Standing, standing
from testimony_app.i18n.catalogue import _
from testimony_app.intake.session import Interviews
from testimony_app.model.changes import Changes
from testimony_app.model.ids import TestimonyId
from testimony_app.model.listing import Page
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.ui import alerts
from testimony_app.ui.home.home_page import HomePage
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.parts import button
from testimony_app.vault.vault import Vault

_ROWS = 200


@dataclass(frozen=True)
class Glance:
    """What the home page shows first."""

    page: Page
    waiting: int
    has_archive: bool


class Holdings:
    """What a collector's vault holds, at a glance; everything here belongs to the vault's thread."""

    def __init__(self, vault: Vault, interviews: Interviews) -> None:
        """Look into an open vault."""
        self._vault, self._interviews = vault, interviews

    def glance(self) -> Glance:
        """Return the newest testimonies, how many wait for export, and whether an archive is trusted."""
        testimonies = self._vault.testimonies
        partners, today = self._vault.partners.all(), self._vault.clock.now().date().isoformat()
        # One that is past its day is as good as none: nothing is sealed to it.
        archives = (known for known in partners if known.card.role is Role.ARCHIVE)
        trusted = any(standing(known, partners, today) is Standing.TRUSTED for known in archives)
        return Glance(testimonies.rows(0, _ROWS), testimonies.rows(0, 1, state=State.SEALED).total, trusted)

    def more(self, offset: int) -> Page:
        """Return further testimonies."""
        return self._vault.testimonies.rows(offset, _ROWS)

    def erase(self, testimony: TestimonyId) -> Changes:
        """Destroy a draft at the witness's wish."""
        self._interviews.erase(testimony)
        return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony"}))


class HomeScreen(Screen):
    """Shows the holdings anew whenever it is opened and whenever something changed."""

    def __init__(self, jobs: Runs, holdings: Holdings) -> None:
        """Show these holdings."""
        super().__init__()
        self.setObjectName("home_screen")
        self._jobs, self._holdings = jobs, holdings
        self._shown = 0
        self._page = HomePage()
        fill(column(self), self._page)
        self._page.new_interview_wanted.connect(lambda: self.go.emit("interview", None))
        self._page.opened.connect(lambda testimony: self.go.emit("interview", testimony))
        self._page.hand_over_wanted.connect(lambda: self.go.emit("hand_over", None))
        self._page.amend_wanted.connect(lambda testimony: self.go.emit("amend", testimony))
        self._page.kept_opened.connect(lambda testimony: self.go.emit("kept", testimony))
        self._page.export_wanted.connect(lambda: self.go.emit("export", None))
        self._page.again_wanted.connect(lambda code: self.go.emit("export", code))
        self._page.card_wanted.connect(lambda: self.go.emit("add_card", None))
        self._page.erase_wanted.connect(self._on_erase)
        self._page.more_wanted.connect(self._on_more)

    def arrived(self) -> None:
        """Ask what is in the vault."""
        self._jobs.latest(self, "glance", self._holdings.glance, self._show, self._show_error)

    def bar_trailing(self) -> list[QWidget]:
        """Return what leads to the settings."""
        settings = button(_("Settings"), "settings_button", "flat")
        settings.clicked.connect(lambda: self.go.emit("settings", None))
        return [settings]

    def _show(self, glance: Glance) -> None:
        self._shown = len(glance.page.rows)
        self._more = glance.page.more
        self._page.show_page(glance.page, waiting=glance.waiting, has_archive=glance.has_archive)

    def _on_more(self) -> None:
        if self._shown and self._more:
            self._more, offset = False, self._shown
            self._jobs.run(self, lambda: self._holdings.more(offset), self._add, self._show_error)

    def _add(self, page: Page) -> None:
        self._shown, self._more = self._shown + len(page.rows), page.more
        self._page.add_rows(page)

    def _on_erase(self, testimony: str) -> None:
        erase = lambda: self._holdings.erase(TestimonyId(testimony))  # noqa: E731
        self._jobs.run(self, erase, lambda _changes: self.arrived(), self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
