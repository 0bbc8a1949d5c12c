# SPDX-License-Identifier: Apache-2.0
"""Practice is offered where somebody begins, and where a vault waits for its passphrase."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtWidgets import QAbstractButton

from testimony_app.desktop import Desktop, Surroundings
from testimony_app.devices.practice_microphone import PracticeMicrophone


@pytest.fixture
def desktop(qapp, qtbot, tmp_path):
    """Return the real desktop; `became` are the words of the processes it became."""
    became = []
    hooks = sys.excepthook, threading.excepthook
    world = Surroundings(
        settings_file=tmp_path / "settings.json",
        restart=lambda *words: became.append(words),
        microphone=PracticeMicrophone,
    )
    made = Desktop(qapp, world)
    sys.excepthook, threading.excepthook = hooks
    made.became = became
    qtbot.addWidget(made.window)
    yield made
    made.shut_down()


def press(desktop, name):
    """Press what is on the screen by its name."""
    desktop.window.findChild(QAbstractButton, name).click()


def test_the_first_start_offers_practice(desktop):
    """After the language: collect, archive, or practice, which is a process of its own."""
    desktop.start()
    press(desktop, "language_en")
    press(desktop, "practice")

    assert desktop.became == [("--practice",)]
    assert not desktop.window.isVisible()


def test_a_vault_that_waits_offers_practice(desktop, tmp_path):
    """Somebody who has a vault can practise without opening it."""
    (tmp_path / "vault").mkdir()
    desktop.start(tmp_path / "vault")
    press(desktop, "practise")

    assert desktop.became == [("--practice",)]
    assert list((tmp_path / "vault").iterdir()) == []


def test_help_opens_beside_the_first_start(desktop):
    """Before any vault there is, the guide opens at its beginning, and closes with the program."""
    desktop.start()
    press(desktop, "help_button")
    anchor = desktop.guide.window.page.anchor
    desktop.shut_down()

    assert anchor == "start-vault"
    assert desktop.guide.window is None
