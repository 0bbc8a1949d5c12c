# SPDX-License-Identifier: Apache-2.0
"""How much memory sealing and importing hold at most: a small bundle beside one of a gigabyte, each in a new process.

A bundle that is four times as long may not need more: what grows with a recording would one day meet a longer one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure

SMALL, LARGE = 256 << 20, 1 << 30


def measure(folder: Path) -> Iterator[Figure]:
    """Measure both sizes."""
    small = _peaks(folder / "small", SMALL)
    large = _peaks(folder / "large", LARGE)
    for name, before, now in zip(
        ("sealing", "importing, the program", "importing, the reader"), small, large, strict=True
    ):
        yield Figure(f"peak memory, {name}, 1 GiB", now, "MiB", at_most=256)
        yield Figure(f"peak memory, {name}, 1 GiB beside 256 MiB", now - before, "MiB", at_most=16)


def _peaks(folder: Path, size: int) -> list[float]:
    folder.mkdir()
    command = [sys.executable, "-m", "bench.once", str(folder), str(size)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [float(number) for number in told.stdout.split()]
