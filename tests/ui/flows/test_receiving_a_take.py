# SPDX-License-Identifier: Apache-2.0
"""What a drop box left behind in the middle of a sentence is imported on screen, and is a recording like any other."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QLabel

from testimony_app.audio.synthetic import voice
from testimony_app.dropbox.box import DropBox
from testimony_app.dropbox.founding import found
from testimony_app.exchange import trust
from testimony_app.model.recording import RecordingState
from testimony_app.ui.receive.screen import ReceiveScreen, Receiving
from tests.fakes.microphone import FakeMicrophone


def a_box_left_behind(house, folder):
    """Leave a drop box with a recording that was cut off, its card compared at the archive; return its code."""

    def card_of_the_archive():
        path = folder.with_name("archive.card")
        path.write_bytes(trust.write_card(house.archive.vault))
        return path, house.archive.safety_number()

    card, number = house.on_vault(card_of_the_archive)
    made = found(folder, card, number=number, clock=house.clock, keys=2)
    microphone = FakeMicrophone(clock=house.clock)
    with DropBox.open(folder, clock=house.clock) as box:
        testimony = box.start()
        box.save_statement(testimony.id, "a line before", "fa")
        records = box.records(microphone)
        records.begin(testimony.id)
        records.start()
        microphone.stream.say(voice(4))
        records.stop()
        records.finish()
    # Closed in the middle, as a crash would: and the end of the file never reached the disk.
    recording = next((folder / "out").glob("*.REC"))
    os.truncate(recording, recording.stat().st_size - 1000)
    house.on_vault(lambda: house.archive.trust(folder / "BOX.CRD", made.safety_number))
    return testimony.code


def test_a_take_that_was_left_behind_becomes_flac(house, tmp_path):
    """Imported from the folder, it is marked as interrupted, and its chunks are FLAC as every recording's are."""
    code = a_box_left_behind(house, tmp_path / "box")
    screen = house.shown(ReceiveScreen(house.jobs, Receiving(house.archive.vault), house.sticks))
    screen.choose_folder(tmp_path / "box")

    house.press(screen, "import_button")
    house.wait(lambda: any(one.isVisible() for one in screen.findChildren(QLabel, "report_title")))

    taken = house.on_vault(lambda: house.archive.vault.testimonies.by_code(code))
    (recording,) = taken.recordings
    assert recording.state is RecordingState.INTERRUPTED
    assert {segment.encoding for segment in recording.segments} == {"flac"}
    assert recording.seconds > 3.0
