# SPDX-License-Identifier: Apache-2.0
"""A test of the microphone is measured, heard back, and then it has never been."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.errors import FormatRefused, NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.levels import Advice
from testimony_app.intake.trying import MicrophoneTest

VOICE = synthetic.voice(12)


def test_ten_seconds_are_heard_back_and_no_more(microphone):
    """What is played back is what was said, and after ten seconds nothing more is taken."""
    told = []
    trial = MicrophoneTest(microphone)

    assert trial.start("", told.append) == SoundFormat()
    microphone.stream.say(VOICE)

    reader = trial.reader()
    assert np.array_equal(reader.read(10**7), VOICE[:480_000])
    assert told[-1].is_over and told[-1].seconds == 10.0
    assert told[-1].advice in {Advice.GOOD, Advice.TOO_LOUD}
    assert not any(heard.is_over for heard in told[:-1])


def test_a_destroyed_test_is_overwritten(microphone):
    """Even somebody who still holds on to it hears nothing."""
    trial = MicrophoneTest(microphone)
    trial.start()
    microphone.stream.say(VOICE[:48_000])
    reader = trial.reader()

    trial.destroy()

    assert microphone.stream.is_stopped
    assert not reader.read(10**7).any()
    assert trial.seconds == 0.0


def test_nothing_of_it_reaches_the_disk(microphone, vault, draft):
    """A test leaves neither a recording nor a file nor a line in the log."""
    before = len(list(vault.custody.entries()))
    trial = MicrophoneTest(microphone)
    trial.start()
    microphone.stream.say(VOICE[:48_000])
    trial.destroy()

    assert vault.recordings.of(draft.id) == ()
    assert not [path for path in (vault.folder / "blobs").rglob("*") if path.is_file()]
    assert len(list(vault.custody.entries())) == before


def test_a_microphone_that_is_missing_or_unfit_is_refused(microphone):
    """What would refuse a recording refuses the test, in the same words."""
    trial = MicrophoneTest(microphone)
    with pytest.raises(NoMicrophone):
        trial.start("studio")

    microphone.refusal = FormatRefused()
    with pytest.raises(FormatRefused):
        trial.start()


def test_a_lost_microphone_is_told(microphone):
    """Pulled out during the test, this is said."""
    told = []
    trial = MicrophoneTest(microphone)
    trial.start("", told.append)
    microphone.stream.break_off()

    assert told[-1].advice is Advice.GONE
