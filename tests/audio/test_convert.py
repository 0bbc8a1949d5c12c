# SPDX-License-Identifier: Apache-2.0
"""Other people's formats, read as they are and as they sound."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.convert import open_sound
from testimony_app.audio.errors import NotReadableSound
from tests.sound import correlation


@pytest.mark.parametrize(
    ("name", "subtype", "bits"),
    [("a.wav", "PCM_16", 16), ("a.wav", "PCM_24", 24), ("a.flac", "PCM_24", 24), ("a.aiff", "PCM_16", 16)],
)
def test_lossless_formats_come_in_sample_for_sample(tmp_path, name, subtype, bits):
    """What another recorder wrote without loss is read without loss."""
    samples = synthetic.voice(2) & np.int32(-(1 << (32 - bits)))
    soundfile.write(tmp_path / name, samples, 48_000, subtype=subtype)

    with closing(open_sound(tmp_path / name)) as source:
        heard = source.read(10**6)

    assert (source.format.rate, source.format.channels, source.format.bits) == (48_000, 1, bits)
    assert np.array_equal(heard, samples)


@pytest.mark.parametrize(("name", "kind"), [("a.mp3", "MP3"), ("a.ogg", "OGG"), ("a.wav", "FLOAT")])
def test_other_formats_come_in_as_they_sound(tmp_path, name, kind):
    """Compressed and floating sound is read at its own loudness."""
    samples = synthetic.voice(3)
    subtype = "FLOAT" if kind == "FLOAT" else None
    soundfile.write(tmp_path / name, samples / 2**31, 48_000, subtype=subtype)

    with closing(open_sound(tmp_path / name)) as source:
        heard = source.read(10**6)

    assert correlation(samples, heard)[0] > 0.95
    assert np.abs(heard).max() == pytest.approx(np.abs(samples).max(), rel=0.1)


def test_too_loud_floats_are_clipped_and_not_folded(tmp_path):
    """A float beyond full scale becomes full scale of the same sign."""
    soundfile.write(tmp_path / "a.wav", np.array([0.5, 1.5, -1.5]), 48_000, subtype="FLOAT")

    with closing(open_sound(tmp_path / "a.wav")) as source:
        heard = source.read(3).reshape(-1)

    assert heard[1] > 2**31 * 0.999 and heard[2] < -(2**31) * 0.999


def test_the_name_does_not_decide(tmp_path):
    """A text that is called a sound is refused."""
    (tmp_path / "a.wav").write_text("not a sound at all")

    with pytest.raises(NotReadableSound):
        open_sound(tmp_path / "a.wav")
