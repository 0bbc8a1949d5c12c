# SPDX-License-Identifier: Apache-2.0
"""Self-recording can't be left: not with keys, not by closing, not by a crash; only with the passphrase."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from testimony_app.crypto.errors import SecretWiped
from testimony_app.ui.handover.screen import HandOverScreen, ReturnScreen, hindrance_of
from testimony_app.workspace import open_workspace
from tests.ui.kiosk.conftest import Alone, as_secret, release, vault_booth

KEYS = [
    (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
]


def take_back(alone, words):
    """Give the helper's passphrase."""
    alone.keys("kiosk_helper")
    alone.at("kiosk_helper_page")
    alone.type("kiosk_passphrase", words)
    alone.key("kiosk_take_back")


@pytest.mark.parametrize(("key", "modifiers"), KEYS)
def test_no_key_leads_away(alone, key, modifiers):
    """Whatever is pressed on the first page, the witness's screen stays, fills the display, and nothing is locked."""
    QTest.keyClick(QApplication.focusWidget() or alone.window, key, modifiers)
    alone.house.rest()

    assert alone.sees("kiosk_language")
    assert alone.window.isFullScreen()
    assert alone.locks == []


def test_the_window_refuses_to_be_closed(alone):
    """Closing is refused before anything is told, and while a recording runs."""
    alone.window.close()
    before = alone.window.isVisible()
    alone.agree()
    alone.speak(1.0)
    alone.window.close()

    assert before
    assert alone.window.isVisible()
    assert alone.screen.is_busy_recording()


def test_a_window_put_away_comes_back(alone):
    """Made small or put away, the window fills the display again."""
    alone.window.showMinimized()

    alone.house.wait(alone.window.isFullScreen)


def test_leaving_the_laptop_alone_changes_nothing(alone):
    """However long nobody touches a key, the vault isn't locked under the witness, and no page changes."""
    alone.agree()
    alone.window.lock()
    alone.house.rest()

    assert alone.locks == []
    assert not alone.window.is_covered
    assert alone.sees("kiosk_prompt")


def test_another_screen_cannot_be_opened(alone):
    """Whatever asks for another screen or for the one before gets nothing."""
    assert not alone.screens.open("home")
    assert not alone.screens.back()
    assert alone.sees("kiosk_language")


def test_a_wrong_passphrase_gives_nothing_back(alone):
    """A wrong passphrase is refused in words; the way back to the recording stays open."""
    take_back(alone, "wrong words")
    alone.house.wait(lambda: alone.sees("kiosk_passphrase_wrong"))
    alone.keys("kiosk_return")
    alone.at("kiosk_language")

    assert alone.window.isFullScreen()


def test_the_passphrase_takes_the_laptop_back_and_keeps_what_was_said(alone, passphrase):
    """With the passphrase the interviewer is home again; the recording is a draft, and the mark is gone."""
    alone.agree("fa")
    alone.speak(2.0)
    take_back(alone, passphrase)
    alone.house.wait(lambda: alone.screens.name == "home")

    rows = alone.house.on_vault(lambda: alone.house.collector.vault.testimonies.rows(0, 10)).rows
    assert [round(row.seconds) for row in rows] == [2]
    assert alone.application.settings.kiosk_vault == ""
    assert alone.application.settings.language == "en"
    assert not alone.window.isFullScreen()


def test_somebody_came_in(alone):
    """Escape hides everything at once and hears nothing more; going on shows the same question, paused."""
    alone.agree()
    alone.speak(1.0)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    hidden = alone.said()
    alone.house.wait(lambda: alone.house.microphone.stream.is_paused)
    alone.keys("unhide")
    alone.at("kiosk_prompt")

    assert hidden.split() == ["Go", "on"], hidden
    assert "Question 1" in alone.said()
    assert "Paused" in alone.said()


def test_hiding_behind_the_passphrase(house, application, passphrase):
    """Where the interviewer chose so, only the passphrase shows the recording again."""
    alone = Alone(house, application, house.folder / "collector", vault_booth(house, house.collector))
    alone.begin(hides_behind_passphrase=True)
    alone.agree()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    alone.keys("unhide")
    alone.at("kiosk_helper_page")
    asked = alone.said()
    alone.type("kiosk_passphrase", passphrase)
    alone.key("kiosk_take_back")
    alone.at("kiosk_prompt")

    assert "Question" not in asked
    release(alone)


def test_a_drop_box_is_closed_only_while_nobody_is_telling(at_box):
    """In the middle of a telling there is no way out; on the first page there is."""
    at_box.agree()
    at_box.keys("kiosk_helper")
    at_box.at("kiosk_close")
    during = at_box.sees("close_box")
    at_box.keys("stay", "erase")
    at_box.at("kiosk_erase")
    at_box.keys("erase_now", "done", "kiosk_helper")
    at_box.key("close_box")
    at_box.house.wait(lambda: at_box.screens.name == "home")

    assert not during
    assert at_box.application.settings.kiosk_vault == ""


def test_after_a_crash_it_comes_back_to_the_same_question(alone, house, application, tmp_path, passphrase):
    """Cut off in mid-sentence: the next start asks for the helper, then goes on, a second missing at most."""
    alone.agree("fa")
    alone.speak(2.0)
    alone.keys("next")
    alone.at("kiosk_prompt")
    alone.speak(4.0, seed=2)
    folder = tmp_path / "after the crash"
    house.wait(lambda: alone.screen._act._told == "" and alone.screen._act.seconds > 3.5)
    house.on_vault(lambda: shutil.copytree(house.folder / "collector", folder))
    kept = application.settings
    release(alone)

    after, screen, opened = come_back(house, application, folder, kept)
    shown = after.said()
    after.type("kiosk_passphrase", passphrase)
    after.key("kiosk_take_back")
    after.at("kiosk_came_back")
    after.keys("go_on")
    workspace, goes_on = opened[0]
    after.hand_over.offer(vault_booth(house, workspace), folder)
    after.hand_over.go_on()
    after.at("kiosk_prompt")

    assert kept.kiosk_vault
    assert goes_on
    assert screen.keeps_hold is False
    assert "Question" not in shown
    assert application.settings.language == "fa"
    draft = house.on_vault(lambda: workspace.interviews.get(kept.kiosk_testimony))
    assert [take.state for take in draft.recordings] == ["complete", "interrupted"]
    assert draft.recordings[1].seconds >= 3.0
    assert after.screen._witness.mind.place.index == 1
    release(after)
    house.on_vault(workspace.close)


def come_back(house, application, folder, kept):
    """Start anew, as after a crash: only the settings and the folder are known."""
    after = Alone(house, application, folder, vault_booth(house, house.collector))
    opened = []
    application.change(kiosk_vault=str(folder), kiosk_testimony=kept.kiosk_testimony)
    after.hand_over.offer_return(
        lambda place, secret: open_workspace(place, secret, clock=house.clock),
        lambda workspace, goes_on: opened.append((workspace, goes_on)),
    )
    assert after.hand_over.left_at == folder
    after.screens.start("kiosk_return", folder)
    after.at("kiosk_helper_page")
    house.wait(after.window.isActiveWindow)
    return after, after.screens.current, opened


def test_nothing_is_handed_over_that_could_not_be_sealed(house, application):
    """Without an archive's card or a microphone the interviewer hears of it before the witness sits down."""
    booth = vault_booth(house, house.archive)  # an archive trusts no archive
    screen = house.shown(HandOverScreen(house.jobs, lambda: hindrance_of(booth)))
    house.wait(screen.page._card.isVisible)

    assert not screen.page._go.isEnabled()
    house.microphone._devices = ()
    without = house.on_vault(lambda: hindrance_of(vault_booth(house, house.collector)))
    assert without.code == "audio.no-microphone"


def test_a_passphrase_that_was_tried_is_wiped(house, application, tmp_path):
    """Whatever comes of it, the Secret that was typed holds nothing afterwards."""
    given = []
    screen = house.shown(ReturnScreen(house.jobs, lambda _place, secret: given.append(bytes(secret.view)), tmp_path))
    secret = as_secret("seven words")
    screen._on_submitted(secret)
    house.wait(lambda: bool(given))
    house.rest()

    assert given == [b"seven words"]
    with pytest.raises(SecretWiped):
        bytes(secret.view)
