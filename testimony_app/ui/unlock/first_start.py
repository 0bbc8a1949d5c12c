# SPDX-License-Identifier: Apache-2.0
"""First start: a language, a purpose, a vault; a collector then adds the archive's card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from testimony_app.i18n import languages
from testimony_app.model.partner import Role
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.create_page import ChoosesFolder, CreatePage, Filled, NewVault
from testimony_app.ui.unlock.language_page import LanguagePage
from testimony_app.ui.unlock.role_page import RolePage

_ABOUT_FOLDER = frozenset({"vault.folder-not-empty", "vault.disk-full", "vault.disk-trouble", "vault.in-use"})


class Begun(msgspec.Struct, frozen=True):
    """How far first start has come, so that a change of language comes back to the same page."""

    page: str = "language"
    role: Role = Role.COLLECTOR
    filled: Filled | None = None


class FirstStart(Screen):
    """Three pages; ends with an open vault."""

    opened = Signal(object, bool)
    """What `make_vault` returned, and whether the archive's card comes next."""
    language_chosen = Signal(str)
    practice_wanted = Signal()

    role_for_pictures = None

    def __init__(
        self,
        jobs: Runs,
        make_vault: Callable[[NewVault], object],
        folder_for: Callable[[Role], Path],
        choose_folder: ChoosesFolder,
        begun: Begun | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("first_start")
        self._jobs, self._make_vault = jobs, make_vault
        self._folder_for, self._choose_folder = folder_for, choose_folder
        self._begun = begun or Begun()
        self._is_busy = False
        self._pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self._show_page()

    def may_leave(self) -> bool:
        """Tell whether no vault is being made: a screen that was thrown away could not hand it on."""
        return not self._is_busy

    def where(self, argument: object) -> object:
        """Return how far it has come, with what was filled in but never a passphrase."""
        page = self._pages.currentWidget()
        filled = page.filled() if isinstance(page, CreatePage) else None
        return Begun(self._begun.page, self._begun.role, filled)

    def arrived(self) -> None:
        """Stand ready at the page."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus()

    def _move(self, page: str, role: Role | None = None) -> None:
        self._begun = Begun(page, role or self._begun.role)
        self._show_page()
        self.arrived()

    def _show_page(self) -> None:
        page = self._made()
        before = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()

    def _made(self) -> QWidget:
        if self._begun.page == "role":
            role_page = RolePage()
            role_page.chosen.connect(lambda role: self._move("create", role))
            role_page.practice_wanted.connect(self.practice_wanted)
            role_page.open_wanted.connect(lambda: self.go.emit("unlock", None))
            role_page.back.connect(lambda: self._move("language"))
            return role_page
        if self._begun.page == "create":
            role = self._begun.role
            create_page = CreatePage(role, self._folder_for(role), self._choose_folder)
            create_page.back.connect(lambda: self._move("role"))
            create_page.wanted.connect(self._on_wanted)
            if self._begun.filled is not None:
                create_page.show_filled(self._begun.filled)
            return create_page
        language_page = LanguagePage()
        language_page.chosen.connect(self._on_language)
        return language_page

    def _on_language(self, code: str) -> None:
        self._begun = Begun("role", self._begun.role)
        if code == languages.current().code:
            self._move("role")
        else:
            # The new language builds this screen anew, and `where` brings it back to the next page.
            self.language_chosen.emit(code)

    def _on_wanted(self, wanted: NewVault) -> None:
        work = partial(_make_and_wipe, self._make_vault, wanted)
        self._is_busy = True
        self._jobs.run(self, work, partial(self._on_made, wanted.role), self._on_failed)

    def _on_made(self, role: Role, made: object) -> None:
        self._is_busy = False
        self.opened.emit(made, role is Role.COLLECTOR)

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        page = self._pages.currentWidget()
        if isinstance(page, CreatePage):
            is_about_folder = getattr(error, "code", "") in _ABOUT_FOLDER
            page.show_error(alerts.field_text(error), is_about_folder=is_about_folder)
        self.bar_changed.emit()  # what had to wait, as another language, may come now


def _make_and_wipe(make_vault: Callable[[NewVault], object], wanted: NewVault) -> object:
    try:
        return make_vault(wanted)
    finally:
        wanted.passphrase.wipe()
