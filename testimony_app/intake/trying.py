# SPDX-License-Identifier: Apache-2.0
"""A ten-second test of the microphone: heard, measured, played back, and then it has never been.

It lives in memory only, ten seconds at most, and is overwritten when it is destroyed; the vault knows nothing of
it. Nothing of a test is ever kept: a witness may have said a name before the interview began.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np

from testimony_app.audio.errors import FormatRefused
from testimony_app.audio.format import Samples, SoundFormat, from_flight
from testimony_app.audio.levels import Advice, Level, Meter
from testimony_app.audio.pcm import HeldPcm
from testimony_app.audio.ports import Block, Microphone, MicrophoneStream

SECONDS = 10.0


class Heard(msgspec.Struct, frozen=True):
    """How the test stands."""

    seconds: float
    level: Level
    advice: Advice
    is_over: bool


class MicrophoneTest:
    """One test: `start`, wait for `is_over` or `stop`, listen to `reader`, then `destroy`."""

    def __init__(self, microphone: Microphone) -> None:
        """Get ready."""
        self._microphone = microphone
        self._on_heard: Callable[[Heard], None] | None = None
        self._stream: MicrophoneStream | None = None
        self._meter: Meter | None = None
        self._kept: Samples = np.zeros((0, 1), np.int32)
        self._frames = 0
        self.sound: SoundFormat | None = None

    @property
    def seconds(self) -> float:
        """How much was heard."""
        return self._frames / self.sound.rate if self.sound is not None else 0.0

    def start(self, device: str = "", on_heard: Callable[[Heard], None] | None = None) -> SoundFormat:
        """Listen for ten seconds and return the format that the microphone really gives.

        `on_heard` is called on the microphone's thread.

        Raises NoMicrophone, MicrophoneForbidden, MicrophoneBusy, FormatRefused.
        """
        self.destroy()
        sound = self._microphone.probe(device, SoundFormat())
        self._on_heard = on_heard
        # The room is there before the first sample, so that no copies are made while it fills.
        self._kept = np.zeros((sound.frames(SECONDS), sound.channels), np.int32)
        self._meter, self.sound = Meter(sound), sound
        self._stream = self._microphone.open(device, sound, self._hear, self._lose)
        if self._stream.format != sound:
            self.destroy()
            raise FormatRefused
        return sound

    def stop(self) -> None:
        """Listen no more; what was heard can be played."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.stop()

    def reader(self) -> HeldPcm:
        """Return what was heard, for the headphones; it shows zeros once the test is destroyed."""
        return HeldPcm(self._kept[: self._frames], self.sound or SoundFormat())

    def destroy(self) -> None:
        """Overwrite what was heard; may be called again."""
        self.stop()
        self._kept[:] = 0
        self._kept = self._kept[:0]
        self._frames = 0

    def _hear(self, block: Block) -> None:
        if self.sound is None or self._meter is None:
            return
        samples = from_flight(block.data, self.sound)[: len(self._kept) - self._frames]
        if not len(samples):
            return
        self._kept[self._frames : self._frames + len(samples)] = samples
        self._frames += len(samples)
        self._tell(self._meter.add(samples), self._meter.advice())

    def _lose(self, _word: str) -> None:
        self._tell(Level(), Advice.GONE)

    def _tell(self, level: Level, advice: Advice) -> None:
        if self._on_heard is not None:
            is_over = self._frames >= len(self._kept)
            self._on_heard(Heard(seconds=self.seconds, level=level, advice=advice, is_over=is_over))
