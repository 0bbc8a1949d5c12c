# SPDX-License-Identifier: Apache-2.0
"""A witness who can't see tells alone: real keys, and nothing known but what a screen reader says."""

from __future__ import annotations

import pytest

from testimony_app import places as on_this_computer
from testimony_app import settings
from testimony_app.audio import synthetic
from testimony_app.i18n import catalogue
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.intake import script
from tests.journeys.ears import Ears
from tests.journeys.reaching import reaches_the_archive, recognised
from tests.journeys.walking import PASSPHRASE
from tests.texts import phrase

pytestmark = pytest.mark.slow
OWN_NAME = next(one.own_name for one in LANGUAGES if one.code == "fa")
WRITTEN = phrase("only_evin").rstrip(".")
ENOUGH_SECONDS = 1.0
VOICE = synthetic.voice(4.0, 48_000, seed=3)


@pytest.fixture
def fa():
    """Return what an English sentence of the program is in Persian."""
    return catalogue.load("fa").gettext


@pytest.mark.parametrize("text_size", [100, 200])
def test_a_witness_who_cannot_see_tells_alone(booth, places, sound, fa, text_size):
    """By keyboard alone, in Persian: every page is read out, what was told is sealed, and nobody's secret is said."""
    settings.save(on_this_computer.settings_file(), settings.Settings(language="fa", text_size=text_size))
    ears = Ears(booth, ["open", str(places.collector)])

    hand_over(ears, fa)
    agree(ears, fa)
    tell(ears, fa, sound)
    hidden = hide(ears, fa)
    left = keep(ears, fa)
    take_back(ears, fa)

    ears.end()
    heard, testimony = reaches_the_archive(places)
    assert ears.leaked(PASSPHRASE) == []
    assert hidden == ["Govah", fa("Go on")]
    assert WRITTEN in testimony.statement.text
    assert WRITTEN not in left
    assert recognised(VOICE, heard) >= ENOUGH_SECONDS


def hand_over(ears, fa):
    """Unlock, and hand the laptop over."""
    ears.hear(fa("Passphrase"))
    ears.booth.type(PASSPHRASE, "us")
    ears.booth.key("Return")
    ears.hear(fa("Testimonies on this computer"))
    ears.do(fa("Hand over for self-recording"), fa("Hand over now"))
    ears.do(fa("Hand over now"), fa("In which language do you want to speak?"), "space")


def agree(ears, fa):
    """Hear the consent text to its end, and say yes, no and later."""
    spoken = script.read("fa")
    ears.do(OWN_NAME, spoken.parts[0])
    for part in spoken.parts[1:]:
        ears.do(fa("Go on"), part)
    ears.do(
        fa("Go on"),
        fa("Until it is sealed, the person who gave you this computer could open it; after that, nobody here."),
    )
    ears.do(fa("Go on"), fa("Is somebody beside you?"))
    titles = {question.purpose: question.title for question in spoken.consent.questions}
    asked = [titles[purpose] for purpose in spoken.purposes]
    ears.do(fa("I am alone"), asked[0])
    answers = [fa("Yes"), fa("No"), fa("Ask me later")]
    following = [*asked[1:], spoken.questions[0].text]
    for number, then in enumerate(following):
        ears.do(answers[number % 3], then)


def tell(ears, fa, sound):
    """Answer one question aloud and one in writing."""
    questions = script.read("fa").questions
    player = sound.play(VOICE)
    ears.do(fa("Record"), fa("Recording. Press to pause"))
    ears.wait(lambda: player.poll() is not None, "for the voice to end")
    ears.do(fa("Pause"), fa("Paused. Nothing is heard. Press to go on"))
    ears.do(fa("Next question"), questions[1].text)
    ears.do(fa("Write instead"), questions[1].text)
    ears.booth.type(WRITTEN, "ir")
    ears.do(fa("Done"), questions[1].text)


def hide(ears, fa):
    """Somebody comes in; returns everything that is there to be read then."""
    mark = len(ears.heard)
    ears.booth.key("Escape")
    ears.hear(fa("Go on"), mark)
    shown = ears.names()
    ears.do(fa("Go on"), script.read("fa").questions[1].text)
    return shown


def keep(ears, fa):
    """End, go past the part, keep it, hear that it is sealed; return every word that whoever comes next finds."""
    questions = script.read("fa").questions
    closing = next(asked.text for asked in questions if asked.phase == "closing")
    ears.do(fa("I have finished"), closing)
    ears.do(fa("I have finished"), questions[0].text)
    ears.do(fa("Go on"), fa("Keep it, or erase it?"))
    ears.do(fa("Keep and seal"), fa("What you told is sealed."))
    ears.do(fa("Go on"), fa("Thank you."))
    ears.do(fa("I am done"), fa("In which language do you want to speak?"))
    return ears.everything()


def take_back(ears, fa):
    """Give the laptop back to the interviewer."""
    ears.do(fa("For the person who helps you"), fa("Your passphrase takes the laptop back."))
    ears.tab_to(fa("Passphrase"))
    ears.booth.type(PASSPHRASE, "us")
    mark = len(ears.heard)
    ears.booth.key("Return")
    ears.hear(fa("Testimonies on this computer"), mark)
