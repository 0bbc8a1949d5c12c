# SPDX-License-Identifier: Apache-2.0
"""The laptop is handed over on the desktop itself, and taken back; a drop box opens straight into self-recording."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from testimony_app import settings
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox import founding
from testimony_app.exchange import trust
from testimony_app.model.partner import Role
from testimony_app.workspace import create_workspace
from tests.journeys.hands import Hands

WORDS = "seven quiet words nobody would ever guess"


@pytest.fixture
def folders(tmp_path):
    """Return a collector's vault that trusts an archive, and a drop box for the same archive."""
    clock, made = SystemClock(), {}
    for role in Role:
        secret = Secret(bytearray(WORDS.encode()))
        made[role] = create_workspace(tmp_path / role.value, secret, role=role, name="N", clock=clock, cost=CHEAP)
    card = tmp_path / "archive.card"
    card.write_bytes(trust.write_card(made[Role.ARCHIVE].vault))
    number = made[Role.ARCHIVE].safety_number()
    made[Role.COLLECTOR].trust(card, number)
    founding.found(tmp_path / "box", card, clock=clock, number=number, keys=2)
    for one in made.values():
        one.close()
    return tmp_path


@pytest.fixture
def hands(qapp, folders):
    """Return what starts the desktop, and leaves it whatever happens."""
    started = []

    def start(vault=None):
        started.append(Hands(qapp, folders / "settings.json", vault))
        return started[-1]

    yield start
    for one in started:
        screen = one.desktop.screens.current
        if screen is not None and screen.keeps_hold:
            screen._guard.let_go()
            screen.keeps_hold = False
        one.leave()


def test_from_home_to_a_witness_and_back(hands, folders, sound):
    """The interviewer hands over from home; nothing leads away but the passphrase; then home is there again."""
    here = hands(folders / "collector")
    here.enter("passphrase", WORDS)
    here.press("hand_over")
    here.press("hand_over_now")
    here.see("kiosk_language")
    here.press("language_fa")
    here.see("kiosk_welcome")
    kept = settings.load(folders / "settings.json")
    here.desktop.window.close()
    QTest.keyClick(QApplication.focusWidget() or here.desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    still = here.sees("kiosk_welcome")
    here.press("kiosk_helper")
    here.enter("kiosk_passphrase", WORDS)
    here.see("home_page")

    assert still
    assert here.relaunched == []
    assert kept.kiosk_vault == str(folders / "collector")
    assert settings.load(folders / "settings.json").kiosk_vault == ""


def test_a_laptop_that_stopped_comes_back_to_self_recording(hands, folders, sound):
    """Whatever is opened at the next start, the helper is asked for; with the passphrase the witness goes on."""
    settings.save(folders / "settings.json", settings.Settings(kiosk_vault=str(folders / "collector")))
    here = hands(folders / "archive")
    here.see("kiosk_helper_page")
    here.enter("kiosk_passphrase", WORDS)
    here.press("go_on")
    here.see("kiosk_language")

    assert here.screen == "kiosk"


def test_a_drop_box_opens_without_a_passphrase_and_closes_on_its_first_page(hands, folders, sound):
    """`govah open BOX` stands at the choice of a language at once; the helper can close it there."""
    here = hands(folders / "box")
    here.see("kiosk_language")
    here.press("kiosk_helper")
    here.press("close_box")
    here.wait(lambda: not here.desktop.window.isVisible(), "to see it closed")

    assert settings.load(folders / "settings.json").kiosk_vault == ""


def test_a_drop_box_is_chosen_where_a_vault_is_chosen(hands, folders, sound):
    """At the unlock screen its folder is enough; from then on a witness can be alone with it."""
    here = hands(folders / "collector")
    here.see("unlock_button")

    here.desktop.screens.current._choose_folder = lambda _parent, _start: str(folders / "box")
    here.press("choose_folder")
    here.see("kiosk_language")

    assert here.screen == "kiosk"
    assert settings.load(folders / "settings.json").kiosk_vault == str(folders / "box")
