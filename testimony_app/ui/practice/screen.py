# SPDX-License-Identifier: Apache-2.0
"""The first screen of practice: what it is, and as whom somebody wants to practise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.practice.practice_page import PracticePage
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.parts import Column, label

NOT_HERE = ("recover", "restore", "duress", "drop_box")
"""Screens that would lead to other vaults, and so are no part of practice."""
Progress = Callable[[int, int], None]


class Rehearsal(Protocol):
    """What makes the practice vaults and opens one of them."""

    @property
    def passphrase(self) -> str:
        """What opens them."""

    def prepare(self, progress: Progress) -> None:
        """Make both vaults and what is in them, if that wasn't done yet (bench)."""

    def open(self, role: Role) -> object:
        """Return one of them, open (vault thread)."""


class PracticeScreen(Screen):
    """Prepares the invented material once, then opens the vault of the chosen role."""

    entered = Signal(object)
    """What `open` returned."""

    role_for_pictures = None

    def __init__(self, jobs: Runs, rehearsal: Rehearsal) -> None:
        """Offer both roles."""
        super().__init__()
        self.setObjectName("practice_screen")
        self._jobs, self._rehearsal = jobs, rehearsal
        self._is_busy = False
        self.page = PracticePage(rehearsal.passphrase)
        fill(column(self), self.page)
        self.page.chosen.connect(self._on_chosen)

    def may_leave(self) -> bool:
        """Tell whether nothing is being prepared."""
        return not self._is_busy

    def arrived(self) -> None:
        """Stand ready at the first choice."""
        self.page.setFocus()

    def _on_chosen(self, role: Role) -> None:
        self._is_busy = True
        self.page.show_preparing()
        told = self._jobs.relay(self, self.page.show_progress)
        work = partial(self._rehearsal.prepare, told)
        self._jobs.run(self, work, lambda _none: self._enter(role), self._on_failed, heavy=True)

    def _enter(self, role: Role) -> None:
        self._jobs.run(self, partial(self._rehearsal.open, role), self._on_opened, self._on_failed)

    def _on_opened(self, made: object) -> None:
        self._is_busy = False
        self.entered.emit(made)

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self.page.show_choice()
        self.noticed.emit(alerts.banner(error))


class NotHere(Screen):
    """Stands where a screen would lead out of practice."""

    can_go_back = True

    def __init__(self) -> None:
        """Say that this can't be practised."""
        super().__init__()
        self.setObjectName("not_in_practice")
        self.title = _("Practice")
        page = Column(560)
        page.box.addStretch(1)
        page.box.addWidget(label(_("This is not part of practice."), "title", name="not_in_practice_title"))
        page.box.addWidget(label(_("It would lead to other vaults. Read about it in the guide."), "lead"))
        page.box.addStretch(2)
        fill(column(self), page)
