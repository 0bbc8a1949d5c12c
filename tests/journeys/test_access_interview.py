# SPDX-License-Identifier: Apache-2.0
"""An interviewer who can't see takes a whole testimony in Persian: by name, by role, and by what is said."""

from __future__ import annotations

import pytest

from testimony_app import places as on_this_computer
from testimony_app import settings
from testimony_app.audio import synthetic
from testimony_app.i18n import catalogue
from testimony_app.intake import consent
from tests.journeys.ears import Ears
from tests.journeys.reaching import reaches_the_archive, recognised
from tests.journeys.walking import PASSPHRASE
from tests.texts import phrase

pytestmark = pytest.mark.slow
PSEUDONYM, NAMED, NOTED = phrase("sima"), phrase("gholamreza"), phrase("evin_and_khavaran")
ENOUGH_SECONDS = 1.0
VOICE = synthetic.voice(4.0, 48_000, seed=8)


@pytest.fixture
def fa():
    """Return what an English sentence of the program is in Persian."""
    return catalogue.load("fa").gettext


def test_an_interview_from_unlocking_to_the_seal(booth, places, sound, fa):
    """Each step is said when it comes; what is typed and spoken is sealed, and no passphrase is said."""
    settings.save(on_this_computer.settings_file(), settings.Settings(language="fa"))
    ears = Ears(booth, ["open", str(places.collector)])

    ears.hear(fa("Passphrase"))
    ears.booth.type(PASSPHRASE, "us")
    ears.press_and_hear(fa("Unlock"), fa("Testimonies on this computer"))
    ears.press_and_hear(fa("New interview"), fa("Pseudonym"))
    ears.booth.type(PSEUDONYM, "ir")
    agree(ears, fa)
    speak(ears, fa, sound)
    name_somebody(ears, fa)
    code = seal(ears, fa)

    ears.end()
    heard, testimony = reaches_the_archive(places)
    assert ears.leaked(PASSPHRASE) == []
    assert code == testimony.code
    assert testimony.witness.pseudonym == PSEUDONYM
    assert [person.names for person in testimony.people] == [(NAMED,)]
    assert [note.text for note in testimony.notes if note.text] == [NOTED]
    assert recognised(VOICE, heard) >= ENOUGH_SECONDS


def agree(ears, fa):
    """Hear the consent text's title, and answer what is asked first with yes."""
    text = consent.text("fa")
    ears.press_and_hear(fa("Continue"), text.title)
    ears.press(fa("{question}: {answer}").format(question=text.questions[0].title, answer=fa("Yes")))
    ears.press_and_hear(fa("Continue"), fa("Record"))


def speak(ears, fa, sound):
    """Record, note something meanwhile, rest, go on, and finish."""
    ears.press_and_hear(fa("Record"), fa("Recording"))
    player = sound.play(VOICE)
    ears.fill(fa("Write a note"), NOTED)
    ears.booth.key("Return")
    ears.wait(lambda: player.poll() is not None, "for the voice to end")
    ears.press_and_hear(fa("Pause"), fa("Paused"))
    ears.press_and_hear(fa("Resume"), fa("Recording"))
    ears.press_and_hear(fa("Finish"), fa("Nothing is being recorded"))


def name_somebody(ears, fa):
    """Go on to the people, and write down one that was named."""
    ears.press_and_hear(fa("Continue"), fa("People and places"))
    ears.fill(fa("Name, as spoken"), NAMED)
    ears.press_and_hear(fa("Add this person"), NAMED)


def seal(ears, fa):
    """Go on to the review, hear what stands there, and seal; return the code that is said."""
    ears.press_and_hear(fa("Continue"), fa("Review and seal"))
    told = ears.press_and_hear(fa("Seal"), fa("Sealed"))
    return told.words.split(":")[1].split(".")[0].strip()
