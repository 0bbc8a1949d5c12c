# SPDX-License-Identifier: Apache-2.0
"""A witness alone: a collector's vault or a drop box behind the real screen in the real window, and hands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from testimony_app.audio import synthetic
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox import founding
from testimony_app.dropbox.box import DropBox
from testimony_app.exchange import trust
from testimony_app.intake.taking import RecordingSession
from testimony_app.ui.handover.screen import HandOver, booth_of_box, booth_of_vault
from testimony_app.ui.intake.screen import Listens
from testimony_app.ui.kiosk.screen import Handed
from testimony_app.ui.kiosk.take_act import TakeState
from testimony_app.ui.screens import Screen, Screens
from testimony_app.ui.window import Window
from tests.ui.flows.conftest import PASSPHRASE, WAIT, House


class Home(Screen):
    """Where the interviewer comes back to."""

    def __init__(self):
        super().__init__()
        self.setObjectName("home")


class NoVoice:
    """A computer that can't read aloud; it remembers what it was asked to."""

    def __init__(self, *languages):
        self.languages, self.heard = languages, []

    def speaks(self, language):
        """Tell whether there is a voice."""
        return language in self.languages

    def say(self, text, language):
        """Remember."""
        self.heard.append((language, text))

    def hush(self):
        """Be silent."""


class Alone:
    """One laptop with a witness before it; everything is done with keys, and read from what is visible."""

    def __init__(self, house, application, folder, booth, voice=None):
        self.house, self.application, self.folder = house, application, folder
        self.window = Window(application, house.jobs)
        house.qtbot.addWidget(self.window)
        self.screens = Screens(self.window, {"home": lambda _argument: Home()})
        self.locks = []
        self.window.lock_requested.connect(lambda: self.locks.append("lock"))
        application.language_changed.connect(lambda _code: self.screens.rebuild())
        application.appearance_changed.connect(self.screens.rebuild)
        self.hand_over = HandOver(house.jobs, application, self.screens, voice or NoVoice())
        self.hand_over.taken_back.connect(lambda: self.screens.start("home"))
        self.hand_over.offer(booth, folder)
        self.window.show()
        house.wait(self.window.isActiveWindow)

    @property
    def screen(self):
        """The self-recording."""
        return self.screens.current

    def begin(self, **handed):
        """Hand the laptop over."""
        self.hand_over.begin(self.folder, Handed(**handed))
        self.house.wait(lambda: self.sees("kiosk_frame") and self.window.isActiveWindow())

    def sees(self, name):
        """Tell whether a widget of this name is visible."""
        return bool(self._visible(name))

    def at(self, name):
        """Wait until a page is there."""
        self.house.qtbot.waitUntil(lambda: self.sees(name), timeout=WAIT)

    def key(self, name):
        """Go to a button with Tab, as somebody without a mouse does, and press it with Space."""
        self.house.qtbot.waitUntil(lambda: not self._is_waiting() and self._can_press(name), timeout=WAIT)
        passed = []
        for _ in range(40):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                QTest.keyClick(focused, Qt.Key.Key_Space)
                return
            passed.append(focused.objectName() if focused is not None else "")
            QTest.keyClick(focused or self.window, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}, only to {passed}")

    def keys(self, *names):
        """Press several, one after the other, each on the page it belongs to."""
        for name in names:
            self.key(name)
            self.house.rest()

    def said(self):
        """Return every word on the display."""
        labels = [each.text() for each in self.window.findChildren(QLabel) if each.isVisible()]
        buttons = [each.text() for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        return "\n".join([*labels, *buttons])

    def agree(self, language="en", beside="alone", first="yes"):
        """Go from the language to the first question, with yes to everything."""
        self.keys(f"language_{language}")
        self.at("kiosk_welcome")
        while self.sees("kiosk_welcome"):
            self.keys("go_on")
        self.keys(beside)
        self.keys(first)
        while self.sees("kiosk_consent"):
            self.keys("yes")
        self.at("kiosk_prompt")

    def speak(self, seconds=2.0, seed=1):
        """Press the round button and speak; it goes on recording."""
        streams = len(self.house.microphone.streams)
        self.key("record_button")
        self.house.wait(lambda: len(self.house.microphone.streams) > streams)
        self.house.wait(lambda: self.screen.is_busy_recording() and self.screen._act.is_open)
        samples = synthetic.voice(seconds, 48_000, seed)
        self.house.microphone.stream.say(samples)
        self.house.wait(lambda: self.screen._act.seconds >= seconds - 0.2)
        return samples

    def type(self, name, text):
        """Type into a text field."""
        QTest.keyClicks(self._visible(name)[0], text)

    def _can_press(self, name):
        return any(each.isEnabled() for each in self._visible(name))

    def _is_waiting(self):
        """Tell whether the page says "One moment" or "Saving", and takes no wish."""
        act = getattr(self.screen, "_act", None)
        return act is not None and act.state in (TakeState.OPENING, TakeState.SAVING)

    def _visible(self, name):
        return [each for each in self.window.findChildren(QWidget, name) if each.isVisible()]


@pytest.fixture
def house(jobs, qtbot, tmp_path, clock, cheap):
    """Return a collector and an archive that trust each other."""
    made = House(jobs, qtbot, tmp_path, clock, cheap)
    made.trust_each_other()
    yield made
    made.close()


def vault_booth(house, workspace):
    """Return what recording alone needs, over a vault."""
    return booth_of_vault(
        workspace,
        records=RecordingSession(workspace.vault, house.microphone, house.clock),
        microphone=house.microphone,
        listens=Listens(workspace.vault),
        speaker=house.speaker,
        tries_passphrase=workspace.try_passphrase,
    )


@pytest.fixture
def alone(house, application):
    """Return a witness alone with an interviewer's laptop."""
    made = Alone(house, application, house.folder / "collector", vault_booth(house, house.collector))
    made.begin()
    yield made
    release(made)


@pytest.fixture
def box(house, tmp_path):
    """Return an open drop box for the archive."""
    card = tmp_path / "archive.card"
    house.on_vault(lambda: card.write_bytes(trust.write_card(house.archive.vault)))
    number = house.on_vault(house.archive.safety_number)
    house.on_vault(lambda: founding.found(tmp_path / "box", card, clock=house.clock, number=number, keys=3))
    made = house.on_vault(lambda: DropBox.open(tmp_path / "box", clock=house.clock))
    yield made
    house.on_vault(made.close)


@pytest.fixture
def at_box(house, application, box, tmp_path):
    """Return a witness alone with a drop box."""
    booth = booth_of_box(box, microphone=house.microphone, speaker=house.speaker, clock=house.clock)
    made = Alone(house, application, tmp_path / "box", booth)
    made.begin()
    yield made
    release(made)


def release(alone):
    """Let the window be closed, so that the test can end."""
    if alone.screen is not None and alone.screen.keeps_hold:
        alone.house.on_vault(alone.screen._booth.records.discard)
        alone.screen._guard.let_go()
        alone.screen.keeps_hold = False


@pytest.fixture
def passphrase():
    """Return the passphrase, as somebody types it."""
    return PASSPHRASE.decode()


def as_secret(words):
    """Return words as a Secret."""
    return Secret(bytearray(words.encode()))
