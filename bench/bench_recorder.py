# SPDX-License-Identifier: Apache-2.0
"""What three hours of recording cost, how soon they are saved, and how soon they are heard again.

Time is simulated: a minute of a generated voice is handed to the recorder again and again, as fast as it takes it,
and whenever a segment of ten minutes is full the recorder gets the rest it would have had, to make its FLAC.
What is counted is processor time for each second of sound, so the pace doesn't matter. The capture thread of a real
microphone (reading a pipe of Qt's, ten times a second) comes on top; `make soak` runs that for ten real minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.figure import Figure
from testimony_app.archive import playback
from testimony_app.audio import synthetic, waveform
from testimony_app.audio.format import SoundFormat, to_flight
from testimony_app.audio.ports import Block
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.intake.importing import import_sound
from testimony_app.intake.recorder import Recorder
from testimony_app.intake.session import Interviews
from testimony_app.model.partner import Role
from testimony_app.vault.vault import Vault

HOURS = float(os.environ.get("GOVAH_BENCH_HOURS", "3"))
SOUND = SoundFormat()
_STEP = 4_800
_EARLY_SECONDS = 180
_SEGMENT_SECONDS = 600


def measure(folder: Path) -> Iterator[Figure]:
    """Yield cost and memory of a long recording, the time from stop to saved, and the time to its first sound."""
    clock = SystemClock()
    with Vault.create(
        folder / "vault", role=Role.COLLECTOR, name="Bench", passphrase=Secret(b"seven quiet words nobody guesses"),
        clock=clock, cost=CHEAP,
    ) as vault:  # fmt: skip
        draft = Interviews(vault, clock).start()
        recording = vault.recordings.begin(draft.id, rate=SOUND.rate, channels=SOUND.channels, bits=SOUND.bits)
        count = int(HOURS * 3600 / _SEGMENT_SECONDS) + 2
        recorder = Recorder(clock, on_progress=lambda _progress: None, segment_seconds=_SEGMENT_SECONDS)
        slots = (vault.recordings.new_segments(recording.id, count, encoding) for encoding in ("pcm", "flac"))
        recorder.start(SOUND, *slots, counts_time=False)
        # A little less than the whole: then the last segment, the one that is left to do, is as long as it can be.
        seconds = HOURS * 3600 - 1
        spent, grown = _recorded(recorder, seconds)
        yield Figure("processor time, of one core, FLAC included", 100 * spent / seconds, "%", at_most=4)
        yield Figure("memory beyond that of the first three minutes", grown, "MiB", at_most=40)

        begun = time.perf_counter()
        captured = recorder.stop()
        vault.recordings.finish(
            recording.id, frames=captured.frames, segments=captured.segments, peaks=captured.peaks.to_bytes(),
            sizes=captured.sizes,
        )  # fmt: skip
        yield Figure("from stop to saved and compared", time.perf_counter() - begun, "s", at_most=10)
        assert all(segment.encoding == "flac" for segment in captured.segments)
        yield from _heard_again(vault, recording.id)
        yield from _imported(vault, clock, folder)


def _recorded(recorder: Recorder, seconds: float) -> tuple[float, float]:
    """Record so many seconds; return the processor time they cost, and by how many MiB memory grew meanwhile."""
    voice = synthetic.voice(60)
    blocks = [to_flight(voice[at : at + _STEP], SOUND) for at in range(0, len(voice), _STEP)]
    early, begun = 0.0, time.process_time()
    for number in range(int(seconds * SOUND.rate / _STEP)):
        recorder.feed_patiently(Block(blocks[number % len(blocks)], number * _STEP))
        at = number * _STEP / SOUND.rate
        if at == _EARLY_SECONDS:
            early = _memory()
        if number and at % _SEGMENT_SECONDS == 0:
            _rest(recorder)
    return time.process_time() - begun, _memory() - early


def _rest(recorder: Recorder) -> None:
    """Wait until what waits is written and every closed segment is a FLAC."""
    conversions = recorder._capture.conversions  # noqa: SLF001 - nobody but a bench needs to know
    time.sleep(0.5)
    while conversions.are_waiting:
        time.sleep(0.05)


def _heard_again(vault: Vault, recording: str) -> Iterator[Figure]:
    whole = vault.recordings.get(recording)
    begun = time.perf_counter()
    reader = playback.open_recording(vault, whole)
    first = reader.read(_STEP)
    yield Figure("from opening to the first sound", time.perf_counter() - begun, "s", at_most=0.3)
    assert np.any(first)
    reader.close()

    begun = time.perf_counter()
    shown = waveform.from_bytes(vault.recordings.peaks(recording)).shown(1000)
    yield Figure("its waveform, from kept peaks", time.perf_counter() - begun, "s", at_most=1)
    assert max(shown) > 0.1


def _imported(vault: Vault, clock: SystemClock, folder: Path) -> Iterator[Figure]:
    if shutil.which("ffmpeg") is None:
        return
    minutes = 10
    voice = np.tile(synthetic.voice(60), (minutes, 1))
    for ending in ("m4a", "mp3"):
        file = folder / f"voice.{ending}"
        make = ["ffmpeg", "-loglevel", "error", "-f", "s32le", "-ar", "48000", "-ac", "1", "-i", "-", str(file)]
        subprocess.run(make, input=voice.astype("<i4").tobytes(), check=True)
        draft = Interviews(vault, clock).start()
        begun = time.perf_counter()
        import_sound(vault, clock, draft.id, file)
        taken = time.perf_counter() - begun
        yield Figure(f"ten minutes of {ending} taken in, against real time", minutes * 60 / taken, "times")


def _memory() -> float:
    """Return the memory in use, in MiB; nought where the system doesn't say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
