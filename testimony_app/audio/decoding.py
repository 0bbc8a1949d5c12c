# SPDX-License-Identifier: Apache-2.0
"""Other people's sound, decoded in a confined process and read here as samples.

The child (devices/decoding_child.py) is named, not imported, so that nothing here loads Qt. It says what it
found and hands the samples over a pipe, which waits whenever we do; no file is written on the way. What it says
is untrusted: it is decoded into exactly the types below, and bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block
from testimony_app.confined import giving_up, pipes
from testimony_app.confined.child import Child, GivenUp

FIRST_ARGUMENT = "--decode-child"
_MODULE = "testimony_app.devices.decoding_child"
_MIB = 1 << 20
MESSAGE_MAX = 8 * _MIB
SILENCE_SECONDS = 120.0
_MEMORY = 2048 * _MIB
_SECONDS_FLOOR, _SECONDS_PER_MIB = 300, 30
_LONGEST_HOURS = 200
"""Nobody spoke for longer; a file of a few bytes may pretend to."""


class Task(msgspec.Struct, frozen=True):
    """What the child shall read."""

    path: str


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """There is sound in it, of this kind."""

    rate: Annotated[int, Meta(ge=4_000, le=384_000)]
    channels: Annotated[int, Meta(ge=1, le=8)]
    bits: Annotated[int, Meta(ge=16, le=24)]
    media_type: Annotated[str, Meta(max_length=40)]
    given_up: tuple[str, ...] = ()


class Piece(msgspec.Struct, frozen=True, tag="piece"):
    """Some of it, as a microphone would hand it out."""

    data: bytes
    thousandths: Annotated[int, Meta(ge=0, le=1000)] = 0
    """How far into the file that is."""


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """That was all; `is_whole` is false when the file breaks off or is damaged from here on."""

    is_whole: bool


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """There is no sound in it that can be read."""


_Said = Opened | Piece | Ended | Refused
_said = msgspec.msgpack.Decoder(_Said)


def bounds(byte_count: int) -> giving_up.Bounds:
    """Return what the child may use to decode a file of this length; it may write no file at all."""
    return giving_up.Bounds(
        memory=_MEMORY,
        processor_seconds=_SECONDS_FLOOR + _SECONDS_PER_MIB * (byte_count // _MIB),
        open_files=128,
        file_bytes=0,
        silence_seconds=SILENCE_SECONDS,
    )


class DecodedSound:
    """A sound file of somebody else on its way to us; used in a `with` block, after which the child is gone."""

    def __init__(self, path: Path, is_cancelled: Callable[[], bool] | None = None) -> None:
        """Start the child and wait for what it finds. Raises NotReadableSound, GivenUp."""
        self.is_whole = False
        self._child = Child(_MODULE, FIRST_ARGUMENT, silence_seconds=SILENCE_SECONDS, is_cancelled=is_cancelled)
        self._first = 0
        self.thousandths = 0
        """How far into the file we are."""
        try:
            opened = self._begun(path)
        except BaseException as error:
            self._child.__exit__(type(error), error, None)
            raise
        self.format = SoundFormat(opened.rate, opened.channels, opened.bits)
        self.media_type = opened.media_type
        self.given_up = opened.given_up
        """What the child had given up before it read the first byte."""

    def read(self) -> Block | None:
        """Return the next piece, or none at the end; `is_whole` then says whether it is the file's end."""
        said = self._hear()
        if isinstance(said, Piece):
            block = Block(said.data, self._first)
            self._first += len(said.data) // self.format.flight_bytes
            self.thousandths = max(self.thousandths, said.thousandths)
            is_endless = self._first > _LONGEST_HOURS * 3600 * self.format.rate
            return None if is_endless else block
        self.is_whole = isinstance(said, Ended) and said.is_whole
        return None

    def __enter__(self) -> Self:
        """Hand out the sound."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child, however far it is."""
        self._child.__exit__(kind, error, trace)

    def _begun(self, path: Path) -> Opened:
        try:
            self._child.tell(Task(str(path.absolute())))
        except BrokenPipeError:
            raise NotReadableSound from None
        said = self._hear()
        if not isinstance(said, Opened):
            raise NotReadableSound
        return said

    def _hear(self) -> _Said:
        try:
            said: _Said = _said.decode(pipes.receive(self._child, MESSAGE_MAX))
        except (pipes.Silence, msgspec.DecodeError):
            # The child is gone or talks nonsense: to us that is the end of what can be read.
            return Ended(is_whole=False)
        return said


__all__ = ["DecodedSound", "GivenUp"]
