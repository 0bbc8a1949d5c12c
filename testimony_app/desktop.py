# SPDX-License-Identifier: Apache-2.0
"""Composition root: settings, devices, workspace, window; runs; shuts down in reverse.

Locking ends the process that held the keys: everything is flushed, the vault closed, and the program starts
itself anew at the unlock screen. Wiping alone can't be relied on in Python; an ended process can.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from testimony_app import places, settings
from testimony_app.audio.ports import Microphone
from testimony_app.clock import Clock, SystemClock
from testimony_app.crypto import memory
from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.devices.awake import SystemAwake
from testimony_app.devices.drives import Drives
from testimony_app.devices.microphone import QtMicrophone
from testimony_app.devices.speaker import QtSpeaker
from testimony_app.devices.voice import QtVoice
from testimony_app.dropbox.box import DropBox
from testimony_app.flows import Flows
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role
from testimony_app.practice import ground as grounds
from testimony_app.ui.application import Application, make_qt
from testimony_app.ui.frame.strip import Facts
from testimony_app.ui.guide.guide import Guide
from testimony_app.ui.guide.topics import topic
from testimony_app.ui.handover.screen import HandOver, booth_of_box
from testimony_app.ui.jobs import Jobs
from testimony_app.ui.keys.screen import FIRST
from testimony_app.ui.restore.screen import RestoreScreen, Restoring
from testimony_app.ui.screens import Screen, Screens
from testimony_app.ui.unlock import notices
from testimony_app.ui.unlock.create_page import NewVault
from testimony_app.ui.unlock.first_start import Begun, FirstStart
from testimony_app.ui.unlock.folder_dialog import ask_folder
from testimony_app.ui.unlock.recover_screen import RecoverScreen
from testimony_app.ui.unlock.screen import Recovery, UnlockScreen, second_half
from testimony_app.ui.window import Window
from testimony_app.workspace import Workspace, create_workspace, open_workspace


@dataclass
class Surroundings:
    """What the desktop is given of the world; a test hands in its own."""

    clock: Clock = field(default_factory=SystemClock)
    settings_file: Path = field(default_factory=places.settings_file)
    relaunch: Callable[[Path], None] = field(default_factory=lambda: start_anew)
    restart: Callable[..., None] = field(default_factory=lambda: become)
    """Becomes a new process with these words on its command line."""
    microphone: Callable[[], Microphone] = QtMicrophone
    drives: Callable[[], Drives] = Drives
    cost: Cost | None = None


class Desktop:
    """The whole desktop, from the first screen to the last lock."""

    def __init__(self, app: QApplication, surroundings: Surroundings) -> None:
        """Build everything that exists while no vault is open."""
        self._world = surroundings
        self.application = Application(app, settings.load(surroundings.settings_file), self._keep)
        self.application.catch_the_rest()
        self.jobs = Jobs()
        self.microphone = surroundings.microphone()
        self.speaker = QtSpeaker()
        self.drives = surroundings.drives()
        self.window = Window(self.application, self.jobs, self._facts)
        self.screens = Screens(self.window, self._before_opening())
        self.workspace: Workspace | None = None
        self._key_file: Path | None = None
        self.guide = Guide(self.application, self.window)
        self.hand_over = HandOver(self.jobs, self.application, self.screens, QtVoice())
        self.recording: RecordingSession | None = None
        self.box: DropBox | None = None
        self._connect()

    def start(self, vault: Path | None = None) -> None:
        """Show the window: the unlock screen when a vault is known, else the first start.

        A laptop that was handed to a witness comes back to self-recording, whatever is asked for.
        """
        left_at = self.hand_over.left_at
        known = left_at or vault or Path(self.application.settings.last_vault)
        if str(known) != "." and DropBox.is_one(known):
            self.screens.start("first_start")
            self._open_box(known)
        elif left_at is not None:
            self.screens.start("kiosk_return", left_at)
        elif str(known) != "." and known.is_dir():
            self.screens.start("unlock", known)
        else:
            self.screens.start("first_start")
        self.drives.start()
        self.window.show()

    def shut_down(self) -> None:
        """End everything in reverse; drafts are kept, keys forgotten. May be called again."""
        self.guide.close()
        self.screens.leave()
        self.drives.stop()
        self.speaker.stop()
        workspace, self.workspace = self.workspace, None
        box, self.box = self.box, None
        closes = next((one.close for one in (workspace, box) if one is not None), None)
        self.jobs.shut_down(closes)

    def _connect(self) -> None:
        self.window.back_requested.connect(self.screens.back)
        self.window.lock_requested.connect(self._on_lock)
        self.window.closing.connect(self.shut_down)
        self.window.help_requested.connect(self._on_help)
        self.window.covered.connect(self.guide.close)
        self.screens.opened.connect(lambda _name: self._leave_alone())
        self.jobs.failed.connect(self.window.show_error)
        self.hand_over.taken_back.connect(self._on_taken_back)
        self.hand_over.offer_return(self._open_vault, self._on_came_back)
        self.application.language_changed.connect(lambda _code: self.screens.rebuild())
        self.application.appearance_changed.connect(self.screens.rebuild)

    def _keep(self, chosen: settings.Settings) -> None:
        settings.save(self._world.settings_file, chosen)

    def _on_lock(self) -> None:
        folder = self.workspace.opened_at if self.workspace is not None else Path()
        self.window.hide()
        self.shut_down()
        self._world.relaunch(folder)

    def _is_alone(self) -> bool:
        screen = self.screens.current
        return screen is None or screen.is_bare or screen.keeps_hold

    def _leave_alone(self) -> None:
        """Put the guide away before a witness alone: there is one window, and nothing leads away from it."""
        if self._is_alone():
            self.guide.close()

    def _on_help(self) -> None:
        screen = self.screens.current
        if screen is None or self._is_alone() or self.window.is_covered:
            return
        is_archive = self.workspace is not None and self.workspace.role is Role.ARCHIVE
        self.guide.open(topic(self.screens.name, screen.where(None), is_archive=is_archive))

    def _on_practice(self) -> None:
        self.window.hide()
        self.shut_down()
        self._world.restart("--practice")

    def _facts(self) -> Facts:
        workspace = self.workspace
        if workspace is None:
            return Facts(is_encrypted=False)
        return Facts(free_bytes=shutil.disk_usage(workspace.vault.folder).free)

    # ------------------------------------------------------------------ before a vault is open

    def _before_opening(self) -> dict[str, Callable[[object], Screen]]:
        return {
            "first_start": self._first_start,
            "unlock": self._unlock,
            "recover": self._recover,
            "restore": self._restore,
        }

    def _first_start(self, argument: object) -> Screen:
        begun = argument if isinstance(argument, Begun) else None
        screen = FirstStart(self.jobs, self._make_vault, _folder_for, ask_folder, begun)
        screen.opened.connect(self._on_begun)
        screen.language_chosen.connect(lambda code: self.application.change(language=code))
        screen.practice_wanted.connect(self._on_practice)
        return screen

    def _unlock(self, argument: object) -> Screen:
        folder = argument if isinstance(argument, Path) else None
        screen = UnlockScreen(self.jobs, self._open_vault, folder, ask_folder)
        screen.opened.connect(self._on_opened)
        screen.box_chosen.connect(self._open_box)
        screen.practice_wanted.connect(self._on_practice)
        return screen

    def _recover(self, argument: object) -> Screen:
        folder = argument if isinstance(argument, Path) else Path()
        screen = RecoverScreen(self.jobs, Recovery(self._world.clock), folder)
        screen.opened.connect(self._on_opened)
        return screen

    def _restore(self, _argument: object) -> Screen:
        screen = RestoreScreen(self.jobs, Restoring(self._world.clock), ask_folder)
        screen.opened.connect(self._on_opened)
        return screen

    def _make_vault(self, wanted: NewVault) -> Workspace:
        return create_workspace(
            wanted.folder,
            wanted.passphrase,
            role=wanted.role,
            name=wanted.name,
            keep_until_receipt=wanted.keep_until_receipt,
            clock=self._world.clock,
            cost=self._world.cost,
        )

    def _open_vault(
        self, folder: Path, passphrase: Secret, *, key_file: Path | None = None, despite_rollback: bool = False
    ) -> Workspace:
        self._key_file = key_file
        with second_half(key_file) as half:
            return open_workspace(
                folder, passphrase, clock=self._world.clock, key_file=half, despite_rollback=despite_rollback
            )

    def _tries_passphrase(self, workspace: Workspace, passphrase: Secret) -> None:
        with second_half(self._key_file) as half:
            workspace.try_passphrase(passphrase, half)

    # ------------------------------------------------------------------ a witness alone

    def _open_box(self, folder: Path) -> None:
        clock = self._world.clock
        self.jobs.run(self.window, lambda: DropBox.open(folder, clock=clock), lambda box: self._on_box(folder, box))

    def _on_box(self, folder: Path, box: DropBox) -> None:
        self.box = box
        device = self.application.settings.microphone
        clock, speaker = self._world.clock, self.speaker
        booth = booth_of_box(
            box, microphone=self.microphone, speaker=speaker, clock=clock, device=device, awake=SystemAwake()
        )
        self.hand_over.offer(booth, folder)
        self.hand_over.go_on_in(folder)

    def _on_came_back(self, workspace: object, goes_on: bool) -> None:
        left_at = self.hand_over.left_at
        if isinstance(workspace, Workspace):
            self._on_opened(workspace)
            # A duress passphrase opens another vault: nothing is under way there.
            goes_on = goes_on and left_at is not None and workspace.vault.folder.samefile(left_at)
        if goes_on:
            self.hand_over.go_on()
        else:
            self.application.change(kiosk_vault="", kiosk_testimony="")

    def _on_taken_back(self) -> None:
        if self.box is not None:
            self.window.close()
        else:
            self.screens.start("home")

    # ------------------------------------------------------------------ once it is open

    def _on_begun(self, workspace: Workspace, wants_card: bool) -> None:
        self._on_opened(workspace)
        # What comes next in the first start: a collector needs whom to seal to, an archive a way back to its key.
        if wants_card:
            self.screens.open("add_card")
        else:
            self.screens.open("keys", FIRST)

    def _on_opened(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.recording = RecordingSession(workspace.vault, self.microphone, self._world.clock, awake=SystemAwake())
        self.application.change(last_vault=str(workspace.opened_at))
        flows = self._flows(workspace, self.recording)
        if workspace.role is Role.COLLECTOR:
            self.hand_over.offer(flows.booth(), workspace.vault.folder)
        self.screens.add(flows.factories())
        self.window.enter_vault(workspace.role, flows.tries_passphrase)
        self.screens.start("home")
        for found in workspace.recovered:
            self.window.notify(notices.interrupted(found.code, found.seconds))

    def _flows(self, workspace: Workspace, recording: RecordingSession) -> Flows:
        return Flows(
            workspace=workspace,
            recording=recording,
            jobs=self.jobs,
            application=self.application,
            drives=self.drives,
            microphone=self.microphone,
            speaker=self.speaker,
            clock=self._world.clock,
            tries_passphrase=partial(self._tries_passphrase, workspace),
            lock=self._on_lock,
        )


def run(words: Sequence[str] = ()) -> int:
    """Open the desktop, at a vault's unlock screen when one is named; return the exit status."""
    memory.harden()
    grounds.sweep()
    desktop = Desktop(make_qt(), Surroundings())
    desktop.start(Path(words[0]) if words else None)
    try:
        return QApplication.exec()
    finally:
        desktop.shut_down()


def start_anew(vault: Path) -> None:
    """Replace this process by a new one that knows no key, at the unlock screen of a vault."""
    become("open", str(vault))


def become(*words: str) -> None:
    """Replace this process by a new one with these words on its command line."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "testimony_app"]
    os.execv(program[0], [*program, *words])  # noqa: S606 - our own program, no shell


def _folder_for(role: Role) -> Path:
    return places.default_vault_folder() / role.value
