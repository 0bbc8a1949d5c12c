# SPDX-License-Identifier: Apache-2.0
"""The recorder before, during and after, by its own buttons, over a real vault."""

from __future__ import annotations

import dataclasses

import msgspec
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from testimony_app.audio.ports import Device
from testimony_app.audio.synthetic import voice
from testimony_app.intake.preflight import Concern
from testimony_app.ui.intake.before_words import concern_words, standing_line
from testimony_app.ui.intake.screen import IntakeScreen
from testimony_app.ui.intake.values import Standing
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.confirm import ConfirmSheet
from tests.fakes.microphone import FakeMicrophone
from tests.ui.flows.test_interview import agreed, visible_text

VOICE = voice(12, 48_000, 7).reshape(-1, 1)


def recording(house, screen, seconds):
    """Record so many seconds of a voice, and leave the recording running."""
    house.press(screen, "record_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    house.microphone.stream.say(VOICE[: seconds * 48_000])
    house.wait(lambda: f"{seconds:02}" in visible_text(screen, "timer"))


def finished(house, screen):
    """End the recording and return the draft as the vault holds it."""
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")
    house.rest()
    return house.on_vault(lambda: house.collector.interviews.by_code(screen.title))


def choose(screen, name, value):
    """Pick a value of a list, as a person would."""
    found = screen.findChild(Choice, name)
    found.setCurrentIndex(found.findData(value))


def banner(screen):
    """Return the sentence of the notice that is seen."""
    return visible_text(screen, "banner_text")


def test_how_things_stand_is_told_before(house):
    """Room, battery and what the microphone gives stand there in plain words, and each concern in a sentence."""
    house.standing = msgspec.structs.replace(house.standing, concerns=("battery-low", "clock-wrong"))
    screen = house.interview()
    agreed(house, screen)

    house.wait(lambda: "12 h" in visible_text(screen, "standing_line"))

    told = visible_text(screen, "standing_line")
    assert "80" in told and "48 kHz" in told
    assert "Plug" in visible_text(screen, "concern_battery-low")
    assert "clock" in visible_text(screen, "concern_clock-wrong")


def test_every_concern_has_words():
    """No word of the closed list is shown as nothing."""
    standing = Standing(room_seconds=3600, battery_percent=40, is_plugged_in=True)

    assert all(concern_words(concern, standing) for concern in Concern)
    assert "plugged in" in standing_line(standing)


def test_a_microphone_is_tested_and_the_test_destroyed(house):
    """Ten seconds are heard, played back, and then there is nothing left: neither sound nor file nor take."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "test_button")
    house.wait(lambda: bool(house.microphone.streams))

    house.microphone.stream.say(VOICE[: 11 * 48_000])
    house.wait(lambda: house.speaker.reader is not None)
    played = house.speaker.reader.read(20 * 48_000)
    assert np.array_equal(played, VOICE[: 10 * 48_000])
    house.speaker.reader.seek(0)
    again = house.speaker.reader
    house.press(screen, "test_button")
    house.wait(lambda: visible_text(screen, "test_told") == "")
    house.rest()

    assert not again.read(20 * 48_000).any()
    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert draft.recordings == ()
    assert not [path for path in (house.collector.vault.folder / "blobs").rglob("*") if path.is_file()]


def test_recording_ends_a_test(house):
    """Whoever presses Record during the test records, and the test is gone."""
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "test_button")
    house.wait(lambda: bool(house.microphone.streams))
    tested = house.microphone.stream
    tested.say(VOICE[:48_000])

    recording(house, screen, 2)
    draft = finished(house, screen)

    assert tested.is_stopped
    assert [one.frames for one in draft.recordings] == [96_000]


def test_the_last_minutes_are_erased_by_a_button(house, qtbot):
    """Asked once, answered with yes: the sound, its marks and its notes are gone, and recording goes on."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 3)
    house.press(screen, "mark_button")
    house.rest()

    house.press(screen, "erase_minutes_button")
    house.wait(lambda: bool(screen.findChildren(ConfirmSheet)))
    screen.findChildren(ConfirmSheet)[0].yes_button.click()
    house.wait(lambda: "are gone" in banner(screen))
    house.microphone.stream.say(VOICE[:96_000])
    draft = finished(house, screen)

    assert [one.frames for one in draft.recordings] == [96_000]
    assert [gap.reason for gap in draft.recordings[0].gaps] == ["erased"]
    assert draft.notes == ()


def test_the_last_minutes_are_not_to_be_passed_on(house):
    """A mark says from when to when, and the sound stays."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 3)
    choose(screen, "minutes_back", "60")

    house.press(screen, "withhold_button")
    draft = finished(house, screen)

    (note,) = draft.notes
    assert note.kind == "do_not_pass_on"
    assert note.at_seconds == 0.0 and 2.5 <= note.until_seconds <= 3.0
    assert [one.frames for one in draft.recordings] == [144_000]


def test_silence_is_an_alarm_that_goes_by_itself(house):
    """A microphone that delivers nothing raises a notice within its second and a half; with sound it goes."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 2)

    house.microphone.stream.say(np.zeros((72_000, 1), np.int32))
    house.wait(lambda: banner(screen) == "No sound reaches the microphone.")
    house.microphone.stream.say(VOICE[:48_000])
    house.wait(lambda: banner(screen) == "")

    draft = finished(house, screen)
    assert [one.frames for one in draft.recordings] == [96_000 + 72_000 + 48_000]


def test_distortion_is_counted_until_it_is_seen(house):
    """The count stands there until somebody says that they have seen it."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 2)

    loud = np.full((4800, 1), 2**31 - 1, np.int32)
    loud[::2] = VOICE[:2400]
    loud[100:200] = 2**31 - 1
    house.microphone.stream.say(loud)
    button = screen.findChild(QAbstractButton, "clipping_seen")
    house.wait(lambda: button.isVisible() and "1" in button.text())
    house.press(screen, "clipping_seen")
    house.microphone.stream.say(VOICE[:9600])
    house.wait(lambda: not button.isVisible())
    finished(house, screen)


def test_the_slate_is_a_clip_of_its_own(house):
    """The spoken beginning is kept as such, beside the testimony, and is listed by its name."""
    screen = house.interview()
    agreed(house, screen)
    choose(screen, "clip_kind", "slate")
    recording(house, screen, 2)
    finished(house, screen)
    choose(screen, "clip_kind", "testimony")
    recording(house, screen, 3)

    draft = finished(house, screen)

    assert [one.kind for one in draft.recordings] == ["slate", "testimony"]
    house.wait(lambda: any("Beginning" in one.text() for one in screen.findChildren(QLabel) if one.isVisible()))


def test_two_microphones_are_kept_apart(house):
    """With a microphone for each of two people the recording has two channels, and a dead one is told."""
    screen = house.interview()
    agreed(house, screen)
    choose(screen, "channels", "2")
    house.press(screen, "record_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    both = np.concatenate([VOICE[:144_000], np.zeros((144_000, 1), np.int32)], axis=1)

    house.microphone.stream.say(both)
    house.wait(lambda: banner(screen) == "One of the two microphones is silent.")
    draft = finished(house, screen)

    assert [one.channels for one in draft.recordings] == [2]


def test_the_screen_stays_usable(house):
    """Nothing of what was added takes the keyboard's way away: Tab reaches each control."""
    screen = house.interview()
    agreed(house, screen)
    house.rest()
    names = set()
    for _ in range(40):
        house.qtbot.keyClick(screen, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            names.add(focused.objectName())

    assert {"clip_kind", "channels", "test_button", "record_button"} <= names


def test_the_words_of_a_document_are_taken_over(house, tmp_path):
    """They come behind what is written, are kept at once, and the document itself is attached as it came."""
    document = tmp_path / "letter.txt"
    document.write_text("In the summer of 1988\nwe waited.", encoding="utf-8")
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "write_instead")
    house.at(screen, "write_page")
    page = screen.findChild(WritePage)
    page.add_text("My name stays out.")

    page.document_chosen.emit(str(document))
    house.wait(lambda: "waited" in page.findChild(BidiEdit).text())
    house.rest()

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert draft.statement.text == "My name stays out.\n\nIn the summer of 1988\nwe waited."
    assert [one.title for one in draft.attachments] == ["letter.txt"]


def test_a_document_without_words_is_refused_in_place(house, tmp_path):
    """What can't be read is said, and what is written stays."""
    (tmp_path / "scan.docx").write_bytes(b"PK\x03\x04 torn")
    screen = house.interview()
    agreed(house, screen)
    house.press(screen, "write_instead")
    house.at(screen, "write_page")
    page = screen.findChild(WritePage)
    page.add_text("Mine.")

    with house.qtbot.waitSignal(screen.noticed, timeout=20_000):
        page.document_chosen.emit(str(tmp_path / "scan.docx"))

    assert page.findChild(BidiEdit).text() == "Mine."


def test_the_microphone_that_was_chosen_is_remembered(house):
    """Chosen by name once, it is offered first the next time; another one is used only until it is there again."""
    usual, lapel = Device("table", "Table microphone", is_default=True), Device("lapel", "Lapel microphone")
    house.microphone = FakeMicrophone(usual, lapel, clock=house.clock)
    remembered = []
    taking = dataclasses.replace(house.taking(), keep_device=remembered.append)
    screen = house.shown(IntakeScreen(house.jobs, taking))
    house.wait(screen.isEnabled)
    agreed(house, screen)
    house.wait(lambda: screen.findChild(Choice, "microphone").count() == 2)
    choose(screen, "microphone", "lapel")
    screen.findChild(Choice, "microphone").activated.emit(1)
    recording(house, screen, 1)

    assert [one.device for one in finished(house, screen).recordings] == ["Lapel microphone"]
    assert remembered == ["lapel"]


def test_a_microphone_that_is_not_there_now_is_said(house):
    """The one chosen before was left at home: the usual one is used, and that is said before anybody speaks."""
    taking = dataclasses.replace(house.taking(), device="studio")
    screen = house.shown(IntakeScreen(house.jobs, taking))
    house.wait(screen.isEnabled)
    agreed(house, screen)

    house.wait(lambda: "not plugged in" in banner(screen))
    recording(house, screen, 1)

    assert [one.device for one in finished(house, screen).recordings] == ["Table microphone"]
