# SPDX-License-Identifier: Apache-2.0
"""Counts samples against the clock and tells how much sound a computer has quietly lost.

Blocks may come late and then all at once: nothing is lost then, and the count catches up. Sound that never
came leaves the count behind for good. So what counts is the *smallest* delay within a short while, compared
with the smallest before it; a sound card that runs a little slow or fast moves both alike.
"""

from __future__ import annotations

from collections import deque

_BUCKET_SECONDS = 0.5
_RECENT_BUCKETS = 4
_KEPT_BUCKETS = 44
_HOLE_SECONDS = 0.3
_SETTLING_SECONDS = 1.5
_LEAST_SECONDS = 0.1


class Continuity:
    """Watches one stream; start it anew after a pause or on another device."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self.restart()

    def restart(self) -> None:
        """Forget what was measured: the next block starts a new count."""
        self._delays: deque[float] = deque(maxlen=_KEPT_BUCKETS)
        self._bucket_ends = 0.0
        self._lowest = 0.0
        self._start: float | None = None
        self._last = 0.0
        self._settled_at = 0.0

    def note(self, now: float, frames: int) -> float:
        """Take note that a stream's first `frames` frames are here; return the seconds found missing."""
        if self._start is None:
            self._start = now - frames / self._rate
            self._last = self._settled_at = now
            self._bucket_ends = now + _BUCKET_SECONDS
            self._lowest = 0.0
            return 0.0
        delay = now - self._start - frames / self._rate
        if now - self._last > _HOLE_SECONDS:
            # After a hole comes either a burst that catches up or sound that goes on as if nothing had been;
            # which of the two shows only a moment later.
            self._settled_at = now + _SETTLING_SECONDS
        self._last = now
        if now < self._bucket_ends:
            self._lowest = min(self._lowest, delay)
            return 0.0
        self._delays.append(self._lowest)
        self._bucket_ends, self._lowest = now + _BUCKET_SECONDS, delay
        return self._missing() if now >= self._settled_at else 0.0

    def _missing(self) -> float:
        delays = list(self._delays)
        recent, before = delays[-_RECENT_BUCKETS:], delays[:-_RECENT_BUCKETS]
        if not before:
            return 0.0
        missing = min(recent) - min(before)
        if missing < _LEAST_SECONDS:
            return 0.0
        # Told once: from here on the stream counts as if it had begun later.
        self._start = (self._start or 0.0) + missing
        self._lowest -= missing
        self._delays.clear()
        self._delays.extend(before)
        self._delays.extend(value - missing for value in recent)
        return missing
