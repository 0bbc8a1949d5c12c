# SPDX-License-Identifier: Apache-2.0
"""What a person waits for at a vault: unlocking, beyond deriving the key, and seeking in two hours of sound.

The derivation is meant to take its time and is left out: the vault is opened at a cost that takes none. That there is
only one of them is counted. The recording is twelve segments of FLAC, opened as the player opens it.
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.figure import Figure
from testimony_app.archive import playback
from testimony_app.audio import encode, synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import HeldPcm
from testimony_app.clock import SystemClock
from testimony_app.crypto import passphrase
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.model.recording import RecordingState, Segment
from testimony_app.vault.vault import Vault
from tests.builders import a_testimony

PASSPHRASE = b"seven quiet words nobody would ever guess"
DRAFTS, OPENINGS = 500, 9
RATE, MINUTE, SEGMENTS = 48_000, 60 * 48_000, 12
SEEKS, FRAMES = 1000, 1024


def measure(folder: Path) -> Iterator[Figure]:
    """Measure both."""
    with _vault(folder / "vault") as vault:
        recording = _recording(vault)
        taken, worked = _seeks(vault, recording)
    yield Figure("seek and read in 2 h of FLAC, 99th percentile", taken[SEEKS * 99 // 100] * 1e3, "ms", at_most=5)
    yield Figure("the same in processor time", worked[SEEKS * 99 // 100] * 1e3, "ms", at_most=5)
    yield Figure("seek and read in 2 h of FLAC, the middle", taken[SEEKS // 2] * 1e3, "ms")
    seconds, derivations = _openings(folder / "vault")
    yield Figure(f"unlock beyond the derivation, {DRAFTS} drafts", seconds * 1e3, "ms", at_most=100)
    yield Figure("derivations of the key at an unlock", derivations, "times", at_most=1, at_least=1)


def _vault(folder: Path) -> Vault:
    vault = Vault.create(
        folder, role=Role.COLLECTOR, name="n", passphrase=Secret(PASSPHRASE), clock=SystemClock(), cost=CHEAP
    )
    for _ in range(DRAFTS):
        vault.testimonies.add(a_testimony())
    return vault


def _recording(vault: Vault):
    tile = synthetic.voice(60, RATE, 1)
    ten_minutes = np.tile(tile, 10)
    flac = io.BytesIO()
    encode.pcm_to_flac(HeldPcm(ten_minutes, SoundFormat(RATE, 1, 24)), flac)
    draft = vault.testimonies.add(a_testimony())
    recording = vault.recordings.begin(draft.id, rate=RATE, channels=1, bits=24)
    segments = []
    for slot in vault.recordings.new_segments(recording.id, SEGMENTS, "flac"):
        writer = slot.writer()
        writer.write(flac.getvalue())
        finished = writer.finish()
        segments.append(Segment(index=slot.index, blob=finished.blob, frames=len(ten_minutes), encoding="flac"))
    vault.recordings.finish(
        recording.id, frames=SEGMENTS * len(ten_minutes), segments=segments, state=RecordingState.COMPLETE
    )
    return vault.testimonies.get(draft.id).recordings[0]


def _seeks(vault: Vault, recording) -> tuple[list[float], list[float]]:
    places = random.Random(2)
    reader = playback.open_recording(vault, recording)
    taken, worked = [], []
    try:
        for _ in range(SEEKS):
            place = places.randrange(SEGMENTS * 10 * MINUTE - FRAMES)
            begun, at_work = time.perf_counter(), time.thread_time()
            reader.seek(place)
            reader.read(FRAMES)
            taken.append(time.perf_counter() - begun)
            worked.append(time.thread_time() - at_work)
    finally:
        reader.close()
    return sorted(taken), sorted(worked)


def _openings(folder: Path) -> tuple[float, int]:
    counted = [0]
    real = passphrase.derive

    def counting(*given, **named):
        counted[0] += 1
        return real(*given, **named)

    passphrase.derive = counting
    taken = []
    try:
        for _ in range(OPENINGS):
            begun = time.perf_counter()
            vault = Vault.open(folder, Secret(PASSPHRASE), clock=SystemClock())
            taken.append(time.perf_counter() - begun)
            vault.lock()
    finally:
        passphrase.derive = real
    return statistics.median(taken), counted[0] // OPENINGS
