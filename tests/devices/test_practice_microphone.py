# SPDX-License-Identifier: Apache-2.0
"""The microphone of practice: a generated voice at the pace of a real one, and no sound device anywhere."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.devices.practice_microphone import PracticeMicrophone

SOUND = SoundFormat()


def test_it_speaks_until_it_is_stopped():
    """Blocks come without a hole between them, they are heard, and none comes after stop."""
    blocks, enough = [], Event()

    def hear(block):
        blocks.append(block)
        if len(blocks) == 4:
            enough.set()

    stream = PracticeMicrophone().open("", SOUND, hear, lambda _word: None)
    assert enough.wait(60)
    stream.stop()
    stream.stop()
    count = len(blocks)

    step = SOUND.frames(0.1)
    assert [block.first_frame for block in blocks] == [step * number for number in range(count)]
    assert all(len(block.data) == step * SOUND.flight_bytes for block in blocks)
    heard = np.frombuffer(b"".join(block.data for block in blocks), np.int32)
    assert np.abs(heard).max() > 2**24


def test_a_pause_is_silent():
    """After pause no block comes until resume, and then the count goes on where it was."""
    blocks, first, again = [], Event(), Event()

    def hear(block):
        blocks.append(block)
        (again if stream_is_resumed else first).set()

    stream_is_resumed = []
    stream = PracticeMicrophone().open("practice-2", SOUND, hear, lambda _word: None)
    assert first.wait(60)
    stream.pause()
    count = len(blocks)
    stream_is_resumed.append(True)
    assert not again.wait(0.3)
    stream.resume()
    assert again.wait(60)
    stream.stop()

    assert blocks[count].first_frame == count * SOUND.frames(0.1)


def test_a_microphone_that_is_not_there_is_refused():
    """Only its own two can be chosen."""
    with pytest.raises(NoMicrophone):
        PracticeMicrophone().probe("a real one", SOUND)
