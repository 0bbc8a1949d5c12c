# SPDX-License-Identifier: Apache-2.0
"""Emptying a collector's vault before a border; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from testimony_app import border
from testimony_app.crypto.secret import Secret
from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.messages import describe
from testimony_app.model.testimony import State
from testimony_app.ui import alerts
from testimony_app.ui.border.border_page import BorderPage
from testimony_app.ui.border.values import Emptied, Hindrance, Outlook
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.places import Place, Sticks, places
from testimony_app.ui.screens import Screen
from testimony_app.workspace import Workspace

_SEALED = (State.SEALED, State.CARRIED, State.RECEIVED)


class Border:
    """Leaves one vault empty; on the vault's thread, but for trying the passphrase."""

    def __init__(self, workspace: Workspace, tries_passphrase: Callable[[Secret], None]) -> None:
        """Work on an open vault."""
        self._workspace, self.tries_passphrase = workspace, tries_passphrase

    def outlook(self) -> Outlook:
        """Return what there is to seal and to carry, and what holds it up."""
        testimonies = self._workspace.vault.testimonies
        return Outlook(
            drafts=testimonies.rows(0, 1, state=State.DRAFT).total,
            sealed=sum(testimonies.rows(0, 1, state=state).total for state in _SEALED),
            hindrances=tuple(self._hindrance(one) for one in border.obstacles(self._workspace)),
        )

    def leave(self, folder: Path, passphrase: Secret, progress: border.Progress) -> border.Left:
        """Seal, carry out, compare, drop. Whatever is raised before the last step, the vault is as it was."""
        return border.leave(self._workspace, folder, passphrase, progress=progress)

    def _hindrance(self, obstacle: border.Obstacle) -> Hindrance:
        testimony = self._workspace.vault.testimonies.by_code(obstacle.code)
        message = describe(obstacle.error)
        return Hindrance(testimony.id, obstacle.code, f"{message.what} {message.next_step}".strip())


class BorderScreen(Screen):
    """One action, confirmed once; afterwards the only way is to the empty vault."""

    emptied = Signal()
    """The old keys are gone: end the process that held them."""

    can_go_back = True

    def __init__(self, jobs: Runs, service: Border, sticks: Sticks) -> None:
        """Carry out to these sticks, or to any folder."""
        super().__init__()
        self.setObjectName("border_screen")
        self.title = _("Before a border")
        self._jobs, self._border, self._sticks = jobs, service, sticks
        self._cancel = Cancel()
        self._is_busy = self._is_done = False
        self._page = BorderPage()
        fill(column(self), self._page)
        self._sticks.changed.connect(self._show_sticks)
        self._page.wanted.connect(self._on_wanted)
        self._page.draft_wanted.connect(lambda testimony: self.go.emit("interview", (testimony, "review")))
        self._page.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each try has its own
        self._page.finished.connect(self.emptied)

    def arrived(self) -> None:
        """Ask what there is to carry."""
        self._show_sticks()
        self._jobs.latest(self, "outlook", self._border.outlook, self._page.show_outlook, self._show_error)

    def may_leave(self) -> bool:
        """Tell whether the vault is still the one that was opened."""
        return not (self._is_busy or self._is_done)

    def may_lock_now(self) -> bool:
        """Tell whether nothing is under way."""
        return not self._is_busy

    def choose_folder(self, folder: Path) -> None:
        """Carry out to this folder, as if somebody had picked it."""
        self._page.places.choose_folder(folder)

    def _show_sticks(self) -> None:
        self._page.places.show_sticks(places(self._sticks))

    def _on_wanted(self, place: Place, passphrase: Secret) -> None:
        # First that it is this vault's own passphrase: the empty one gets it, and a slip would lock everybody out.
        self._is_busy = True
        tried = lambda _none: self._leave(place, passphrase)  # noqa: E731
        refused = partial(self._on_failed, passphrase)
        self._jobs.run(self, partial(self._border.tries_passphrase, passphrase), tried, refused, heavy=True)

    def _leave(self, place: Place, passphrase: Secret) -> None:
        self._cancel = cancel = Cancel()
        self._page.show_begun()
        told = self._jobs.relay(self, self._page.show_progress)

        def progress(step: str, done: int, total: int) -> None:
            if cancel() and step != border.DROPPING:
                raise Cancelled
            told(step, done, total)

        leave = partial(self._border.leave, place.path, passphrase, progress)
        left = lambda found: self._on_left(place, passphrase, found)  # noqa: E731
        self._jobs.run(self, leave, left, partial(self._on_failed, passphrase))

    def _on_left(self, place: Place, passphrase: Secret, left: border.Left) -> None:
        passphrase.wipe()
        self._is_busy, self._is_done = False, True
        self.can_go_back = False
        self.bar_changed.emit()
        codes = tuple(one.code for one in left.carried)
        self._page.show_emptied(Emptied(codes, left.byte_count, place.name, left.safety_number))

    def _on_failed(self, passphrase: Secret, error: Exception) -> None:
        passphrase.wipe()
        self._is_busy = False
        if isinstance(error, Cancelled):
            self._page.show_stopped()
        elif getattr(error, "code", "") == "vault.wrong-passphrase":
            self._page.show_stopped(alerts.field_text(error))
        else:
            self._page.show_stopped()
            self._show_error(error)
        self.arrived()

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
