# SPDX-License-Identifier: Apache-2.0
"""What came of a testimony at the archive: carried there without a desktop, and read as it was told."""

from __future__ import annotations

import numpy as np

from testimony_app.archive import playback
from tests.journeys.walking import opened
from tests.sound import RATE

_PIECE = RATE // 2


def reaches_the_archive(places):
    """Carry what was sealed to the archive; return the sound and the testimony that are there."""
    collector, archive = opened(places.collector), opened(places.archive)
    try:
        collector.export(places.stick)
        archive.import_bundles([places.stick])
        row = archive.vault.testimonies.rows(0, 2).rows[0]
        testimony = archive.catalogue.record(row.id)
        reader = playback.open_recording(archive.vault, testimony.recordings[0])
        heard = np.asarray(reader.read(testimony.recordings[0].frames)).reshape(-1)
        reader.close()
        return heard, testimony
    finally:
        collector.close()
        archive.close()


def recognised(voice, heard) -> float:
    """Return how many seconds of a voice are in what was heard, each half second found for itself.

    On a busy computer a loudspeaker stumbles and is wound back: then something is missing or twice, but what is
    there is still that voice and no other.
    """
    pieces = (voice[start : start + _PIECE] for start in range(0, len(voice) - _PIECE + 1, _PIECE))
    return sum(_likeness(piece, heard) > 0.95 for piece in pieces) * _PIECE / RATE


def _likeness(piece, heard) -> float:
    """Return how alike a piece is to the part of what was heard that is most like it; 1.0 is equal."""
    one, other = (np.asarray(each, dtype=np.float64).reshape(-1) / 2**31 for each in (piece, heard))
    if len(other) < len(one):
        return 0.0
    size = 1 << (len(one) + len(other) - 1).bit_length()
    shifts = len(other) - len(one) + 1
    product = np.fft.irfft(np.fft.rfft(other, size) * np.conj(np.fft.rfft(one, size)), size)[:shifts]
    sums = np.concatenate(([0.0], np.cumsum(other * other)))
    loudness = (sums[len(one) :] - sums[: -len(one)])[:shifts] * float(np.dot(one, one))
    return float(np.max(product / np.sqrt(np.maximum(loudness, 1e-12))))
