# SPDX-License-Identifier: Apache-2.0
"""What may lie over everything: hidden because somebody came in, the helper's passphrase, closing a drop box."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from testimony_app.crypto.secret import Secret
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk import words
from testimony_app.ui.kiosk.choice_page import ChoicePage, Shown
from testimony_app.ui.kiosk.helper_page import HelperPage
from testimony_app.ui.kiosk.ports import Booth, Page

HIDDEN, UNHIDING, HELPER, CLOSING = "hidden", "unhiding", "helper", "closing"


class Covers(QObject):
    """One cover at a time, or none; each is a page of its own."""

    changed = Signal()
    """Another page is to be shown."""
    opened = Signal()
    """The helper's passphrase was right, or a drop box may be closed: the laptop is to be given back."""

    def __init__(self, owner: QObject, jobs: Runs, booth: Booth, *, hides_behind_passphrase: bool) -> None:
        """Cover nothing."""
        super().__init__(owner)
        self._jobs, self._booth, self._hides_behind_passphrase = jobs, booth, hides_behind_passphrase
        self.name = ""

    @property
    def is_hiding(self) -> bool:
        """Whether nothing of the telling may be seen."""
        return self.name in (HIDDEN, UNHIDING)

    def hide(self) -> None:
        """Hide everything."""
        self._show(HIDDEN)

    def ask_helper(self) -> None:
        """Ask for the passphrase, or where there is none whether to close."""
        self._show(CLOSING if self._booth.is_drop_box else HELPER)

    def page(self, *, is_telling: bool) -> Page | None:
        """Return the page of the cover, if there is one."""
        if self.name == HIDDEN:
            return self._choice(words.hidden())
        if self.name == CLOSING:
            return self._choice(words.close_box(is_telling=is_telling))
        if not self.name:
            return None
        page = HelperPage(*words.helper(is_telling=is_telling, is_unhiding=self.name == UNHIDING))
        page.returned.connect(lambda: self._show(HIDDEN if self.name == UNHIDING else ""))
        page.submitted.connect(partial(self._on_passphrase, page))
        return page

    def _choice(self, shown: Shown) -> ChoicePage:
        page = ChoicePage(shown)
        page.chosen.connect(self._on_chosen)
        return page

    def _on_chosen(self, name: str) -> None:
        if name == "close_box":
            self.opened.emit()
        elif name == "unhide" and self._hides_behind_passphrase:
            self._show(UNHIDING)
        else:
            self._show("")

    def _on_passphrase(self, page: HelperPage, secret: Secret) -> None:
        tries, is_unhiding = self._booth.tries_passphrase, self.name == UNHIDING
        if tries is None:
            secret.wipe()
            return

        def right(_nothing: object) -> None:
            if is_unhiding:
                self._show("")
            else:
                self.opened.emit()

        self._jobs.run(page, partial(_try_and_wipe, tries, secret), right, page.show_error, heavy=True)

    def _show(self, name: str) -> None:
        self.name = name
        self.changed.emit()


def _try_and_wipe(tries: Callable[[Secret], None], secret: Secret) -> None:
    try:
        tries(secret)
    finally:
        secret.wipe()
