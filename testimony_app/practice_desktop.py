# SPDX-License-Identifier: Apache-2.0
"""Composition root of practice: the same desktop over throw-away vaults, with a microphone that hears nobody.

It opens the vaults of its own practice folder and no other; both pinned each other's cards, and no real vault will
ever pin one of theirs. Its settings lie in that folder, too, so that those of the person who practises stay as they
are. Locking and changing the role end the process as in real work; leaving destroys the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from testimony_app import places, settings
from testimony_app.clock import Clock
from testimony_app.crypto.passphrase import from_text
from testimony_app.crypto.secret import Secret
from testimony_app.desktop import Desktop, Surroundings, become
from testimony_app.devices.drives import Drive, Drives
from testimony_app.devices.practice_microphone import PracticeMicrophone
from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.machine import free_bytes
from testimony_app.model.partner import Role
from testimony_app.practice import ground as grounds
from testimony_app.practice.filling import fill
from testimony_app.practice.ground import PASSPHRASE, Ground
from testimony_app.ui.application import make_qt
from testimony_app.ui.practice.marks import Marks
from testimony_app.ui.practice.screen import NOT_HERE, NotHere, PracticeScreen
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.screen import UnlockScreen
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.vault.errors import NotAPracticeVault
from testimony_app.workspace import Workspace, open_workspace

WORD = "--practice"


@dataclass(frozen=True)
class Rehearsed:
    """The practice vaults, as the first screen asks for them."""

    ground: Ground
    clock: Clock
    passphrase: str = PASSPHRASE

    def prepare(self, progress: Callable[[int, int], None]) -> None:
        """Make both vaults and what is in them, if that wasn't done yet."""
        if not self.ground.is_ready:
            fill(self.ground, catalogue.language(), self.clock, progress)

    def open(self, role: Role) -> Workspace:
        """Return one of them, open."""
        with from_text(PASSPHRASE) as secret:
            return open_workspace(self.ground.vault(role), secret, clock=self.clock, is_practice=True)


class PracticeDesktop(Desktop):
    """The desktop over one practice folder."""

    def __init__(self, app: QApplication, ground: Ground, surroundings: Surroundings) -> None:
        """Build it, marked from the first moment."""
        self.ground = ground
        self._stays = False
        super().__init__(app, surroundings)
        self.marks = Marks(app, self.window, PASSPHRASE)
        self.marks.role_wanted.connect(self._on_role_wanted)
        self.marks.leave_wanted.connect(self._on_leave_wanted)
        self.application.language_changed.connect(lambda _code: self.marks.renew())
        self.screens.opened.connect(lambda _name: self._offer_ways_out())

    def start(self, vault: Path | None = None) -> None:
        """Show the window: the choice of a role, or the unlock screen of a practice vault that was locked."""
        left_at = self.hand_over.left_at
        if left_at is not None:
            self.screens.start("kiosk_return", left_at)
        elif vault is not None and self.ground.holds(vault) and self.ground.is_ready:
            self.screens.start("unlock", vault)
        else:
            self.screens.start("practice")
        self.drives.start()
        self.window.show()

    def shut_down(self) -> None:
        """End everything; unless another process goes on with it, the practice folder is destroyed."""
        super().shut_down()
        self.marks.end()
        if self._stays:
            self.ground.let_go()
        else:
            self.ground.destroy()

    def _before_opening(self) -> dict[str, Callable[[object], Screen]]:
        return {"practice": self._practice, "unlock": self._unlock, **self._elsewhere()}

    def _elsewhere(self) -> dict[str, Callable[[object], Screen]]:
        return dict.fromkeys(NOT_HERE, lambda _argument: NotHere())

    def _on_opened(self, workspace: Workspace) -> None:
        super()._on_opened(workspace)
        self.screens.add(self._elsewhere())

    def _practice(self, _argument: object) -> Screen:
        screen = PracticeScreen(self.jobs, Rehearsed(self.ground, self._world.clock))
        screen.entered.connect(self._on_opened)
        return screen

    def _unlock(self, argument: object) -> Screen:
        screen = super()._unlock(argument)
        if isinstance(screen, UnlockScreen):
            screen.page.offer_this_one_only()
        return screen

    def _open_vault(
        self, folder: Path, passphrase: Secret, *, key_file: Path | None = None, despite_rollback: bool = False
    ) -> Workspace:
        if not self.ground.holds(folder):
            raise NotAPracticeVault
        return open_workspace(
            folder, passphrase, clock=self._world.clock, despite_rollback=despite_rollback, is_practice=True
        )

    def _on_lock(self) -> None:
        self._stays = True
        super()._on_lock()

    def _offer_ways_out(self) -> None:
        screen = self.screens.current
        is_alone = screen is not None and screen.is_bare
        self.marks.offer(role=self.workspace is not None and not is_alone, leave=not is_alone)

    def _may_go(self) -> bool:
        screen = self.screens.current
        if screen is None or screen.may_leave():
            return True
        self.window.notify(Banner(_("Finish what is running here first."), "care"))
        return False

    def _on_role_wanted(self) -> None:
        if self._may_go():
            self._stays = True
            self._go(WORD, str(self.ground.folder))

    def _on_leave_wanted(self) -> None:
        if self._may_go():
            confirm(
                self.window,
                self._go,
                title=_("Leave practice?"),
                what=_("Everything you did here is destroyed. Your real vaults are not touched."),
                yes=_("Leave practice"),
            )

    def _go(self, *words: str) -> None:
        self.window.hide()
        self.shut_down()
        self._world.restart(*words)


def run(words: Sequence[str] = ()) -> int:
    """Open practice, or go on in a practice folder or vault that is named; return the exit status."""
    held, vault = _ground(Path(words[0]) if words else None)
    grounds.sweep()
    _take_over_look(held)
    app = make_qt()
    desktop = PracticeDesktop(app, held, _surroundings(held))
    desktop.start(vault)
    try:
        return QApplication.exec()
    finally:
        desktop.shut_down()


def _ground(named: Path | None) -> tuple[Ground, Path | None]:
    """Return the practice folder to be in, and the vault in it that was locked, if one was."""
    if named is None:
        return Ground.make(), None
    if (held := Ground.take(named)) is not None:
        return held, None
    if (held := Ground.take(named.parent)) is not None:
        return held, named
    return Ground.make(), None


def _surroundings(held: Ground) -> Surroundings:
    return Surroundings(
        settings_file=held.settings_file,
        relaunch=lambda vault: become(WORD, str(vault)),
        microphone=PracticeMicrophone,
        drives=partial(practice_drives, held.stick),
    )


def practice_drives(stick: Path) -> Drives:
    """Return drives of which there is one: the practice folder's own stick."""

    def listed() -> tuple[Drive, ...]:
        room = free_bytes(stick)
        return (Drive(path=stick, label=_("Practice stick"), free_bytes=room, total_bytes=room),)

    return Drives(list_drives=listed)


def _take_over_look(held: Ground) -> None:
    """Begin with the language, the letters and the colours of whoever practises; nothing else of theirs."""
    if held.settings_file.exists():
        return
    real = settings.load(places.settings_file())
    names = ("language", "text_size", "theme", "calendar", "reduce_motion")
    chosen = {name: getattr(real, name) for name in names}
    settings.save(held.settings_file, msgspec.structs.replace(settings.Settings(), **chosen))
