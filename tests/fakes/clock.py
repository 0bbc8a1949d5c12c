# SPDX-License-Identifier: Apache-2.0
"""A clock that a test moves by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HeldClock:
    """Time that stands still until `forward` is called."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 1, 31, 17, 5, 9, tzinfo=UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        """Return the held moment."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds that grow only by `forward`."""
        return self._monotonic

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds
