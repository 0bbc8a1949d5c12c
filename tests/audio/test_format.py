# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from testimony_app.audio.format import SoundFormat, from_flight, from_stored, to_flight, to_stored

FORMATS = [
    SoundFormat(48_000, 1, 24),
    SoundFormat(48_000, 1, 16),
    SoundFormat(48_000, 2, 24),
    SoundFormat(44_100, 1, 16),
    SoundFormat(16_000, 1, 16),
    SoundFormat(8_000, 1, 16),
]


def random_samples(sound, frames=1000, seed=1):
    drawn = np.random.default_rng(seed).integers(-(2**31), 2**31, (frames, sound.channels), dtype=np.int64)
    return drawn.astype(np.int32) & np.int32(-(1 << (32 - sound.bits)))


@pytest.mark.parametrize("sound", FORMATS)
def test_samples_survive_storing_and_flight(sound):
    """Samples come back equal from a blob's bytes and from a microphone's."""
    samples = random_samples(sound)

    assert np.array_equal(from_stored(to_stored(samples, sound), sound), samples)
    assert np.array_equal(from_flight(to_flight(samples, sound), sound), samples)


@pytest.mark.parametrize("sound", FORMATS)
def test_a_chunk_fills_well_within_a_second(sound):
    """Whatever a microphone gives, a sealed chunk of 64 KiB holds at most 0.6 s."""
    assert 65_536 / (sound.frame_bytes * sound.rate) < 0.6


def test_stored_bytes_are_as_written_in_the_docstring():
    """A 16-bit sample at 48 kHz stands in the last two of three bytes, little-endian."""
    samples = np.array([[0x1234 << 16]], dtype=np.int32)

    assert to_stored(samples, SoundFormat(48_000, 1, 16)) == b"\x00\x34\x12"


def test_torn_frames_are_left_out():
    """Bytes that do not make a whole frame are not made into one."""
    sound = SoundFormat(48_000, 2, 24)

    assert len(from_stored(bytes(sound.frame_bytes * 3 + 5), sound)) == 3
    assert len(from_flight(bytes(sound.flight_bytes * 2 + 7), sound)) == 2
