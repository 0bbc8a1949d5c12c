# SPDX-License-Identifier: Apache-2.0
"""A microphone that plays what a test gives it, when the test says so, and breaks when the test says so."""

from __future__ import annotations

from testimony_app.audio.errors import FormatRefused, NoMicrophone
from testimony_app.audio.format import to_flight
from testimony_app.audio.ports import Block, Device

TABLE = Device("table", "Table microphone", is_default=True)


class FakeStream:
    """An open fake microphone: `say` hands out samples as blocks of a tenth of a second."""

    def __init__(self, sound, on_block, on_trouble, clock=None):
        self.format = sound
        self.is_paused = False
        self.is_stopped = False
        self._on_block = on_block
        self._on_trouble = on_trouble
        self._clock = clock
        self._frames = 0

    def say(self, samples, *, block_seconds=0.1):
        """Hand out samples; a clock, where there is one, moves with them."""
        step = self.format.frames(block_seconds)
        for first in range(0, len(samples), step):
            piece = samples[first : first + step]
            if self._clock is not None:
                self._clock.forward(len(piece) / self.format.rate)
            if not (self.is_paused or self.is_stopped):
                self._on_block(Block(to_flight(piece, self.format), self._frames))
                self._frames += len(piece)

    def swallow(self, frames):
        """Lose so many frames inside, as a driver may, and admit it in the count."""
        self._frames += frames
        if self._clock is not None:
            self._clock.forward(frames / self.format.rate)

    def break_off(self, word="device-lost"):
        """Be pulled out."""
        self._on_trouble(word)

    def pause(self):
        """Hear nothing."""
        self.is_paused = True

    def resume(self):
        """Hear again."""
        self.is_paused = False

    def stop(self):
        """Close."""
        self.is_stopped = True


class FakeMicrophone:
    """The microphones of a computer that a test made up; `streams` are those that were opened."""

    def __init__(self, *devices, clock=None, sound=None, gives=None):
        self._devices = devices or (TABLE,)
        self._clock = clock
        self._sound = sound
        self._gives = gives or {}
        self.streams = []
        self.refusal = None

    def devices(self):
        """Return the devices that the test named."""
        return tuple(self._devices)

    def attend(self):
        """Have no news."""

    def probe(self, device, wanted):
        """Return the format the test chose, else what was wanted."""
        if not any(device in {"", one.id, one.name} for one in self._devices):
            raise NoMicrophone
        return self._gives.get(device, self._sound or wanted)

    def open(self, device, wanted, on_block, on_trouble):
        """Return a stream for the test to speak into."""
        if self.refusal is not None:
            raise self.refusal
        if self.probe(device, wanted) != wanted:
            raise FormatRefused
        self.streams.append(FakeStream(wanted, on_block, on_trouble, self._clock))
        return self.streams[-1]

    @property
    def stream(self):
        """The stream opened last."""
        return self.streams[-1]
