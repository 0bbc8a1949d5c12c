# SPDX-License-Identifier: Apache-2.0
"""Checking a vault; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts
from testimony_app.ui.checking.check_page import CheckPage
from testimony_app.ui.checking.values import Checked, Trouble
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.vault import check
from testimony_app.vault.check import Found, Reading
from testimony_app.vault.vault import Vault


class Checks:
    """Checks one vault; the database on its thread, all else on the bench."""

    def __init__(self, vault: Vault) -> None:
        """Check an open vault."""
        self._vault = vault

    def last(self) -> str:
        """Return the moment of the last check to the last byte, or nothing."""
        made = [one.at for one in self._vault.custody.entries("") if one.event == "checked" and not one.facts["quick"]]
        return made[-1] if made else ""

    def begin(self) -> Reading:
        """Read the database and the log, and return what else is to be read."""
        return check.begin(self._vault)

    def read(self, begun: Reading, progress: Callable[[int, int], None]) -> tuple[Found, ...]:
        """Return what is damaged (bench); raises what `progress` raises."""
        return check.read(begun, progress=progress)

    def end(self, begun: Reading, found: tuple[Found, ...]) -> Checked:
        """Write down that it was checked, and return what came of it."""
        result = check.end(self._vault, begun, found)
        troubles = (Trouble(one.what.partition(" ")[0], one.reason, one.testimony) for one in result.damaged)
        return Checked(result.checked, tuple(troubles))


class CheckScreen(Screen):
    """One check at a time; stopped half way, it never was."""

    can_go_back = True

    def __init__(self, jobs: Runs, checks: Checks) -> None:
        """Show when the last one was."""
        super().__init__()
        self.setObjectName("check_screen")
        self.title = _("Check everything")
        self._jobs, self._checks = jobs, checks
        self._cancel = Cancel()
        self._is_busy = False
        self._page = CheckPage()
        fill(column(self), self._page)
        self._page.wanted.connect(self._on_wanted)
        self._page.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each check has its own
        self._page.left.connect(self.back)

    def arrived(self) -> None:
        """Ask when the last one was."""
        self._jobs.latest(self, "last", self._checks.last, self._page.show_last, self._on_failed)

    def left(self) -> None:
        """Stop reading, as when the program ends."""
        self._cancel.set()

    def may_leave(self) -> bool:
        """Tell whether nothing is being read."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether nothing is being read."""
        return not self._is_busy

    def _on_wanted(self) -> None:
        self._is_busy, self._cancel = True, Cancel()
        self._page.show_begun()
        self._jobs.run(self, self._checks.begin, self._read, self._on_failed)

    def _read(self, begun: Reading) -> None:
        told, cancel = self._jobs.relay(self, self._page.show_progress), self._cancel

        def progress(done: int, total: int) -> None:
            if cancel():
                raise Cancelled
            told(done, total)

        end = partial(self._end, begun)
        self._jobs.run(self, partial(self._checks.read, begun, progress), end, self._on_failed, heavy=True)

    def _end(self, begun: Reading, found: tuple[Found, ...]) -> None:
        if self._cancel.is_set():
            self._on_failed(Cancelled())
            return
        self._jobs.run(self, partial(self._checks.end, begun, found), self._on_checked, self._on_failed)

    def _on_checked(self, checked: Checked) -> None:
        self._is_busy = False
        self._page.show_checked(checked)

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._page.show_stopped()
        if not isinstance(error, Cancelled):
            self.noticed.emit(alerts.banner(error))
