# SPDX-License-Identifier: Apache-2.0
"""What the rest of the program may ask of a microphone and of a loudspeaker."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import msgspec

from testimony_app.audio.format import Samples, SoundFormat


class Device(msgspec.Struct, frozen=True):
    """A microphone as the system names it."""

    id: str
    name: str
    is_default: bool = False
    is_virtual: bool = False
    """It is no microphone but a program that hands on other sound."""
    is_bluetooth: bool = False


class Block(msgspec.Struct, frozen=True, gc=False):
    """Some frames as the microphone handed them out, and their place in the stream."""

    data: bytes
    first_frame: int
    """Counted from the stream's start; a jump means that the microphone lost the frames between."""


class Trouble(StrEnum):
    """What can go wrong with a microphone while it is open: the closed list."""

    DEVICE_LOST = "device-lost"
    NO_SOUND = "no-data"


class MicrophoneStream(Protocol):
    """An open microphone. Blocks come on a thread of its own; the methods are called from any other."""

    @property
    def format(self) -> SoundFormat:
        """The format the microphone really gives."""

    def pause(self) -> None:
        """Hand out what was heard so far, then hear nothing until `resume`."""

    def resume(self) -> None:
        """Hear again."""

    def stop(self) -> None:
        """Hand out what was heard to the last sample, then close; may be called again."""


class Microphone(Protocol):
    """The microphones of this computer."""

    def devices(self) -> tuple[Device, ...]:
        """Return the microphones there are now, the default one first."""

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Return the format that `open` would get from a device (its id or its name; "" is the default one).

        Raises NoMicrophone, FormatRefused.
        """

    def attend(self) -> None:
        """Let the system's news about devices in; for callers on the main thread that run no event loop."""

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> MicrophoneStream:
        """Start to listen and return the stream.

        `on_block` and `on_trouble` are called on the stream's own thread and must not wait. Raises
        NoMicrophone, MicrophoneForbidden, MicrophoneBusy, FormatRefused.
        """


class PcmReader(Protocol):
    """Sound that can be read from any place: what a loudspeaker plays and an encoder encodes."""

    @property
    def format(self) -> SoundFormat:
        """How it is sampled."""

    @property
    def frames(self) -> int:
        """How long it is."""

    def read(self, frames: int) -> Samples:
        """Return at most so many frames from where we are; none at the end."""

    def seek(self, frame: int) -> None:
        """Go to a frame."""

    def close(self) -> None:
        """Let go of the file and its key."""


class Speaker(Protocol):
    """A loudspeaker, or better headphones; its methods belong to the main thread."""

    def play(self, reader: PcmReader, *, at_seconds: float = 0.0) -> None:
        """Play from a place; what was playing ends. Raises NoSpeaker."""

    def pause(self) -> None:
        """Be silent and remember the place."""

    def resume(self) -> None:
        """Go on from where we are."""

    def seek(self, seconds: float) -> None:
        """Go to another place."""

    def set_speed(self, speed: float) -> None:
        """Play slower or faster from here on, at the same pitch: 0.5 to 2.0."""

    def stop(self) -> None:
        """Be silent and close the reader."""

    @property
    def position_seconds(self) -> float:
        """Where we are, as heard."""
