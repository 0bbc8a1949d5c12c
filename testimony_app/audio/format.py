# SPDX-License-Identifier: Apache-2.0
"""Rate, channels and sample type as one value, and the three shapes a sample takes.

In memory a sample is an int32 that fills its range, whatever the depth (`left-justified`), in an array of
(frames, channels). In a block from a microphone ("in flight") it is 2 bytes at 16 bit and 4 bytes at 24 bit,
as sound cards hand it out. In a blob ("stored") it is little-endian and as wide as it needs to be for a
chunk of 64 KiB to fill in well under a second:

    48,000 Hz mono, 24 bit    3 bytes     | b0 | b1 | b2 |            0.46 s a chunk
    48,000 Hz mono, 16 bit    3 bytes     | 0  | b0 | b1 |            0.46 s
    16,000 Hz mono, 16 bit    8 bytes     | 0 x 6    | b0 | b1 |      0.51 s

The sample is always in the last `bits / 8` bytes; those before it are zero.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.int32]
"""(frames, channels), left-justified."""

FULL_SCALE = 2**31
_STORED_BYTES_PER_SECOND = 120_000
_INT = np.dtype("<i4")


class SoundFormat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a sound is sampled; `bits` is 16 or 24."""

    rate: int = 48_000
    channels: int = 1
    bits: int = 24

    @property
    def flight_bytes(self) -> int:
        """Return the bytes of one frame as a microphone hands it out."""
        return self.channels * (2 if self.bits == 16 else 4)

    @property
    def stored_width(self) -> int:
        """Return the bytes of one sample in a blob."""
        return max(self.bits // 8, -(-_STORED_BYTES_PER_SECOND // (self.rate * self.channels)))

    @property
    def frame_bytes(self) -> int:
        """Return the bytes of one frame in a blob."""
        return self.channels * self.stored_width

    def seconds(self, frames: int) -> float:
        """Return how long so many frames last."""
        return frames / self.rate

    def frames(self, seconds: float) -> int:
        """Return how many frames last so long."""
        return round(seconds * self.rate)


def from_flight(data: bytes | bytearray | memoryview, sound: SoundFormat) -> Samples:
    """Return a microphone's bytes as samples; a torn frame at the end is left out."""
    whole = memoryview(data)[: len(data) // sound.flight_bytes * sound.flight_bytes]
    if sound.bits == 16:
        samples = np.frombuffer(whole, dtype="<i2").astype(np.int32) << 16
    else:
        samples = np.frombuffer(whole, dtype=_INT) & np.int32(-256)
    return samples.reshape(-1, sound.channels)


def to_flight(samples: Samples, sound: SoundFormat) -> bytes:
    """Return samples as a microphone would hand them out, and as a loudspeaker takes them."""
    if sound.bits == 16:
        return (samples >> 16).astype("<i2").tobytes()
    return samples.astype(_INT, copy=False).tobytes()


def to_stored(samples: Samples, sound: SoundFormat, width: int | None = None) -> bytes:
    """Return samples as they stand in a blob, or in a width of the caller's choice."""
    width = sound.stored_width if width is None else width
    kept = sound.bits // 8
    source = np.ascontiguousarray(samples, dtype=_INT).view(np.uint8).reshape(-1, 4)
    if width == kept:
        return source[:, 4 - kept :].tobytes()
    stored = np.zeros((len(source), width), dtype=np.uint8)
    stored[:, width - kept :] = source[:, 4 - kept :]
    return stored.tobytes()


def from_stored(data: bytes | bytearray | memoryview, sound: SoundFormat) -> Samples:
    """Return the samples of a piece of a blob; a torn frame at the end is left out."""
    whole = memoryview(data)[: len(data) // sound.frame_bytes * sound.frame_bytes]
    kept = sound.bits // 8
    stored = np.frombuffer(whole, dtype=np.uint8).reshape(-1, sound.stored_width)
    samples = np.zeros((len(stored), 4), dtype=np.uint8)
    samples[:, 4 - kept :] = stored[:, sound.stored_width - kept :]
    return samples.view(_INT).reshape(-1, sound.channels)
