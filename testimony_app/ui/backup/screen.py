# SPDX-License-Identifier: Apache-2.0
"""Making a backup; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts
from testimony_app.ui.backup.backup_page import BackupPage
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.places import Place, Sticks, places
from testimony_app.ui.screens import Screen
from testimony_app.vault import backup
from testimony_app.vault.backup import BackedUp, BackupPlan, CopiedBlobs
from testimony_app.workspace import Workspace

FOLDER, MARK = "backup", "BACKUP"
"""What a backup's folder is called on a stick, and the file by which one is known."""


class Backups:
    """The second copies of one vault; on the vault's thread, but for the copying."""

    def __init__(self, workspace: Workspace) -> None:
        """Copy an open vault."""
        self._workspace = workspace

    def last(self) -> str:
        """Return the moment of the last backup, or nothing."""
        made = [entry.at for entry in self._workspace.vault.custody.entries("") if entry.event == "backed_up"]
        return made[-1] if made else ""

    def plan(self, place: Path) -> BackupPlan:
        """Return what is to be copied to a place, its folder prepared. Raises what a folder or disk refuses."""
        folder = place if (place / MARK).is_file() else place / FOLDER
        return backup.plan(self._workspace.vault, folder)

    def copy(self, plan: BackupPlan, progress: Callable[[int, int], None]) -> CopiedBlobs:
        """Copy what was planned, each copy read back (bench). Raises what `progress` raises."""
        return backup.copy_blobs(plan, progress=progress)

    def discard(self, plan: BackupPlan) -> None:
        """Remove what was copied since it was planned: the backup before still counts (bench)."""
        backup.discard(plan)

    def finish(self, plan: BackupPlan, copied: CopiedBlobs) -> BackedUp:
        """Write the vault's state beside the copies: from now on it is the backup."""
        return backup.finish(self._workspace.vault, plan, copied)


class BackupScreen(Screen):
    """One backup at a time; stopped half way, nothing of it is left and the one before still counts."""

    can_go_back = True

    def __init__(self, jobs: Runs, backups: Backups, sticks: Sticks) -> None:
        """Copy to these sticks, or to any folder."""
        super().__init__()
        self.setObjectName("backup_screen")
        self.title = _("Backup")
        self._jobs, self._backups, self._sticks = jobs, backups, sticks
        self._cancel = Cancel()
        self._is_busy = False
        self._page = BackupPage()
        fill(column(self), self._page)
        self._sticks.changed.connect(self._show_sticks)
        self._page.wanted.connect(self._on_wanted)
        self._page.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each backup has its own
        self._page.left.connect(self.back)

    def arrived(self) -> None:
        """Ask when the last one was made."""
        self._show_sticks()
        self._jobs.latest(self, "last", self._backups.last, self._page.show_last, self._show_error)

    def left(self) -> None:
        """Stop copying, as when the program ends."""
        self._cancel.set()

    def may_leave(self) -> bool:
        """Tell whether nothing is being copied."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether nothing is being copied."""
        return not self._is_busy

    def choose_folder(self, folder: Path) -> None:
        """Copy to this folder, as if somebody had picked it."""
        self._page.places.choose_folder(folder)

    def _show_sticks(self) -> None:
        self._page.places.show_sticks(places(self._sticks))

    def _on_wanted(self, place: Place | None) -> None:
        if place is None:
            return
        self._is_busy, self._cancel = True, Cancel()
        self._page.show_begun()
        planned = partial(self._on_planned, place)
        self._jobs.run(self, partial(self._backups.plan, place.path), planned, self._on_failed)

    def _on_planned(self, place: Place, plan: BackupPlan) -> None:
        told, cancel = self._jobs.relay(self, self._page.show_progress), self._cancel

        def progress(done: int, total: int) -> None:
            if cancel():
                raise Cancelled
            told(done, total)

        copied = lambda found: self._on_copied(place, plan, found)  # noqa: E731
        failed = partial(self._on_not_copied, plan)
        self._jobs.run(self, partial(self._backups.copy, plan, progress), copied, failed, heavy=True)

    def _on_copied(self, place: Place, plan: BackupPlan, copied: CopiedBlobs) -> None:
        if self._cancel.is_set():
            # Pressed after the last byte: it is not a backup before its state is written.
            self._on_not_copied(plan, Cancelled())
            return
        self._page.show_finishing()
        made = partial(self._on_made, place)
        self._jobs.run(self, partial(self._backups.finish, plan, copied), made, self._on_failed)

    def _on_not_copied(self, plan: BackupPlan, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            # What was copied stays: the next try goes on from there.
            self._on_failed(error)
            return
        gone = lambda _none: self._on_stopped()  # noqa: E731
        self._jobs.run(self, partial(self._backups.discard, plan), gone, self._on_failed, heavy=True)

    def _on_made(self, place: Place, made: BackedUp) -> None:
        self._is_busy = False
        self._page.show_made(made.copied, made.kept, made.byte_count, place.name)

    def _on_stopped(self) -> None:
        self._is_busy = False
        self._page.show_stopped()

    def _on_failed(self, error: Exception) -> None:
        self._on_stopped()
        self._show_error(error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
