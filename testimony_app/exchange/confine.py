# SPDX-License-Identifier: Apache-2.0
"""What the process that reads foreign bundles may still use: the bounds, for confined/giving_up.py to enforce."""

from __future__ import annotations

from pathlib import Path

from testimony_app.confined import giving_up
from testimony_app.exchange import limits


def still_alive() -> None:
    """Wind the watchdog: without another call in time, the process ends itself."""
    giving_up.still_alive(limits.CHILD_SILENCE_SECONDS)


def give_up(writable: Path | None, byte_count: int) -> tuple[str, ...]:
    """Give up everything that reading a bundle of this length doesn't need; return words for what was given up."""
    bounds = giving_up.Bounds(
        memory=limits.CHILD_MEMORY,
        processor_seconds=limits.CHILD_SECONDS_FLOOR + byte_count // (limits.CHILD_MIB_PER_SECOND * limits.MIB),
        open_files=limits.CHILD_OPEN_FILES,
        file_bytes=limits.VOLUME_CAP,
        silence_seconds=limits.CHILD_SILENCE_SECONDS,
    )
    return giving_up.give_up(writable, bounds)
