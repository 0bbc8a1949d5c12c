# SPDX-License-Identifier: Apache-2.0
"""Looks for something that must not be readable, in every byte under some folders."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
WINDOW = 24
"""Samples in a piece of sound that is looked for: no noise repeats so many by chance."""


def of_words(words: str) -> dict[str, bytes]:
    """Return the ways in which a phrase could stand in a file."""
    return {
        "utf-8": words.encode(),
        "utf-16": words.encode("utf-16-le"),
        "upper": words.upper().encode(),
    }


def of_sound(samples: np.ndarray) -> dict[str, bytes]:
    """Return pieces of a recording as the usual sample formats would hold them (samples: int32, full range)."""
    loud = np.argsort(np.abs(samples.astype(np.int64)))[-2000::100]
    found: dict[str, bytes] = {}
    for number, at in enumerate(np.clip(loud, 0, len(samples) - WINDOW)):
        piece = samples[at : at + WINDOW].astype("<i4")
        if len(np.unique(piece)) < WINDOW // 2:
            continue
        found[f"s32 {number}"] = piece.tobytes()
        found[f"s24 {number}"] = piece.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
        found[f"s16 {number}"] = (piece >> 16).astype("<i2").tobytes()
        found[f"float {number}"] = (piece / 2**31).astype("<f4").tobytes()
    return found


class Search:
    """Remembers when it began, so that only what was written since is looked at in shared folders."""

    def __init__(self, *folders: Path) -> None:
        """Search these folders wholly, and the shared ones for what is new."""
        self._folders = [*folders, Path(tempfile.gettempdir())]
        self._began = time.time() - 1
        self._kept: list[tuple[str, bytes]] = []

    def files(self) -> list[Path]:
        """Return the files that may hold something."""
        found = {path for folder in self._folders for path in folder.rglob("*")}
        for folder in SHARED:
            found |= {path for path in folder.glob("*") if self._is_new(path)}
        return [path for path in found if path.is_file() and not path.is_symlink()]

    def snapshot(self, moment: str) -> None:
        """Keep what every file holds at this moment, to be searched when the sound is known."""
        for path in self.files():
            with suppress(OSError):
                self._kept.append((f"{path.name} ({moment})", path.read_bytes()))

    def finds(self, canaries: dict[str, bytes]) -> list[str]:
        """Return which canaries stand in which files, at any moment that was kept."""
        return [
            f"{name} in {where}"
            for where, content in self._kept
            for name, canary in canaries.items()
            if canary in content
        ]

    def _is_new(self, path: Path) -> bool:
        try:
            return path.stat().st_mtime >= self._began
        except OSError:
            return False
