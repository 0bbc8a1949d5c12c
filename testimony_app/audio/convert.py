# SPDX-License-Identifier: Apache-2.0
"""Other people's audio formats, in: wav, flac, ogg, mp3 and aiff, read as a stream.

What a file really is decides, not its name. Plain WAVs are read by `riff`, which forgives their headers much;
the rest by libsndfile. Formats that need Qt's decoders are read in devices/decoder.py. Foreign bytes are parsed
here, so the program calls this in a confined process only (devices/decoding_child.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat
from testimony_app.audio.riff import WavSound

_WHOLE_NUMBERS = {"PCM_S8": 16, "PCM_U8": 16, "PCM_16": 16, "PCM_24": 24, "PCM_32": 24, "ALAC_16": 16, "ALAC_24": 24}
_LOSSY = frozenset({"VORBIS", "OPUS", "MPEG_LAYER_I", "MPEG_LAYER_II", "MPEG_LAYER_III", "ULAW", "ALAW"})
_MOST_CHANNELS = 8
_MEDIA_TYPES = {
    "WAV": "audio/wav",
    "WAVEX": "audio/wav",
    "RF64": "audio/wav",
    "FLAC": "audio/flac",
    "OGG": "audio/ogg",
    "MP3": "audio/mpeg",
    "MPEG": "audio/mpeg",
    "AIFF": "audio/aiff",
}


class ForeignSound:
    """A sound file of somebody else, read from any place."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises NotReadableSound when it is no sound that we read."""
        try:
            self._file = soundfile.SoundFile(path)
        except (soundfile.SoundFileError, OSError) as error:
            raise NotReadableSound from error
        if self._file.channels > _MOST_CHANNELS or self._file.frames <= 0:
            self._file.close()
            raise NotReadableSound
        subtype = self._file.subtype
        bits = _WHOLE_NUMBERS.get(subtype, 16 if subtype in _LOSSY else 24)
        self._is_whole = subtype in _WHOLE_NUMBERS
        self._mask = np.int32(-(1 << (32 - bits)))
        self.format = SoundFormat(self._file.samplerate, self._file.channels, bits)
        self.frames = int(self._file.frames)
        self.media_type = _MEDIA_TYPES.get(self._file.format, "application/octet-stream")

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        try:
            if self._is_whole:
                samples: Samples = self._file.read(max(frames, 0), dtype="int32", always_2d=True)
                samples &= self._mask
                return samples
            floats = self._file.read(max(frames, 0), dtype="float64", always_2d=True)
        except soundfile.SoundFileError as error:
            raise NotReadableSound from error
        # Decoders of compressed sound overshoot full scale a little: it is clipped, not folded over.
        scaled = np.clip(np.nan_to_num(floats) * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
        samples = scaled.astype(np.int64).astype(np.int32)
        samples &= self._mask
        return samples

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        self._file.seek(min(max(frame, 0), self.frames))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def open_sound(path: Path) -> ForeignSound | WavSound:
    """Return a sound file opened for reading. Raises NotReadableSound."""
    try:
        wav = WavSound(path)
    except OSError as error:
        raise NotReadableSound from error
    except NotReadableSound:
        return ForeignSound(path)
    if not wav.frames:
        wav.close()
        raise NotReadableSound
    return wav
