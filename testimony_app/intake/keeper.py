# SPDX-License-Identifier: Apache-2.0
"""What a recording is taken into, as far as taking it is concerned: a vault, or a drop box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from testimony_app.model.ids import BlobId
from testimony_app.model.recording import Gap, Recording, Segment
from testimony_app.vault.blobs import SegmentSlot


class Takes(Protocol):
    """Recordings: begun before the first sample, promised places to write, finished or discarded."""

    def begin(  # noqa: PLR0913 - each is a fact of its own, given by name
        self,
        testimony: str,
        *,
        rate: int,
        channels: int,
        bits: int,
        kind: str = "testimony",
        device: str = "",
        original: str = "",
    ) -> Recording:
        """Write down that a recording starts now, as the next take, and return it."""

    def new_segments(self, recording: str, count: int, encoding: str = "pcm") -> tuple[SegmentSlot, ...]:
        """Promise so many further places to a recording."""

    def finish(
        self,
        recording: str,
        *,
        frames: int,
        segments: Sequence[Segment],
        gaps: Sequence[Gap] = (),
        peaks: bytes = b"",
        sizes: Mapping[BlobId, tuple[int, str]] = ...,
    ) -> Recording:
        """Make these segments the recording, forget every other place it was promised, and return it."""

    def discard(self, recording: str) -> None:
        """Destroy a take."""


class Log(Protocol):
    """Where it is written down what happened."""

    def append(self, event: str, testimony: str = "", **facts: Any) -> object:
        """Write an event down."""


class Keeper(Protocol):
    """The three things that recording needs; all of them belong to the keeper's own thread."""

    @property
    def recordings(self) -> Takes:
        """The recordings."""

    @property
    def custody(self) -> Log:
        """The log."""

    def transaction(self) -> AbstractContextManager[object]:
        """Make several changes one."""
