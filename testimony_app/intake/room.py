# SPDX-License-Identifier: Apache-2.0
"""How long one can go on recording on the room that a disk has left."""

from __future__ import annotations

from testimony_app.audio.format import SoundFormat
from testimony_app.intake.segments import RESERVE_BYTES

LOW_SECONDS, VERY_LOW_SECONDS = 2 * 3600, 1800
"""Where the interviewer is told: two hours, and half an hour."""
_WITH_FLAC = 1.7
"""The sealed chunks stay until the FLAC beside them was compared, and that is at most seven tenths of them."""


def seconds_of_room(free_bytes: int, sound: SoundFormat) -> float:
    """Return how many seconds of such a recording fit, counting the copy that is made of it at the end."""
    bytes_per_second = sound.rate * sound.frame_bytes * _WITH_FLAC
    return max(0.0, (free_bytes - RESERVE_BYTES) / bytes_per_second)
