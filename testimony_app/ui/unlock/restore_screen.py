# SPDX-License-Identifier: Apache-2.0
"""Making a vault of a backup: which backup, where to, its passphrase of that day; then every byte is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import Signal

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.create_page import ChoosesFolder
from testimony_app.ui.unlock.restore_page import RestorePage


class Restored(msgspec.Struct, frozen=True):
    """A vault made of a backup, how many of its parts were read, and how many are damaged."""

    opened: object
    checked: int
    damaged: int


class Restores(Protocol):
    """Makes a vault of a backup; on the vault thread."""

    def restore(self, backup_folder: Path, folder: Path, passphrase: Secret, key_file: Path | None) -> Restored:
        """Return the vault, open and read from end to end."""


class RestoreScreen(Screen):
    """Ends with an open vault."""

    opened = Signal(object)
    """What `restore` returned as the vault."""

    role_for_pictures = None
    can_go_back = True

    def __init__(self, jobs: Runs, restores: Restores, choose_folder: ChoosesFolder) -> None:
        """Restore with this service."""
        super().__init__()
        self.setObjectName("restore_screen")
        self.title = _("Restore a backup")
        self._jobs, self._restores = jobs, restores
        self._restored: Restored | None = None
        self._is_busy = False
        self._page = RestorePage(choose_folder)
        fill(column(self), self._page)
        self._page.wanted.connect(self._on_wanted)
        self._page.left.connect(self.back)
        self._page.opened.connect(self._on_opened)

    def may_leave(self) -> bool:
        """Tell whether nothing is being copied or waits to be opened."""
        return not self._is_busy and self._restored is None

    def _on_wanted(self, backup: Path, folder: Path, passphrase: Secret) -> None:
        self._is_busy = True
        restore = _wiping(lambda: self._restores.restore(backup, folder, passphrase, self._page.half.path), passphrase)
        self._jobs.run(self, restore, self._on_restored, self._on_failed)

    def _on_restored(self, restored: Restored) -> None:
        self._is_busy, self._restored = False, restored
        self._page.show_restored(restored.checked, restored.damaged)

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._page.show_wrong(alerts.field_text(error))

    def _on_opened(self) -> None:
        restored, self._restored = self._restored, None
        if restored is not None:
            self.opened.emit(restored.opened)


def _wiping(work: Callable[[], Restored], passphrase: Secret) -> Callable[[], Restored]:
    def run() -> Restored:
        with passphrase:
            return work()

    return run
