# SPDX-License-Identifier: Apache-2.0
"""Making a vault of a backup: which one, where to, what opens it; then copied, opened, and every byte read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.clock import Clock
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.exchange.errors import Cancelled
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import recovery, sheet_words
from testimony_app.safekeeping.errors import SheetsDoNotOpen
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.keys.gather_page import GatherPage, to_recover
from testimony_app.ui.keys.gathering import Gathering
from testimony_app.ui.keys.screen import Sheets
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.restore.restore_page import RestorePage
from testimony_app.ui.restore.values import Wanted
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.create_page import ChoosesFolder
from testimony_app.ui.unlock.renew_page import RenewPage
from testimony_app.ui.unlock.screen import second_half
from testimony_app.vault import check, restoring
from testimony_app.vault.check import Found, Reading
from testimony_app.vault.errors import WrongPassphrase
from testimony_app.vault.restoring import Fetched
from testimony_app.workspace import Workspace, over

Progress = Callable[[int, int], None]
_NOTHING = Wanted(Path(), Path())


class Begun(msgspec.Struct, frozen=True):
    """A vault that was fetched and opened, and what of it is still to be read."""

    workspace: Workspace
    fetched: Fetched
    reading: Reading


class Restored(msgspec.Struct, frozen=True):
    """A vault made of a backup, how many of its parts were read, and how many are damaged."""

    workspace: Workspace
    checked: int
    damaged: int


class Restoring(Sheets):
    """Makes vaults of backups; the long steps on the bench, the database on the vault's thread."""

    def __init__(self, clock: Clock) -> None:
        """Open with this clock."""
        self._clock = clock

    def prove(self, wanted: Wanted) -> None:
        """Return if what was given opens the backup (bench). Raises what is wrong with it."""
        with _opening(wanted) as (secret, kind, half):
            restoring.try_secret(wanted.backup, secret, kind=kind, key_file=half)

    def fetch(self, wanted: Wanted, progress: Progress) -> Fetched:
        """Copy the backup to its folder (bench); if `progress` raises, the folder is as it was."""
        return restoring.fetch(wanted.backup, wanted.folder, progress=progress)

    def open(self, wanted: Wanted, fetched: Fetched) -> Begun:
        """Return the vault, open, and what of it is to be read; if it doesn't open, the folder is as it was."""
        with _opening(wanted) as (secret, kind, half):
            vault = restoring.open_fetched(fetched, secret, clock=self._clock, key_file=half, kind=kind)
        try:
            if wanted.renewed is not None:
                recovery.set_passphrase(vault.ways, wanted.renewed, only=wanted.only)
            return Begun(over(vault, self._clock), fetched, check.begin(vault))
        except BaseException:
            vault.lock()
            restoring.discard(fetched)
            raise

    def read(self, begun: Begun, progress: Progress) -> tuple[Found, ...]:
        """Read every byte of what was restored and return what is damaged (bench)."""
        return check.read(begun.reading, progress=progress)

    def finish(self, begun: Begun, found: tuple[Found, ...]) -> Restored:
        """Write down that it was read."""
        result = check.end(begun.workspace.vault, begun.reading, found)
        return Restored(begun.workspace, result.checked, len(result.damaged))

    def abandon(self, begun: Begun) -> None:
        """Close the vault and remove it: the folder is as it was found."""
        begun.workspace.close()
        restoring.discard(begun.fetched)


class RestoreScreen(Screen):
    """Ends with an open vault; stopped half way, with the folder as it was."""

    opened = Signal(object)
    """What can be done with the vault."""

    role_for_pictures = None
    can_go_back = True

    def __init__(self, jobs: Runs, service: Restoring, choose_folder: ChoosesFolder) -> None:
        """Restore with this service."""
        super().__init__()
        self.setObjectName("restore_screen")
        self.title = _("Restore a backup")
        self._jobs, self._service = jobs, service
        self._restored: Restored | None = None
        self._wanted = _NOTHING
        self._cancel = Cancel()
        self._is_busy = False
        self._page, self._renew = RestorePage(choose_folder), RenewPage(_("Restore"))
        self._gather = GatherPage(to_recover(_("Restore with recovery sheets")))
        self._gathering = Gathering(self._gather.entry, jobs, service)
        self._stack = QStackedWidget()
        for page in (self._page, self._gather, self._renew):
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._connect()

    def left(self) -> None:
        """Stop what is under way, as when the program ends, and forget what opens the backup."""
        self._cancel.set()
        self._gathering.forget()
        if not self._is_busy:
            self._forget()

    def may_leave(self) -> bool:
        """Tell whether nothing is being copied or waits to be opened."""
        return not self._is_busy and self._restored is None

    def _connect(self) -> None:
        page, gather, renew = self._page, self._gather, self._renew
        page.wanted.connect(self._begin)
        page.sheets_wanted.connect(self._on_sheets)
        page.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each try has its own
        page.left.connect(self.back)
        page.opened.connect(self._on_opened)
        gather.continued.connect(self._on_gathered)
        gather.left.connect(self._on_asked_again)
        renew.left.connect(self._on_asked_again)
        renew.wanted.connect(self._on_renewed)
        self._gathering.changed.connect(gather.show_sheets)

    def _on_asked_again(self) -> None:
        self._gathering.forget()
        self._forget()
        self._stack.setCurrentWidget(self._page)

    def _on_sheets(self, backup: Path, folder: Path) -> None:
        self._wanted = Wanted(backup, folder)
        self._stack.setCurrentWidget(self._gather)
        self._gather.setFocus()

    def _on_gathered(self) -> None:
        self._wanted = msgspec.structs.replace(self._wanted, words=self._gathering.words())
        refused = lambda error: self._gather.entry.show_wrong(alerts.field_text(error))  # noqa: E731
        self._jobs.run(self, partial(self._service.prove, self._wanted), self._on_proved, refused, heavy=True)

    def _on_proved(self, _none: object) -> None:
        self._stack.setCurrentWidget(self._renew)
        self._renew.begin()

    def _on_renewed(self, passphrase: Secret, only: bool) -> None:
        self._stack.setCurrentWidget(self._page)
        self._gathering.forget()
        self._begin(msgspec.structs.replace(self._wanted, renewed=passphrase, only=only))

    def _begin(self, wanted: Wanted) -> None:
        self._is_busy, self._cancel, self._wanted = True, Cancel(), wanted
        self._page.show_begun()
        prove = partial(self._service.prove, wanted)
        self._jobs.run(self, prove, lambda _none: self._fetch(), self._on_failed, heavy=True)

    def _fetch(self) -> None:
        fetch = partial(self._service.fetch, self._wanted, self._telling(self._page.show_copied))
        self._jobs.run(self, fetch, self._open, self._on_failed, heavy=True)

    def _open(self, fetched: Fetched) -> None:
        opened = partial(self._service.open, self._wanted, fetched)
        self._jobs.run(self, opened, self._read, self._on_failed)

    def _read(self, begun: Begun) -> None:
        read = partial(self._service.read, begun, self._telling(self._page.show_read))
        self._jobs.run(self, read, partial(self._finish, begun), partial(self._abandon, begun), heavy=True)

    def _finish(self, begun: Begun, found: tuple[Found, ...]) -> None:
        if self._cancel.is_set():
            self._abandon(begun, Cancelled())
            return
        finish = partial(self._service.finish, begun, found)
        self._jobs.run(self, finish, self._on_restored, partial(self._abandon, begun))

    def _abandon(self, begun: Begun, error: Exception) -> None:
        gone = lambda _none: self._on_failed(error)  # noqa: E731
        self._jobs.run(self, partial(self._service.abandon, begun), gone, self._on_failed)

    def _telling(self, show: Progress) -> Progress:
        told, cancel = self._jobs.relay(self, show), self._cancel

        def progress(done: int, total: int) -> None:
            if cancel():
                raise Cancelled
            told(done, total)

        return progress

    def _on_restored(self, restored: Restored) -> None:
        self._forget()
        self._is_busy, self._restored = False, restored
        self._page.show_restored(restored.checked, restored.damaged)

    def _on_failed(self, error: Exception) -> None:
        self._forget()
        self._is_busy = False
        self._page.show_wrong("" if isinstance(error, Cancelled) else alerts.field_text(error))

    def _forget(self) -> None:
        self._wanted.wipe()
        self._wanted = _NOTHING

    def _on_opened(self) -> None:
        restored, self._restored = self._restored, None
        if restored is not None:
            self.opened.emit(restored.workspace)


@contextmanager
def _opening(wanted: Wanted) -> Iterator[tuple[Secret, Kind, Secret | None]]:
    """Hand out what opens the backup, its kind, and the second half; sheets that don't are told as such."""
    if wanted.passphrase is not None:
        with second_half(wanted.key_file) as half:
            yield wanted.passphrase, Kind.PASSPHRASE, half
        return
    with sheet_words.secret_of(wanted.words) as secret:
        try:
            yield secret, Kind.RECOVERY, None
        except WrongPassphrase as error:
            raise SheetsDoNotOpen from error
