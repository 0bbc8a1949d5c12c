# SPDX-License-Identifier: Apache-2.0
"""Beside the steps of an interview: listening, files and pictures, versions, the second recorder, and single keys."""

from __future__ import annotations

import shutil
import threading

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from testimony_app.audio import synthetic
from testimony_app.ui import commands, quietly
from testimony_app.ui.intake.attachment_page import PictureView
from testimony_app.ui.intake.beside import Beside
from testimony_app.ui.intake.second_recorder import SecondRecorder
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.play_bar import PlayBar
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.confirm import ConfirmSheet
from tests.ui.flows.test_interview import agreed, spoken, visible_text
from tests.ui.flows.test_recorder import banner, finished, recording


def drafted(house, screen):
    """Return the draft as the vault holds it."""
    house.rest()
    return house.on_vault(lambda: house.collector.interviews.by_code(screen.title))


def held(house, screen, is_so):
    """Wait until something is so of the draft as the vault holds it, and return it."""
    found = []

    def look():
        found[:] = [house.on_vault(lambda: house.collector.interviews.by_code(screen.title))]
        return is_so(found[0])

    house.wait(look)
    house.rest()
    return found[0]


def a_photograph(path, width=800, height=600):
    """Write a green picture."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(30, 160, 60))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "jpeg")
    path.write_bytes(bytes(buffer.data()))
    return path


def a_sound(path, seconds=3, seed=7):
    """Write a voice."""
    soundfile.write(path, synthetic.voice(seconds, 48_000, seed), 48_000, subtype="PCM_16")
    return path


def at_recorder(house):
    """Return an interview at its third step."""
    screen = house.interview()
    agreed(house, screen)
    return screen


def key(widget, command):
    """Return the shortcut of a command in a widget: a key press needs a window in front, which not every test has."""
    wanted = commands.keys()[command]
    return next(one for one in widget.findChildren(QShortcut) if one.key().toString() == wanted)


# Listening.


def test_a_take_is_listened_to_as_in_the_archive(house):
    """Speed, back a little and pause, by the same bar and the same keys; the list of takes follows."""
    screen = at_recorder(house)
    spoken(house, screen, 6)
    house.press(screen, "listen_1")
    house.wait(lambda: house.speaker.reader is not None)
    bar = screen.findChild(PlayBar, "take_bar")
    house.wait(bar.isVisible)

    house.speaker.position_seconds = 5.0
    house.wait(lambda: bar.position > 4.0)
    house.press(screen, "play_back")
    assert house.speaker.position_seconds == pytest.approx(bar.position, abs=0.01)
    assert 1.5 < house.speaker.position_seconds < 2.5
    key(bar, commands.FASTER).activated.emit()
    assert house.speaker.speed == 1.25
    assert bar.findChild(Choice, "play_speed").value() == "1.25"
    house.press(screen, "listen_1")
    assert house.speaker.is_paused
    house.press(screen, "record_button")

    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    assert house.speaker.reader is None
    assert not bar.isVisible()
    finished(house, screen)


def test_before_the_first_listening_it_is_asked_who_else_hears(house):
    """Once in a session, before a voice fills the room; with a no nothing is played, with a yes it is asked no more."""
    quietly.answered(is_answered=False)
    screen = at_recorder(house)
    spoken(house, screen)

    house.press(screen, "listen_1")
    house.wait(lambda: bool(screen.findChildren(ConfirmSheet)))
    screen.findChildren(ConfirmSheet)[0].no_button.click()
    house.wait(lambda: not screen.findChildren(ConfirmSheet))
    assert house.speaker.reader is None
    house.press(screen, "listen_1")
    house.wait(lambda: bool(screen.findChildren(ConfirmSheet)))
    screen.findChildren(ConfirmSheet)[0].yes_button.click()
    house.wait(lambda: house.speaker.reader is not None)
    house.wait(lambda: not screen.findChildren(ConfirmSheet))
    house.press(screen, "listen_1")

    assert house.speaker.is_paused
    assert not screen.findChildren(ConfirmSheet)


def test_the_next_listener_hears_at_the_usual_speed(house):
    """Whoever listened faster before leaves no trace: another interview plays as it was spoken."""
    house.speaker.speed = 2.0
    screen = at_recorder(house)
    spoken(house, screen)

    house.press(screen, "listen_1")
    house.wait(lambda: house.speaker.reader is not None)

    assert house.speaker.speed == 1.0


def test_one_key_records_pauses_and_goes_on(house):
    """The pedal's one key does whatever the large button would do now; another one marks a moment."""
    screen = at_recorder(house)

    for wanted in ("Recording", "Paused", "Recording"):
        key(screen, commands.RECORD).activated.emit()
        house.wait(lambda wanted=wanted: visible_text(screen, "recorder_state") == wanted)
        if wanted == "Recording":
            house.microphone.stream.say(synthetic.voice(2))
    house.wait(lambda: "04" in visible_text(screen, "timer"))
    key(screen, commands.MARK).activated.emit()
    draft = finished(house, screen)

    assert [note.kind for note in draft.notes] == ["moment"]
    assert draft.recordings[0].frames == 4 * 48_000


# Files.


def test_a_photograph_is_seen_inside_the_program(house, tmp_path):
    """Attached, opened from its ciphertext, shown, and gone from the screen when the page is left."""
    screen = at_recorder(house)
    screen.attach([str(a_photograph(tmp_path / "yard.jpg"))])
    held(house, screen, lambda draft: bool(draft.attachments))

    house.press(screen, "look_1")
    view = screen.findChild(PictureView)
    house.wait(lambda: view.isVisible() and not view.image.isNull())
    shown = view.image.pixelColor(400, 300)
    house.press(screen, "attachment_back")

    assert (view.image.width(), shown.green() > 140, shown.red() < 60) == (0, True, True)
    house.at(screen, "record_page")


def test_a_file_that_only_pretends_to_be_a_picture(house, tmp_path):
    """What can't be shown is said calmly on its page; the file stays attached."""
    screen = at_recorder(house)
    (tmp_path / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0 torn")
    screen.attach([str(tmp_path / "scan.jpg")])
    held(house, screen, lambda draft: bool(draft.attachments))

    house.press(screen, "look_1")
    house.wait(lambda: "No picture" in visible_text(screen, "attachment_waiting"))
    house.press(screen, "attachment_back")

    assert len(drafted(house, screen).attachments) == 1


def test_a_file_is_taken_out_after_one_question(house, tmp_path):
    """Asked once; with yes its key and its file are gone from this computer, and the original stays on the stick."""
    screen = at_recorder(house)
    file = a_photograph(tmp_path / "yard.jpg")
    screen.attach([str(file)])
    held(house, screen, lambda draft: bool(draft.attachments))

    house.press(screen, "take_out_1")
    house.wait(lambda: bool(screen.findChildren(ConfirmSheet)))
    screen.findChildren(ConfirmSheet)[0].yes_button.click()

    held(house, screen, lambda draft: not draft.attachments)
    assert file.exists()
    assert house.on_vault(lambda: list(house.collector.vault.blobs.files())) == []


def test_somebody_else_s_recording_comes_in(house, tmp_path):
    """A sound file becomes a take to listen to, with the untouched file beside it."""
    screen = at_recorder(house)

    screen.attach([str(a_sound(tmp_path / "talk.wav"))])
    draft = held(house, screen, lambda draft: bool(draft.recordings) and draft.recordings[0].frames > 0)

    assert [(one.kind, one.frames) for one in draft.recordings] == [("imported", 3 * 48_000)]
    assert [one.role for one in draft.attachments] == ["original"]
    house.wait(lambda: bool(screen.findChildren(QAbstractButton, "listen_1")))
    assert screen.may_leave()


def test_sound_waits_for_the_recorder(house, tmp_path):
    """While somebody speaks nothing is decoded beside it: it is said, and done when the recording is finished."""
    screen = at_recorder(house)
    recording(house, screen, 2)

    screen.attach([str(a_sound(tmp_path / "talk.wav"))])
    house.wait(lambda: "when the recording is finished" in banner(screen))
    assert len(drafted(house, screen).recordings) == 1
    house.press(screen, "finish_button")

    draft = held(house, screen, lambda draft: len(draft.recordings) == 2 and draft.recordings[1].frames > 0)
    assert [one.kind for one in draft.recordings] == ["testimony", "imported"]


def test_what_is_no_sound_is_kept_and_said(house, tmp_path):
    """A film that can't be read is an attachment, the log says why, and so does the screen."""
    screen = at_recorder(house)
    (tmp_path / "film.mp4").write_bytes(b"\x00\x01" * 4000)

    screen.attach([str(tmp_path / "film.mp4")])
    draft = held(house, screen, lambda draft: bool(draft.attachments))

    assert (draft.recordings, draft.attachments[0].role) == ((), "attachment")
    assert "No sound could be read" in banner(screen)
    log = house.on_vault(lambda: house.collector.vault.custody.entries(draft.id))
    assert "sound_not_readable" in [entry.event for entry in log]


def test_a_file_that_is_not_there_is_refused_and_the_next_one_comes(house, tmp_path):
    """One bad file of several costs that one only."""
    screen = at_recorder(house)

    with house.qtbot.waitSignal(screen.noticed, timeout=20_000):
        screen.attach([str(tmp_path / "gone.jpg"), str(a_photograph(tmp_path / "yard.jpg"))])
    draft = held(house, screen, lambda draft: bool(draft.attachments))

    assert [one.title for one in draft.attachments] == ["yard.jpg"]


class SlowSteps:
    """A file on its way in that comes to its end only when it is stopped."""

    def __init__(self, steps):
        self._steps, self._waits = steps, threading.Event()

    def __getattr__(self, name):
        return getattr(self._steps, name)

    def read(self, progress=None, is_cancelled=None):
        """Say that half is done, again and again, until somebody cancels."""
        progress(500, 1000)
        while not is_cancelled():
            self._waits.wait(0.02)
        return self._steps.read(progress, is_cancelled)


class LateSteps(SlowSteps):
    """The same, stopped after its last byte."""

    def read(self, progress=None, is_cancelled=None):
        """Read all of it, then come back when somebody cancels."""
        is_read = self._steps.read(progress)
        while not is_cancelled():
            self._waits.wait(0.02)
        return is_read


@pytest.mark.parametrize("slowed", [SlowSteps, LateSteps])
def test_an_import_can_be_stopped_with_nothing_half_done(house, tmp_path, slowed):
    """The page shows how far it is; cancelled, however late, the draft is as it was, and the interview goes on."""
    screen = at_recorder(house)
    brings = screen.findChild(Beside)._brought.brings
    really = brings.sound
    brings.sound = lambda testimony, path: slowed(really(testimony, path))

    screen.attach([str(a_sound(tmp_path / "talk.wav"))])
    house.at(screen, "bringing_page")
    assert not screen.may_leave()
    house.press(screen, "cancel_job")
    house.at(screen, "record_page")
    house.wait(screen.may_leave)

    draft = drafted(house, screen)
    assert (draft.recordings, draft.attachments) == ((), ())
    assert house.on_vault(lambda: list(house.collector.vault.blobs.files())) == []


# The written testimony's versions.


def test_somebody_goes_back_to_an_earlier_version(house):
    """What was struck out is read by its time and gone back to; what stood meanwhile stays a version."""
    screen = at_recorder(house)
    house.press(screen, "write_instead")
    house.at(screen, "write_page")
    page = screen.findChild(WritePage)
    page.add_text("It was in the summer, and we were seven in one cell.")
    house.rest()
    page.findChild(BidiEdit).show_text("")
    page.add_text("It was in autumn.")
    house.rest()

    house.press(screen, "versions_button")
    house.at(screen, "versions_page")
    house.press(screen, "version_1")
    house.wait(lambda: "seven in one cell" in screen.findChild(BidiEdit, "version_text").text())
    house.press(screen, "version_take")
    house.at(screen, "write_page")

    draft = drafted(house, screen)
    versions = house.on_vault(lambda: house.collector.interviews.statement_history(draft.id))
    assert "seven in one cell" in draft.statement.text
    assert "seven in one cell" in page.findChild(BidiEdit, "statement").text()
    assert [one.text for one in versions][1] == "It was in autumn."


# The second recorder.


def test_a_second_recorder_runs_along(house, tmp_path):
    """Its serial number, the clap, and later its card: both digests in the log, and the clap marked in both."""
    screen = at_recorder(house)
    house.type_in(screen, "second_serial", "H1n 004711")
    house.qtbot.keyClick(screen.findChild(QLineEdit, "second_serial"), Qt.Key.Key_Return)
    house.press(screen, "record_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Recording")
    voice = synthetic.voice(6)
    house.microphone.stream.say(voice[: 3 * 48_000])
    house.wait(lambda: "03" in visible_text(screen, "timer"))
    house.press(screen, "clap_button")
    house.wait(lambda: "clap is marked" in visible_text(screen, "second_told"))
    house.microphone.stream.say(voice[3 * 48_000 :])
    ours = finished(house, screen).recordings[0]
    early = np.concatenate([np.zeros((2 * 48_000, 1), np.int32), voice])
    soundfile.write(tmp_path / "ZOOM0001.wav", early, 48_000, subtype="PCM_24")

    second = screen.findChild(SecondRecorder)
    house.wait(lambda: second.findChild(QAbstractButton, "second_card").isVisible())
    second.card_chosen.emit(str(tmp_path / "ZOOM0001.wav"))
    draft = held(house, screen, lambda draft: len(draft.recordings) == 2 and draft.recordings[1].frames > 0)

    log = house.on_vault(lambda: house.collector.vault.custody.entries(draft.id))
    facts = {entry.event: entry.facts for entry in log}
    marks = {note.recording: note.at_seconds for note in draft.notes if note.kind == "sync_mark"}
    assert facts["backup_recorder"]["serial"] == "H1n 004711"
    assert facts["backup_imported"]["ours"] == ours.id
    assert facts["backup_imported"]["copy_sha256"] == draft.attachments[0].sha256
    assert marks[draft.recordings[1].id] - marks[ours.id] == pytest.approx(2.0, abs=0.11)


def test_without_a_second_recorder_there_is_no_clap(house):
    """Nobody is asked to clap for a recorder that isn't there; the reminder stands before the recording."""
    screen = at_recorder(house)
    assert "second recorder" in visible_text(screen, "second_told")

    recording(house, screen, 1)

    assert not screen.findChild(QAbstractButton, "clap_button").isVisible()
    finished(house, screen)


def test_a_file_s_own_place_is_left_alone(house, tmp_path):
    """What was brought is read and not touched: it can be taken away with the stick afterwards."""
    screen = at_recorder(house)
    stick = tmp_path / "stick"
    stick.mkdir()
    file = a_photograph(stick / "yard.jpg")
    before = file.read_bytes()

    screen.attach([str(file)])
    held(house, screen, lambda draft: bool(draft.attachments))

    assert (file.read_bytes(), [one.name for one in stick.iterdir()]) == (before, ["yard.jpg"])
    shutil.rmtree(stick)
