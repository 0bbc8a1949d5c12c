# SPDX-License-Identifier: Apache-2.0
import io

import numpy as np
import pytest

from testimony_app.audio.format import SoundFormat, to_stored
from testimony_app.audio.pcm import HeldPcm, Joined, StoredPcm
from tests.audio.test_format import random_samples

SOUND = SoundFormat(48_000, 2, 24)


def test_stored_samples_are_read_from_anywhere():
    """A blob of samples is heard from any place, and a torn frame at its end does not count."""
    samples = random_samples(SOUND, 5000)
    reader = StoredPcm(io.BytesIO(to_stored(samples, SOUND) + b"\x01\x02"), SOUND)

    reader.seek(1234)

    assert reader.frames == 5000
    assert np.array_equal(reader.read(10_000), samples[1234:])
    assert len(reader.read(1)) == 0


@pytest.mark.parametrize("piece", [1, 999, 1000, 4096])
def test_segments_are_heard_as_one(piece):
    """Segments follow each other without a lost or a doubled sample."""
    samples = random_samples(SOUND, 5000)
    parts = (samples[:1000], samples[1000:1001], samples[1001:4000], samples[4000:])
    joined = Joined([HeldPcm(part, SOUND) for part in parts])

    joined.seek(3)
    heard = []
    while len(found := joined.read(piece)):
        heard.append(found)

    assert joined.frames == 5000
    assert np.array_equal(np.concatenate(heard), samples[3:])


def test_going_back_and_forth_across_segments():
    """Seeking across the border between segments hears what is there."""
    samples = random_samples(SOUND, 3000)
    joined = Joined([HeldPcm(samples[:1500], SOUND), HeldPcm(samples[1500:], SOUND)])

    for place in (1400, 10, 2900, 1499):
        joined.seek(place)
        assert np.array_equal(joined.read(200), samples[place : place + 200])
