# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import HeldPcm
from testimony_app.audio.waveform import PeakBuilder, from_bytes, peaks

SOUND = SoundFormat()


def test_peaks_are_as_loud_as_the_sound():
    """A loud place in the middle stands in the middle of the picture, at its height."""
    samples = np.zeros((480_000, 1), dtype=np.int32)
    samples[240_000] = 2**30

    shown = peaks(HeldPcm(samples, SOUND), 500).shown(101)

    assert np.argmax(shown) == 50
    assert max(shown) == pytest.approx(0.5**0.5, abs=0.01)


@pytest.mark.parametrize("piece", [1, 37, 4800, 65_536, 10**7])
def test_the_size_of_the_pieces_does_not_matter(piece):
    """Peaks built on the way are those built at once."""
    samples = synthetic.voice(0.5 if piece == 1 else 20)
    builder = PeakBuilder(200)
    for first in range(0, len(samples), piece):
        builder.add(samples[first : first + piece])

    assert builder.peaks() == peaks(HeldPcm(samples, SOUND), 200)


def test_the_number_of_peaks_does_not_grow_with_the_length():
    """Three hours take no more room than three minutes."""
    builder = PeakBuilder(1000)
    hour = np.zeros((48_000 * 60, 1), dtype=np.int32)
    for _ in range(180):
        builder.add(hour)

    found = builder.peaks()

    assert 1000 <= len(found.values) <= 2000
    assert found.frames == 180 * 48_000 * 60


def test_kept_peaks_come_back():
    """Peaks survive being kept as bytes; something that is none reads as none."""
    found = peaks(HeldPcm(synthetic.voice(3), SOUND), 100)

    assert from_bytes(found.to_bytes()) == found
    assert from_bytes(b"").shown(100) == []
