# SPDX-License-Identifier: Apache-2.0
"""A collector's and an archive's vault on one real vault thread, and a microphone to speak into."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from testimony_app.crypto.secret import Secret
from testimony_app.exchange import trust
from testimony_app.intake import looking
from testimony_app.intake.aftercare import Aftercare
from testimony_app.intake.bringing import Bringing
from testimony_app.intake.guides import Guides
from testimony_app.intake.reading import read_document
from testimony_app.intake.taking import RecordingSession
from testimony_app.intake.trying import MicrophoneTest
from testimony_app.model.partner import Role
from testimony_app.ui.intake.brought_ports import Brought
from testimony_app.ui.intake.ports import Before, Taking
from testimony_app.ui.intake.screen import IntakeScreen, Listens
from testimony_app.ui.intake.values import Standing
from testimony_app.workspace import create_workspace
from tests.fakes.microphone import FakeMicrophone

PASSPHRASE = b"seven quiet words nobody would ever guess"
WAIT = 20_000


class Sticks(QObject):
    """Sticks that a test plugs in."""

    changed = Signal(object)
    drives = ()


class SilentSpeaker:
    """A loudspeaker that plays as fast as a test says."""

    def __init__(self):
        self.reader, self.position_seconds, self.is_paused, self.speed = None, 0.0, False, 1.0

    def play(self, reader, *, at_seconds=0.0):
        """Hold a reader."""
        self.reader, self.position_seconds, self.is_paused = reader, at_seconds, False

    def pause(self):
        """Stand still."""
        self.is_paused = True

    def resume(self):
        """Go on."""
        self.is_paused = False

    def seek(self, seconds):
        """Go elsewhere."""
        self.position_seconds = seconds

    def set_speed(self, speed):
        """Play at another speed."""
        self.speed = speed

    def stop(self):
        """Let go."""
        if self.reader is not None:
            self.reader.close()
        self.reader = None


class House:
    """Both vaults, and how a test drives a screen."""

    def __init__(self, jobs, qtbot, folder, clock, cost):
        self.jobs, self.qtbot, self.folder, self.clock, self.cost = jobs, qtbot, folder, clock, cost
        self.collector = self.made("collector", Role.COLLECTOR, "Interviewer 4")
        self.archive = self.made("archive", Role.ARCHIVE, "Archive")
        self.microphone, self.speaker, self.sticks = FakeMicrophone(clock=clock), SilentSpeaker(), Sticks()
        self.standing = Standing(room_seconds=12 * 3600, battery_percent=80, rate=48_000, bits=24)
        # As the window does: else the last to hold a screen may be a worker, and Qt's widgets may not end there.
        self.kept = []

    def on_vault(self, work):
        """Return what work returns on the vault thread."""
        result = Future()

        def run():
            try:
                result.set_result(work())
            except BaseException as error:
                result.set_exception(error)

        self.jobs.run(self.sticks if hasattr(self, "sticks") else self.jobs, run)
        return result.result(30)

    def made(self, name, role, title):
        """Return a new vault's workspace."""
        make = partial(
            create_workspace,
            self.folder / name,
            Secret(bytearray(PASSPHRASE)),
            role=role,
            name=title,
            clock=self.clock,
            cost=self.cost,
        )
        return self.on_vault(make)

    def trust_each_other(self):
        """Pin both cards, compared."""
        one, other = self.collector, self.archive

        def pin():
            for here, there in ((one, other), (other, one)):
                card = trust.read_card(trust.write_card(there.vault))
                trust.pin(here.vault, card, card.safety_number)

        self.on_vault(pin)

    def taking(self):
        """Return what an interview needs, over the collector's vault."""
        here = self.collector
        return Taking(
            drafts=here.interviews,
            records=RecordingSession(here.vault, self.microphone, self.clock),
            devices=self.microphone,
            seals=here.sealing,
            listens=Listens(here.vault),
            speaker=self.speaker,
            clock=self.clock,
            contacts=Aftercare(here.vault).contacts,
            guide=Guides(here.vault).guide,
            brought=Brought(
                here.interviews,
                Bringing(here.vault, self.clock),
                looking.may_be_seen,
                partial(looking.prepare, here.vault),
            ),
            read_document=read_document,
            before=Before(lambda _device: self.standing, MicrophoneTest(self.microphone), self.speaker),
        )

    def interview(self, argument=None):
        """Return an interview that has been opened."""
        screen = self.shown(IntakeScreen(self.jobs, self.taking(), argument))
        self.wait(screen.isEnabled)
        return screen

    def shown(self, screen):
        """Show a screen as the window would."""
        self.qtbot.addWidget(screen)
        self.kept.append(screen)
        screen.resize(1280, 700)
        screen.show()
        screen.arrived()
        return screen

    def wait(self, is_so):
        """Wait until something is so."""
        self.qtbot.waitUntil(is_so, timeout=WAIT)

    def rest(self):
        """Wait until the vault thread and the screens have nothing to do."""
        self.on_vault(object)
        for _ in range(3):
            self.qtbot.wait(5)

    def press(self, screen, name):
        """Press the visible button of a name, once it may be pressed."""

        def found():
            return [one for one in screen.findChildren(QAbstractButton, name) if one.isVisible() and one.isEnabled()]

        self.wait(lambda: bool(found()))
        found()[0].click()

    def type_in(self, screen, name, text):
        """Type into the visible field of a name."""
        fields = [one for one in screen.findChildren(QLineEdit, name) if one.isVisible()]
        fields[0].clear()
        self.qtbot.keyClicks(fields[0], text)

    def at(self, screen, name):
        """Wait until the page of a name is the one that is seen."""
        self.wait(lambda: any(page.isVisible() for page in screen.findChildren(QWidget, name)))

    def close(self):
        """Close both vaults on their thread."""
        for one in (self.collector, self.archive):
            self.on_vault(one.close)


@pytest.fixture
def house(jobs, qtbot, tmp_path, clock, cheap):
    """Return both vaults, open, strangers to each other."""
    made = House(jobs, qtbot, tmp_path, clock, cheap)
    yield made
    made.close()
