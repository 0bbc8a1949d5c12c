# SPDX-License-Identifier: Apache-2.0
"""What time it is, as something that can be handed in, so tests can hold it still."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the program asks of time."""

    def now(self) -> datetime:
        """Return the wall time with its offset from UTC; a claim, never a proof."""

    def monotonic(self) -> float:
        """Return seconds that only grow, from an arbitrary start."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the local wall time with its offset."""
        return datetime.now(UTC).astimezone()

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()


def stamp(moment: datetime) -> str:
    """Return a moment as ISO 8601 with seconds and offset: 2026-01-31T17:05:09+01:00."""
    return moment.isoformat(timespec="seconds")
