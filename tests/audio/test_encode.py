# SPDX-License-Identifier: Apache-2.0
import hashlib
import io
import subprocess

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.encode import Digest, FlacPcm, FlacWriter, compare, digest, flac_reader, pcm_to_flac
from testimony_app.audio.errors import NotReadableSound, SoundDiffers
from testimony_app.audio.format import SoundFormat, to_stored
from testimony_app.audio.pcm import HeldPcm
from tests.audio.test_format import FORMATS, random_samples


class AppendOnly:
    """A file that can only be appended to, as a sealed one is."""

    def __init__(self, room=10**9):
        self.written = bytearray()
        self._room = room

    def write(self, data):
        """Take all of it, or be full."""
        if len(self.written) + len(data) > self._room:
            raise OSError(28, "full")
        self.written += data
        return len(data)


def encoded(samples, sound):
    out = AppendOnly()
    pcm_to_flac(HeldPcm(samples, sound), out)
    return bytes(out.written)


@pytest.mark.parametrize("sound", FORMATS)
def test_every_sample_comes_back(sound):
    """What was encoded decodes to the same samples, in every format that we record."""
    samples = random_samples(sound, frames=100_000)

    decoded = flac_reader(io.BytesIO(encoded(samples, sound)))

    assert decoded.format == sound
    assert np.array_equal(decoded.read(200_000), samples)


def test_the_public_tool_agrees(tmp_path):
    """`flac -t` finds the MD5 in our header right, and the length is told."""
    sound = SoundFormat(48_000, 1, 24)
    samples = synthetic.voice(7)
    file = tmp_path / "voice.flac"
    file.write_bytes(encoded(samples, sound))

    assert subprocess.run(["flac", "-t", "-s", file]).returncode == 0
    told = subprocess.run(["metaflac", "--show-total-samples", "--show-md5sum", file], capture_output=True, text=True)
    md5 = hashlib.md5(to_stored(samples, sound, 3), usedforsecurity=False).hexdigest()
    assert told.stdout.split() == [str(len(samples)), md5]


def test_reading_from_anywhere():
    """A recording can be heard from any place."""
    samples = synthetic.voice(20)
    reader = FlacPcm(io.BytesIO(encoded(samples, SoundFormat())))

    for place in (600_000, 0, 959_000, 12_345):
        reader.seek(place)
        assert np.array_equal(reader.read(1000), samples[place : place + 1000])


def test_other_samples_than_were_recorded_are_noticed():
    """An encoder that was fed something else than what was digested is not believed."""
    samples = synthetic.voice(2)
    expected = digest(HeldPcm(samples, SoundFormat()))
    writer = FlacWriter(AppendOnly(), SoundFormat(), expected)
    altered = samples.copy()
    altered[50_000] ^= 256
    writer.write(altered)

    with pytest.raises(SoundDiffers):
        writer.close()


def test_a_full_disk_comes_out_as_itself():
    """An error of the file below passes through the encoder as it was raised, and nothing is printed."""
    samples = random_samples(SoundFormat(), frames=300_000)

    with pytest.raises(OSError, match="full"):
        pcm_to_flac(HeldPcm(samples, SoundFormat()), AppendOnly(room=10_000))


def test_a_difference_of_one_bit_is_found():
    """Two recordings that differ in one bit of one sample differ, and the place is told."""
    samples = synthetic.voice(4)
    altered = samples.copy()
    altered[150_000] ^= 256

    compare(HeldPcm(samples, SoundFormat()), HeldPcm(samples.copy(), SoundFormat()))
    with pytest.raises(SoundDiffers) as differs:
        compare(HeldPcm(samples, SoundFormat()), HeldPcm(altered, SoundFormat()))

    assert differs.value.facts["at_frame"] <= 150_000


def test_a_file_that_is_no_sound_is_refused():
    """Bytes that are no FLAC are refused calmly."""
    with pytest.raises(NotReadableSound):
        FlacPcm(io.BytesIO(b"not a sound" * 1000))


def test_a_digest_does_not_depend_on_the_pieces():
    """The digest built on the way is that of the whole."""
    samples = random_samples(SoundFormat(), frames=10_000)
    built = Digest(SoundFormat())
    for first in range(0, 10_000, 777):
        built.add(samples[first : first + 777])

    assert built.value() == digest(HeldPcm(samples, SoundFormat())).value()
    assert built.frames == 10_000
