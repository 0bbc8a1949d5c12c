# SPDX-License-Identifier: Apache-2.0
"""WAV files with lengths that are wrong, unknown, or too long for their field."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.convert import open_sound
from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.riff import WavSound

VOICE = synthetic.voice(1) & np.int32(-65_536)


def a_wav(*, subtype="PCM_16", channels=1):
    """Return a sound WAV, byte by byte."""
    file = io.BytesIO()
    samples = np.repeat(VOICE, channels, axis=1)
    if subtype in {"FLOAT", "DOUBLE"}:
        samples = samples / 2**31
    soundfile.write(file, samples, 48_000, format="WAV", subtype=subtype)
    return bytearray(file.getvalue())


def data_at(wav):
    """Return where the length of the samples stands."""
    return wav.index(b"data") + 4


def read(path, wav):
    """Return all samples of a WAV."""
    path.write_bytes(wav)
    sound = WavSound(path)
    try:
        return sound.read(sound.frames + 10)
    finally:
        sound.close()


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_width_reads_as_libsndfile_reads_it(tmp_path, subtype, channels):
    """Whole numbers and floats come out as another reader finds them."""
    wav = a_wav(subtype=subtype, channels=channels)

    heard = read(tmp_path / "a.wav", wav)

    expected = soundfile.read(io.BytesIO(wav), dtype="float64", always_2d=True)[0]
    assert heard.shape == expected.shape
    assert np.abs(heard / 2**31 - expected).max() <= 2**-23


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF, 0x7FFFFFF0, 1000])
def test_a_recorder_that_was_not_stopped(tmp_path, length):
    """A length of nought, of all ones, beyond the file, or of what there was a minute earlier: all of it is read."""
    wav = a_wav()
    struct.pack_into("<I", wav, 4, length)
    struct.pack_into("<I", wav, data_at(wav), length)

    assert np.array_equal(read(tmp_path / "a.wav", wav), VOICE)


def test_half_a_frame_at_the_end_is_left_out(tmp_path):
    """A file that breaks off in the middle of a sample gives every whole one."""
    wav = a_wav()

    assert np.array_equal(read(tmp_path / "a.wav", wav[:-1001]), VOICE[:-501])


def test_chunks_after_the_sound_are_no_sound(tmp_path):
    """What a recorder writes behind the samples is left alone when the length is true."""
    wav = a_wav() + b"LIST" + struct.pack("<I", 6) + b"INFOxx"

    assert np.array_equal(read(tmp_path / "a.wav", wav), VOICE)


def test_an_rf64_beyond_four_gigabytes(tmp_path):
    """The long length is believed; samples beyond 4 GiB are found (the file is sparse, so the test is not slow)."""
    frames = (5 << 30) // 2
    head = b"RF64\xff\xff\xff\xffWAVE" + b"ds64" + struct.pack("<IQQQI", 28, frames * 2 + 72, frames * 2, frames, 0)
    head += b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16) + b"data\xff\xff\xff\xff"
    with (tmp_path / "long.wav").open("wb") as file:
        file.write(head)
        file.seek(len(head) + (frames - len(VOICE)) * 2)
        file.write((VOICE >> 16).astype("<i2").tobytes())

    sound = WavSound(tmp_path / "long.wav")

    assert sound.frames == frames
    sound.seek(frames - len(VOICE))
    assert np.array_equal(sound.read(len(VOICE) + 1), VOICE)
    sound.close()


@pytest.mark.parametrize(
    "broken",
    [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEdata\xff\0\0\0" + b"x" * 300],
    ids=["empty", "torn", "no chunks", "sound without a format"],
)
def test_what_cannot_be_a_wav_is_refused(tmp_path, broken):
    """Without a format nobody can know what the numbers mean."""
    (tmp_path / "a.wav").write_bytes(broken)

    with pytest.raises(NotReadableSound):
        WavSound(tmp_path / "a.wav")


def test_a_wav_without_a_sample_is_no_sound(tmp_path):
    """An empty recording is refused, not taken in as one of no length."""
    wav = a_wav()
    struct.pack_into("<I", wav, data_at(wav), 0)

    (tmp_path / "a.wav").write_bytes(wav[: data_at(wav) + 4])

    with pytest.raises(NotReadableSound):
        open_sound(tmp_path / "a.wav")
