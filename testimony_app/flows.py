# SPDX-License-Identifier: Apache-2.0
"""The flows over one open vault: each screen by its name, with the services it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from testimony_app.audio.ports import Microphone
from testimony_app.clock import Clock
from testimony_app.crypto.secret import Secret
from testimony_app.devices.drives import Drives
from testimony_app.devices.power import SystemPower
from testimony_app.devices.speaker import QtSpeaker
from testimony_app.intake import looking, preflight
from testimony_app.intake.aftercare import Aftercare
from testimony_app.intake.bringing import Bringing
from testimony_app.intake.guides import Guides
from testimony_app.intake.reading import read_document
from testimony_app.intake.taking import RecordingSession
from testimony_app.intake.trying import MicrophoneTest
from testimony_app.model.partner import Role
from testimony_app.ui.aftercare.screen import AftercareScreen
from testimony_app.ui.amend.screen import AmendScreen, Wishes
from testimony_app.ui.application import Application
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.backup.screen import Backups, BackupScreen
from testimony_app.ui.border.screen import Border, BorderScreen
from testimony_app.ui.cards.screen import CardBox, CardsScreen
from testimony_app.ui.checking.screen import Checks, CheckScreen
from testimony_app.ui.dropbox.screen import Boxes, DropBoxScreen
from testimony_app.ui.duress.screen import DuressScreen, Force
from testimony_app.ui.handover.screen import booth_of_vault
from testimony_app.ui.held.screen import Held, HeldScreen
from testimony_app.ui.home.screen import Holdings, HomeScreen
from testimony_app.ui.identity.screen import Envelopes, IdentityScreen
from testimony_app.ui.intake.brought_ports import Brought
from testimony_app.ui.intake.ports import Before, Taking
from testimony_app.ui.intake.screen import IntakeScreen, Listens
from testimony_app.ui.intake.values import Standing
from testimony_app.ui.jobs import Jobs
from testimony_app.ui.keepers.screen import Keepers, KeepersScreen
from testimony_app.ui.keys.screen import Keys, KeysScreen
from testimony_app.ui.kiosk.ports import Booth
from testimony_app.ui.questions.screen import Questions, QuestionsScreen
from testimony_app.ui.receive.screen import ReceiveScreen, Receiving
from testimony_app.ui.removing.screen import KeptScreen, Removal
from testimony_app.ui.screens import Screen
from testimony_app.ui.send.screen import Sending, SendScreen
from testimony_app.ui.settings.screen import SettingsScreen
from testimony_app.ui.unlock.folder_dialog import ask_folder
from testimony_app.workspace import Workspace


@dataclass(frozen=True)
class Flows:
    """What one open vault offers on screen."""

    workspace: Workspace
    recording: RecordingSession
    jobs: Jobs
    application: Application
    drives: Drives
    microphone: Microphone
    speaker: QtSpeaker
    clock: Clock
    tries_passphrase: Callable[[Secret], None]
    """Returns if a passphrase opens this vault; on the bench."""
    lock: Callable[[], None]
    """Ends the process that holds the keys."""

    def factories(self) -> dict[str, Callable[[object], Screen]]:
        """Return what makes each screen, by the name that leads to it."""
        workspace, vault, jobs, drives = self.workspace, self.workspace.vault, self.jobs, self.drives
        keys, held, cards = Keys(vault), Held(vault), CardBox(workspace)
        return {
            "home": partial(self._home, keys, held),
            "aftercare": lambda _argument: AftercareScreen(jobs, Aftercare(vault), ask_folder),
            "amend": lambda argument: AmendScreen(jobs, Wishes(workspace), argument),
            "interview": lambda argument: IntakeScreen(jobs, self._taking(), argument),
            "export": lambda argument: SendScreen(jobs, Sending(vault), drives, argument),
            "import": lambda _argument: ReceiveScreen(jobs, Receiving(vault), drives),
            "add_card": lambda _argument: CardsScreen(jobs, cards),
            "backup": lambda _argument: BackupScreen(jobs, Backups(workspace), drives),
            "border": lambda _argument: self._border(),
            "check": lambda _argument: CheckScreen(jobs, Checks(vault)),
            "drop_box": lambda _argument: DropBoxScreen(jobs, Boxes(workspace), ask_folder),
            "duress": lambda _argument: DuressScreen(jobs, Force(workspace), ask_folder),
            "held": lambda _argument: HeldScreen(jobs, held),
            "identity": partial(self._identity, Envelopes(vault)),
            "keepers": lambda _argument: KeepersScreen(jobs, Keepers(vault), ask_folder),
            "kept": lambda argument: KeptScreen(jobs, Removal(workspace), argument),
            "keys": lambda argument: KeysScreen(jobs, keys, ask_folder, argument),
            "questions": lambda _argument: QuestionsScreen(jobs, Questions(workspace), ask_folder),
            "settings": lambda _argument: SettingsScreen(
                jobs, self.application, self.microphone.devices, cards.known, workspace.role
            ),
        }

    def booth(self) -> Booth:
        """Return what a witness alone is given."""
        return booth_of_vault(
            self.workspace,
            records=self.recording,
            microphone=self.microphone,
            listens=Listens(self.workspace.vault),
            speaker=self.speaker,
            device=self.application.settings.microphone,
            tries_passphrase=self.tries_passphrase,
        )

    def _home(self, keys: Keys, held: Held, argument: object) -> Screen:
        workspace, vault = self.workspace, self.workspace.vault
        if workspace.role is Role.ARCHIVE:
            shelves = Shelves(vault, workspace.catalogue, keys, held)
            return ArchiveScreen(self.jobs, shelves, Listens(vault), self.speaker, argument)
        return HomeScreen(self.jobs, Holdings(vault, workspace.interviews))

    def _identity(self, envelopes: Envelopes, argument: object) -> Screen:
        screen = IdentityScreen(self.jobs, envelopes, argument)
        screen.lock_wanted.connect(self.lock)
        return screen

    def _border(self) -> Screen:
        screen = BorderScreen(self.jobs, Border(self.workspace, self.tries_passphrase), self.drives)
        screen.emptied.connect(self.lock)
        return screen

    def _taking(self) -> Taking:
        workspace = self.workspace
        return Taking(
            drafts=workspace.interviews,
            records=self.recording,
            devices=self.microphone,
            seals=workspace.sealing,
            listens=Listens(workspace.vault),
            speaker=self.speaker,
            clock=self.clock,
            brought=Brought(
                workspace.interviews,
                Bringing(workspace.vault, self.clock),
                looking.may_be_seen,
                partial(looking.prepare, workspace.vault),
            ),
            guide=Guides(workspace.vault).guide,
            contacts=Aftercare(workspace.vault).contacts,
            keeps_copy=workspace.keeps_copy,
            device=self.application.settings.microphone,
            keep_device=lambda device: self.application.change(microphone=device),
            read_document=read_document,
            before=Before(
                partial(_standing, workspace, self.microphone, self.clock),
                MicrophoneTest(self.microphone),
                self.speaker,
            ),
        )


def _standing(workspace: Workspace, microphone: Microphone, clock: Clock, device: str) -> Standing:
    """Return how things stand for recording into a vault."""
    found = preflight.look(
        workspace.vault.folder,
        microphone=microphone,
        power=SystemPower(),
        clock=clock,
        device=device,
        last_known=workspace.vault.custody.last_moment(),
    )
    return Standing(
        room_seconds=found.room_seconds,
        battery_percent=found.battery.percent if found.battery else None,
        is_plugged_in=found.battery.is_plugged_in if found.battery else False,
        rate=found.sound.rate if found.sound else 0,
        bits=found.sound.bits if found.sound else 0,
        concerns=tuple(str(concern) for concern in found.concerns),
    )
