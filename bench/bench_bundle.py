# SPDX-License-Identifier: Apache-2.0
"""A bundle's two ways: sealing a long draft, and importing what was sealed; against public tools on the same bytes.

Sealing is compared with `age -d | tee >(sha512sum) | age -r`, importing with `age -d`, `tar -x` and `sha512sum -c`
one after the other. The runs take turns, and the middle of the ratios counts. Reading back what was sealed is
measured apart, since the pipeline does nothing of the kind. The age tool that many systems have can't open
quantum-safe files, so it is given the same tar sealed to an older key.
"""

from __future__ import annotations

import resource
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.scene import Scene, timed

SIZE = 512 * 1024 * 1024
RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    """Measure both ways."""
    scene = Scene(folder, SIZE)
    sealing, reading, importing, piped, unpacked = [], [], [], [], []
    with_tools = shutil.which("age") is not None
    if with_tools:
        scene.write_whole()
    ours, theirs = 0.0, 0.0
    for _ in range(RUNS):
        before = _processor(resource.RUSAGE_SELF)
        whole, back = scene.seal()
        ours += (_processor(resource.RUSAGE_SELF) - before) * (whole - back) / whole
        sealing.append(whole - back)
        reading.append(back)
        importing.append(timed(scene.take_in))
        if with_tools:
            before = _processor(resource.RUSAGE_CHILDREN)
            piped.append(timed(scene.pipe))
            theirs += _processor(resource.RUSAGE_CHILDREN) - before
            scene.seal_for_older_tools()
            unpacked.append(timed(scene.unpack))
    yield Figure("seal: open, hash, seal, write and sync", SIZE / statistics.median(sealing) / 1e6, "MB/s")
    yield Figure("read back and open what was sealed", SIZE / statistics.median(reading) / 1e6, "MB/s")
    yield Figure("import: read, verify, seal again", SIZE / statistics.median(importing) / 1e6, "MB/s")
    if with_tools:
        yield Figure("seal against age -d | tee >(sha512sum) | age -r", _ratio(piped, sealing), "times", at_least=2.0)
        yield Figure("the same in seconds of processor time", theirs / ours, "times")
        yield Figure("import against age -d, tar -x, sha512sum -c", _ratio(unpacked, importing), "times", at_least=1.5)


def _processor(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _ratio(theirs: list[float], ours: list[float]) -> float:
    return statistics.median(their / our for their, our in zip(theirs, ours, strict=True))
