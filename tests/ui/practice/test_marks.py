# SPDX-License-Identifier: Apache-2.0
"""Practice says that it is practice on everything that it shows, and leads nowhere real."""

from __future__ import annotations

import shutil
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import from_text
from testimony_app.desktop import Surroundings
from testimony_app.devices.practice_microphone import PracticeMicrophone
from testimony_app.model.partner import Role
from testimony_app.practice.filling import fill
from testimony_app.practice.ground import PASSPHRASE, Ground
from testimony_app.practice_desktop import PracticeDesktop, practice_drives
from testimony_app.ui import alerts
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.unlock.unlock_page import UnlockPage
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.vault.errors import NotAPracticeVault, VaultInUse


@pytest.fixture
def sit_down(qapp, qtbot, tmp_path):
    """Return what starts practice in a folder, as one process after the other would."""
    sitting, restarts = [], []
    hooks = sys.excepthook, threading.excepthook

    def start(ground=None, vault=None):
        held = ground or Ground.make(tmp_path)
        world = Surroundings(
            settings_file=held.settings_file,
            relaunch=lambda folder: restarts.append(("--practice", str(folder))),
            restart=lambda *words: restarts.append(words),
            microphone=PracticeMicrophone,
            drives=lambda: practice_drives(held.stick),
        )
        desktop = PracticeDesktop(qapp, held, world)
        sys.excepthook, threading.excepthook = hooks
        desktop.restarts = restarts
        sitting.append(desktop)
        qtbot.addWidget(desktop.window)
        desktop.start(vault)
        return desktop

    yield start
    for desktop in sitting:
        desktop.shut_down()


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Return a practice folder that is filled once for all tests, and copied for each."""
    ground = Ground.make(tmp_path_factory.mktemp("practice"))
    fill(ground, "en", SystemClock())
    ground.let_go()
    return ground.folder


@pytest.fixture
def filled(made_once, tmp_path):
    """Return a practice folder in which everything is there already."""
    folder = tmp_path / made_once.name
    shutil.copytree(made_once, folder)
    return Ground.take(folder, tmp_path)


def band(window):
    """Return the words of the band that is visible on a window, or nothing."""
    shown = [one for one in window.findChildren(QLabel, "practice_words") if one.isVisible()]
    return shown[0].text() if shown else ""


def press(desktop, name):
    """Press a button of the main window."""
    desktop.window.findChild(QPushButton, name).click()


def enter(desktop, qtbot, role=Role.COLLECTOR):
    """Choose a role and wait for its home."""
    desktop.screens.current.page.chosen.emit(role)
    qtbot.waitUntil(lambda: desktop.screens.name == "home", timeout=60_000)


def test_every_screen_is_marked_and_the_microphone_hears_nobody(sit_down, filled, qtbot):
    """The band, the title and the window's name say it on each screen, on the cover, and alone with a witness."""
    desktop = sit_down(filled)
    window = desktop.window
    seen = {"practice": band(window)}
    enter(desktop, qtbot)
    window.help_requested.emit()
    assert desktop.guide.window.isVisible()
    for name in (
        "interview",
        "export",
        "add_card",
        "settings",
        "backup",
        "keys",
        "border",
        "duress",
        "hand_over",
        "kiosk",
    ):
        desktop.screens.start(name)
        qtbot.wait(1)
        seen[name] = band(window)
        if name == "kiosk":
            assert not window.findChild(QPushButton, "practice_leave").isVisible()
    window.help_requested.emit()
    assert desktop.guide.window is None, "nothing leads away from a witness alone"
    desktop.screens.current.keeps_hold = False
    desktop.screens.start("home")
    window._all.setCurrentWidget(window._cover)
    seen["cover"] = band(window)
    window._all.setCurrentWidget(window._place)
    window.help_requested.emit()
    assert band(desktop.guide.window) == "Practice. Nothing here is real."
    assert desktop.guide.window.page.anchor == "start-home"

    assert [name for name, words in seen.items() if PASSPHRASE not in words] == []
    assert window.windowTitle() == "Practice: Govah"
    assert window.accessibleName() == "Practice. Nothing here is real."
    assert all("practice" in device.id for device in desktop.microphone.devices())
    assert [drive.path for drive in desktop.drives.drives] == [filled.stick]


def test_dialogs_are_marked_as_well(sit_down, qtbot):
    """A question, an error and the choice of a folder carry the band and the word in their titles."""
    desktop = sit_down()
    window = desktop.window
    places = PlacesList()
    qtbot.addWidget(places)
    for opens in (
        lambda: confirm(window, lambda: None, title="Sure?", what="Gone.", yes="Yes"),
        lambda: alerts.dialog(window, VaultInUse()),
        places._on_browse,
    ):
        opens()
        sheet = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
        assert band(sheet) == "Practice. Nothing here is real."
        assert sheet.windowTitle().startswith("Practice: ")
        sheet.reject()
        qtbot.waitUntil(
            lambda: not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())
        )


def test_in_another_language_it_says_the_same(sit_down):
    """Changed to Persian, the band and the title are Persian, and the passphrase has Persian digits."""
    desktop = sit_down()

    desktop.application.change(language="fa")
    words = band(desktop.window)
    desktop.application.change(language="en")

    assert "Practice" not in words
    assert chr(0x06F1) in words


def test_leaving_destroys_everything(sit_down, filled, qtbot):
    """After the question, the folder is gone and the real program starts."""
    desktop = sit_down(filled)
    enter(desktop, qtbot)

    press(desktop, "practice_leave")
    next(one for one in desktop.window.findChildren(QDialog, "confirm_sheet") if one.isVisible()).accept()

    assert not filled.folder.exists()
    assert desktop.restarts == [()]


def test_locking_and_changing_the_role_keep_it(sit_down, filled, qtbot):
    """Locked, it opens again with the passphrase that stands there; the other role finds the same folder."""
    desktop = sit_down(filled)
    enter(desktop, qtbot)
    desktop.window.lock()
    again = Ground.take(filled.folder, filled.folder.parent)

    unlocked = sit_down(again, filled.vault(Role.COLLECTOR))
    page = unlocked.window.findChild(UnlockPage)
    offered = [one.objectName() for one in page.findChildren(QPushButton) if one.isVisible()]
    page.unlock_requested.emit(from_text(PASSPHRASE))
    qtbot.waitUntil(lambda: unlocked.screens.name == "home", timeout=60_000)
    press(unlocked, "practice_role")

    assert desktop.restarts[0] == ("--practice", str(filled.vault(Role.COLLECTOR)))
    assert unlocked.screens.open("recover") is True
    assert unlocked.window.findChild(QLabel, "not_in_practice_title") is not None
    assert not {"choose_folder", "new_vault", "have_sheets", "restore_backup", "practise"} & set(offered)
    assert desktop.restarts[1] == ("--practice", str(filled.folder))
    assert filled.vault(Role.ARCHIVE).is_dir()


def test_a_real_vault_can_not_be_opened_from_it(sit_down, tmp_path):
    """Whatever folder is asked for, only the two practice vaults are ever touched."""
    desktop = sit_down()
    real = tmp_path / "real"
    real.mkdir()

    with pytest.raises(NotAPracticeVault):
        desktop._open_vault(real, from_text(PASSPHRASE))
    desktop.screens.start("practice")
    desktop.start(real)

    assert desktop.screens.name == "practice"
    assert list(real.iterdir()) == []
