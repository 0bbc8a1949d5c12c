# SPDX-License-Identifier: Apache-2.0
"""What every test gets: no network, a home of its own, time that stands still, a cheap key derivation."""

from __future__ import annotations

import itertools
import os
import socket
import sys

import hypothesis
import pytest
import segno  # noqa: F401 - it loads ssl, which must find the socket class as it is

from testimony_app.i18n import catalogue

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile("tests", max_examples=30, deadline=None)
hypothesis.settings.register_profile("fuzz", max_examples=20_000, deadline=None)
hypothesis.settings.load_profile("tests")


class NetworkTouched(AssertionError):
    """Something tried to open a socket; the program has no business doing so."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Make every socket in this process raise; sound servers and D-Bus are reached by libraries and child processes."""

    def refuse(*_arguments, **_named):
        raise NetworkTouched

    for name in ("socket", "create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory):
    """Return what makes one empty home after the other; pytest's own way looks at all of them each time."""
    street, numbers = tmp_path_factory.mktemp("homes"), itertools.count()

    def make():
        folder = street / str(next(numbers))
        folder.mkdir()
        return folder

    return make


@pytest.fixture(autouse=True)
def home(new_home, monkeypatch):
    """Give each test an empty home, so that none reads or leaves settings of the person who runs it."""
    folder = new_home()
    for variable, name in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
        ("USERPROFILE", "."),
    ):
        monkeypatch.setenv(variable, str((folder / name).resolve()))
    return folder


@pytest.fixture(scope="session")
def qapp(qapp):
    """Have the application of the whole run in the program's own style from its first window on."""
    from testimony_app.ui.application import be_plain

    be_plain(qapp)
    return qapp


@pytest.fixture(autouse=True)
def english():
    """Have each test begin in English, whatever language the one before it ended in."""
    catalogue.set_language("en")


@pytest.fixture
def clock():
    """Return a clock that stands still until a test moves it."""
    from tests.fakes.clock import HeldClock

    return HeldClock()


@pytest.fixture
def cheap():
    """Return the cost of a key derivation that takes no time; for tests only."""
    from testimony_app.crypto.passphrase import CHEAP

    return CHEAP


@pytest.fixture(scope="session", autouse=True)
def sound_server():
    """Give the whole run a sound server of its own, before Qt looks for one: it connects once a process."""
    from tests.sound import has_pulseaudio, virtual_sound

    return virtual_sound() if has_pulseaudio() else None


@pytest.fixture
def sound(sound_server):
    """Return a virtual microphone to play voices into; skipped where there is no PulseAudio."""
    if sound_server is None:
        pytest.skip("needs PulseAudio for a virtual microphone")
    sound_server.restore()
    yield sound_server
    sound_server.hush()
    sound_server.restore()
