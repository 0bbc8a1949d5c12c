# SPDX-License-Identifier: Apache-2.0
"""A question is read in the archive's own voice where there is one, and the microphone never hears it."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.exchange import voices_file
from testimony_app.intake.voices import Voices
from testimony_app.ui.kiosk.take_act import TakeState
from testimony_app.ui.questions.screen import Questions
from tests.ui.kiosk.conftest import Alone, NoVoice, release, vault_booth

RATE = 16_000
PLACE, TODAY = (synthetic.voice(0.4, RATE, seed).ravel() for seed in (21, 22))


@pytest.fixture
def told(house, application, tmp_path):
    """Return a witness alone whose laptop took an archive's two recorded questions from a stick."""
    folder = tmp_path / "questions"
    folder.mkdir()
    soundfile.write(folder / "place.wav", PLACE, RATE, subtype="PCM_16")
    soundfile.write(folder / "today.wav", TODAY, RATE, subtype="PCM_16")

    def carry():
        archive = house.archive.vault
        path = voices_file.write(archive, *Voices(archive).recorded(folder, "en"), tmp_path)
        return Questions(house.collector).take_voices(path)

    assert house.on_vault(carry) == "Archive"
    voice = NoVoice()
    made = Alone(house, application, house.folder / "collector", vault_booth(house, house.collector), voice)
    made.voice = voice
    made.begin()
    yield made
    release(made)


def playing(told):
    """Return the samples that the loudspeaker was given."""
    told.house.wait(lambda: told.house.speaker.reader is not None)
    reader = told.house.speaker.reader
    reader.seek(0)
    return reader.read(reader.frames).ravel()


def test_the_archives_voice_reads_its_question_and_the_system_the_others(told):
    """The button stands where there is a recording, with or without a system's voice; each question has its own."""
    told.agree()
    told.key("kiosk_read")
    first = playing(told)
    told.keys("next")
    is_silent, has_button = told.house.speaker.reader is None, told.sees("kiosk_read")
    told.voice.languages = ("en",)
    told.keys("kiosk_back", "next", "kiosk_read")

    assert np.array_equal(first >> 16, PLACE >> 16)
    assert is_silent
    assert not has_button
    assert told.voice.heard[-1][1].startswith("What did you like to do")
    assert told.house.speaker.reader is None


def test_no_microphone_hears_the_question(told):
    """Recording ends the voice; wanting to hear the question again pauses the recording first."""
    told.agree()
    told.key("kiosk_read")
    playing(told)
    told.speak(1.0)
    while_recording = told.house.speaker.reader
    told.key("kiosk_read")
    told.house.wait(lambda: told.house.speaker.reader is not None)
    while_reading = told.screen._act.state
    told.key("record_button")
    told.house.wait(lambda: told.screen._act.state is TakeState.RECORDING)

    assert while_recording is None
    assert while_reading is TakeState.PAUSED
    assert told.house.speaker.reader is None
