# SPDX-License-Identifier: Apache-2.0
"""Hearing back what a recorder kept."""

from __future__ import annotations

import time

import numpy as np

from testimony_app.audio.encode import FlacPcm
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import Joined, StoredPcm


def heard(vault, recording):
    """Return every sample of a recording, read from its sealed blobs."""
    sound = SoundFormat(recording.sample_rate, recording.channels, recording.bits)
    readers = []
    for segment in recording.segments:
        blob = vault.blobs.open(segment.blob, allow_unterminated=segment.encoding == "pcm")
        readers.append(FlacPcm(blob) if segment.encoding == "flac" else StoredPcm(blob, sound))
    if not readers:
        return np.zeros((0, sound.channels), np.int32)
    joined = Joined(readers)
    try:
        return joined.read(joined.frames)
    finally:
        joined.close()


def until(happened, *, seconds=30.0):
    """Return as soon as something has happened; fail if it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)
