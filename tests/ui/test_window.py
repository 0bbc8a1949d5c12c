# SPDX-License-Identifier: Apache-2.0
"""The window: one screen at a time, its lock, its strip, its notices, its language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout

from testimony_app.crypto.secret import Secret
from testimony_app.errors import Refusal
from testimony_app.i18n.catalogue import language
from testimony_app.model.partner import Role
from testimony_app.ui.frame.strip import Facts
from testimony_app.ui.screens import Screen, Screens
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.window import Window


class WrongKey(Refusal):
    """The refusal of this test."""

    code = "vault.wrong-passphrase"


class Room(Screen):
    """A screen that writes down what is asked of it."""

    def __init__(self, argument=None, *, is_recording=False):
        super().__init__()
        self.argument, self.is_recording, self.asked = argument, is_recording, []
        self.text = QLineEdit(argument or "")
        QVBoxLayout(self).addWidget(self.text)

    def is_busy_recording(self):
        """Say what the test wants."""
        return self.is_recording

    def flush(self):
        """Write down that drafts were asked for."""
        self.asked.append("flush")

    def where(self, argument):
        """Come back with what is typed."""
        return self.text.text()


@pytest.fixture
def window(qtbot, application, jobs):
    """Return the window, shown."""
    made = Window(application, jobs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def try_passphrase(secret):
    """Open for one passphrase only."""
    if bytes(secret.view) != b"the right one":
        raise WrongKey


def lock(window):
    """Press the window's Lock."""
    window.findChild(QPushButton, "lock_button").click()


def test_locking_keeps_the_draft_first_and_then_asks_for_the_end(window, qtbot):
    """The drafts are handed over before the process that held the keys is ended."""
    room, order = Room(), []
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)
    window.lock_requested.connect(lambda: order.extend([*room.asked, "end"]))

    lock(window)

    assert order == ["flush", "end"]


def test_while_a_recording_runs_locking_only_hides(window, qtbot):
    """The cover comes up, nothing of the screen is visible, and the process is not ended."""
    room, ended = Room("T-7K2F", is_recording=True), []
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)
    window.lock_requested.connect(lambda: ended.append(True))

    lock(window)

    seen = " ".join(made.text() for made in window.findChildren(QLabel) if made.isVisible())
    assert window.is_covered
    assert not room.isVisible()
    assert "A recording that runs goes on" in seen
    assert room.asked == ["flush"]
    assert ended == []


def test_the_cover_opens_for_the_right_passphrase_only(window, qtbot):
    """A wrong one is refused beside the field; the right one brings the same screen back."""
    room = Room(is_recording=True)
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)
    lock(window)
    line = window.findChild(QLineEdit, "cover_passphrase")

    qtbot.keyClicks(line, "a wrong one")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(QLabel, "cover_passphrase_wrong").isVisible())
    stayed = window.is_covered
    qtbot.keyClicks(line, "the right one")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_covered)

    assert stayed
    assert room.isVisible()
    assert line.text() == ""


def test_a_notice_is_seen_on_the_cover_too(window):
    """A microphone that goes away while the screen is locked is told on the cover."""
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(Room(is_recording=True))
    lock(window)
    notice = Banner("The microphone is gone.", "record")

    window.notify(notice)

    assert notice.isVisible()


def test_nobody_there_locks_after_the_minutes_of_the_settings(window, application, qtbot):
    """Without a key or a press the lock comes by itself; a key puts it off."""
    room = Room()
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)
    window._idle.watch(600)
    qtbot.wait(30)
    before = window._idle._timer.remainingTime()

    qtbot.keyClicks(room.text, "a")

    assert window._idle._timer.remainingTime() > before
    assert room.asked == []
    with qtbot.waitSignal(window.lock_requested, timeout=20_000):
        window._idle.watch(0.05)
    assert room.asked == ["flush"]


def test_before_a_vault_is_open_there_is_nothing_to_lock(window):
    """The first screens have no Lock and Ctrl+L does nothing."""
    asked = []
    window.lock_requested.connect(lambda: asked.append(True))
    window.show_screen(Room())

    window.lock()

    assert window.findChild(QPushButton, "lock_button") is None
    assert asked == []


def test_a_recording_is_finished_before_the_window_closes(window):
    """Closing while a recording runs is refused with a sentence."""
    room = Room(is_recording=True)
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)

    was_closed = window.close()
    room.is_recording = False

    assert not was_closed
    assert window.findChild(Banner).isVisible()
    assert window.close()


def test_the_strip_always_tells_four_facts(window):
    """Encrypted, no network, saved, room left."""
    window.show_screen(Room())

    window.show_facts(Facts(free_bytes=212_000_000_000))

    words = [window.findChild(QLabel, f"strip_{name}").text() for name in ("encrypted", "network", "saved", "room")]
    assert words == [
        "Encrypted on this computer",
        "No network",
        "All changes saved",
        "Free space 212 GB · about 408 h of audio",
    ]


def test_the_strip_says_when_something_is_not_yet_kept(window):
    """A screen that has a draft says so, and says when it is kept."""
    room = Room()
    window.show_screen(room)

    room.saving.emit(True)
    before = window.findChild(QLabel, "strip_saved").text()
    room.saving.emit(False)

    assert before == "Saving …"
    assert window.findChild(QLabel, "strip_saved").text() == "All changes saved"


def test_changing_the_language_builds_the_screen_anew_and_loses_nothing(window, application):
    """The same screen comes back in the new language, with what was typed, right-to-left."""
    screens = Screens(window, {"room": Room})
    application.language_changed.connect(lambda _code: screens.rebuild())
    screens.open("room", "before")
    first = screens.current
    first.text.setText("typed")

    application.change(language="fa")

    assert screens.current is not first
    assert screens.current.text.text() == "typed"
    assert screens.current.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert language() == "fa"
    assert first.asked == ["flush"]


def test_the_way_leads_back_where_it_came_from(window):
    """Screens are remembered with what was in them, and none is left while a recording runs."""
    screens = Screens(window, {"home": Room, "one": Room})
    screens.open("home", "a")
    screens.open("one", "b")
    screens.current.is_recording = True
    refused = screens.back()
    screens.current.is_recording = False

    went = screens.back()

    assert (refused, went) == (False, True)
    assert (screens.name, screens.current.argument) == ("home", "a")
    assert not screens.back()


def test_text_grows_with_the_keys_and_stops_at_its_ends(window, application, qtbot):
    """Ctrl and plus makes the text larger up to 200 %; A minus is off at 100 %."""
    window.show_screen(Room())
    smaller = window.findChild(QPushButton, "text_smaller").isEnabled()

    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)

    assert not smaller
    assert application.settings.text_size == 200
    assert not window._bar.findChild(QPushButton, "text_larger").isEnabled()


def test_an_error_nobody_asked_for_is_told_in_a_banner(window, jobs, qtbot):
    """It says what happened and its code; work goes on."""
    jobs.failed.connect(window.show_error)
    window.show_screen(Room())

    jobs.failed.emit(WrongKey())

    notice = window.findChild(Banner)
    assert notice.isVisible()
    assert "vault.wrong-passphrase" in notice.help_line


def test_a_bug_ends_in_one_calm_sentence_and_a_code(window, application, qtbot):
    """The last resort shows no trace, only a code, and the program goes on."""
    window.show_screen(Room())

    bug = ZeroDivisionError("Sima")
    application._on_uncaught(type(bug), bug, bug.__traceback__)

    texts = " ".join(made.text() for made in window.findChildren(QLabel))
    assert "Something went wrong inside Govah." in texts
    assert "Code: " in texts
    assert "Sima" not in texts


def test_the_passphrase_tried_at_the_cover_is_wiped(window, qtbot):
    """Whether it opens or not, nothing of it stays."""
    secret = Secret(bytearray(b"the right one"))
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(Room(is_recording=True))
    lock(window)

    window._cover.unlock_requested.emit(secret)
    qtbot.waitUntil(lambda: not window.is_covered)

    assert secret.is_wiped


def test_the_clipboard_holds_nothing_of_ours_after_locking(window):
    """What was copied inside the program is gone when it locks."""
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(Room())
    QGuiApplication.clipboard().setText("what a witness said")

    lock(window)

    assert QGuiApplication.clipboard().text() == ""


def test_when_the_recording_behind_the_cover_is_over_the_lock_is_completed(window, qtbot):
    """The cover is only for as long as the recording needs the keys."""
    room = Room(is_recording=True)
    window.enter_vault(Role.COLLECTOR, try_passphrase)
    window.show_screen(room)
    lock(window)
    room.is_recording = False

    with qtbot.waitSignal(window.lock_requested, timeout=20_000):
        window._on_tick()

    assert window.is_covered
    assert room.asked == ["flush", "flush"]
