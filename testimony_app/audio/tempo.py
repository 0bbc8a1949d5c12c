# SPDX-License-Identifier: Apache-2.0
"""Speech slower or faster at the same pitch, made as it is read: for listening, never for keeping.

Short overlapping windows of the sound are laid closer together or further apart. Each is taken not exactly from
where the tempo would have it, but from the place within ten milliseconds that best continues what was heard
before (WSOLA, Verhelst and Roelands 1993), so that the voice's own period stays whole.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from testimony_app.audio.format import FULL_SCALE, Samples
from testimony_app.audio.ports import PcmReader

SLOWEST, FASTEST = 0.5, 2.0
_HOP_SECONDS = 0.015
_SEARCH_SECONDS = 0.010
_COARSE = 4
"""The likeness is judged on every fourth sample: a voice's period is far longer."""
_Floats = npt.NDArray[np.float32]


class Stretched:
    """A recording read at another tempo; its frames are those to be heard."""

    def __init__(self, reader: PcmReader, speed: float) -> None:
        """Read a recording so many times as fast, between half and double."""
        self._reader = reader
        self.speed = min(max(speed, SLOWEST), FASTEST)
        self.format = reader.format
        self._hop = max(1, round(_HOP_SECONDS * reader.format.rate))
        self._search = round(_SEARCH_SECONDS * reader.format.rate)
        rise = np.sin(np.linspace(0, np.pi / 2, self._hop, endpoint=False, dtype=np.float32)) ** 2
        self._rise = rise.reshape(-1, 1)
        self.start_at(0)

    @property
    def frames(self) -> int:
        """How many frames there are to be heard."""
        return round(self._reader.frames / self.speed)

    def start_at(self, frame: int) -> None:
        """Go to a frame of the recording itself."""
        self._held = np.zeros((0, self.format.channels), np.float32)
        self._held_from = self._read_to = min(max(frame, 0), self._reader.frames)
        self._reader.seek(self._held_from)
        self._ideal = float(self._held_from)
        self._tail: _Floats | None = None
        self._next = self._held_from
        self._ready = np.zeros((0, self.format.channels), np.float32)

    def seek(self, frame: int) -> None:
        """Go to a frame, counted as heard."""
        self.start_at(round(frame * self.speed))

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        while len(self._ready) < frames and self._ideal < self._reader.frames:
            self._ready = np.concatenate([self._ready, self._one_hop()])
        piece, self._ready = self._ready[: max(frames, 0)], self._ready[max(frames, 0) :]
        scaled = np.clip(piece.astype(np.float64), -FULL_SCALE, FULL_SCALE - 1)
        return scaled.astype(np.int64).astype(np.int32)

    def close(self) -> None:
        """Let go of the recording."""
        self._held = self._held[:0]
        self._reader.close()

    def _one_hop(self) -> _Floats:
        at = self._best_place() if self._tail is not None else self._next
        window = self._piece(at, 2 * self._hop)
        head, tail = window[: self._hop], window[self._hop :]
        if self._tail is not None:
            head = head * self._rise + self._tail * (1 - self._rise)
        self._tail, self._next = tail, at + self._hop
        self._ideal += self._hop * self.speed
        self._drop(min(self._next, int(self._ideal) - self._search))
        left = max(0, round((self._reader.frames - (self._ideal - self._hop * self.speed)) / self.speed))
        return head[:left]

    def _best_place(self) -> int:
        """Return where the sound goes on most like the window before it, near to where the tempo wants it."""
        wanted = round(self._ideal)
        first = max(self._held_from, wanted - self._search)
        goal = _coarse(self._piece(self._next, self._hop))
        region = _coarse(self._piece(first, self._hop + wanted + self._search - first))
        likeness = np.correlate(region, goal, "valid")
        energy = np.concatenate([[0.0], np.cumsum(region.astype(np.float64) ** 2)])
        energy = energy[len(goal) :] - energy[: -len(goal)]
        return first + int(np.argmax(likeness / np.sqrt(energy + 1.0))) * _COARSE

    def _piece(self, at: int, frames: int) -> _Floats:
        """Return frames of the recording; silence beyond its end."""
        while self._read_to < at + frames and len(samples := self._reader.read(self._hop * 16)):
            self._held = np.concatenate([self._held, samples.astype(np.float32)])
            self._read_to += len(samples)
        start = at - self._held_from
        piece = self._held[start : start + frames]
        if len(piece) < frames:
            piece = np.concatenate([piece, np.zeros((frames - len(piece), self.format.channels), np.float32)])
        return piece

    def _drop(self, before: int) -> None:
        gone = max(0, before - self._held_from)
        if gone > self._hop * 64:
            self._held = self._held[gone:]
            self._held_from += gone


def _coarse(samples: _Floats) -> _Floats:
    mixed: _Floats = samples[: len(samples) // _COARSE * _COARSE].mean(axis=1, dtype=np.float32)
    averaged: _Floats = mixed.reshape(-1, _COARSE).mean(axis=1, dtype=np.float32)
    return averaged
