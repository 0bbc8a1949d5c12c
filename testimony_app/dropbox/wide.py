# SPDX-License-Identifier: Apache-2.0
"""A microphone that gives little, made to give enough: the same sound in two or four channels.

A chunk of 64 KiB is safe as soon as it is full, and must be full within a second. In a vault, slow sound is stored in
wider samples; but a sealed recording is a WAV that any player opens, and those know no sample wider than four bytes.
So sound of less than 40,000 samples a second is recorded in two or four channels that are alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from testimony_app.audio.format import SoundFormat, from_flight, to_flight
from testimony_app.audio.ports import Block, Device, Microphone, MicrophoneStream

_WIDEST = 4


def widened(sound: SoundFormat) -> SoundFormat:
    """Return the format in which a sound can be sealed as it comes: the same, or with channels doubled."""
    wide = sound
    while wide.stored_width > _WIDEST:
        wide = SoundFormat(sound.rate, wide.channels * 2, sound.bits)
    return wide


class WideMicrophone:
    """A microphone as the recorder sees it."""

    def __init__(self, microphone: Microphone) -> None:
        """Listen through this one."""
        self._microphone = microphone
        self._given: dict[SoundFormat, SoundFormat] = {}

    def devices(self) -> tuple[Device, ...]:
        """Return the microphones there are now."""
        return self._microphone.devices()

    def attend(self) -> None:
        """Let the system's news about devices in."""
        self._microphone.attend()

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Return the format that `open` would hand out."""
        given = self._microphone.probe(device, self._given.get(wanted, wanted))
        wide = widened(given)
        self._given[wide] = given
        return wide

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> MicrophoneStream:
        """Start to listen in a format that `probe` named."""
        given = self._given.get(wanted, wanted)
        if given == wanted:
            return self._microphone.open(device, wanted, on_block, on_trouble)
        stream = self._microphone.open(device, given, partial(_widen, given, wanted, on_block), on_trouble)
        return _WideStream(stream, given, wanted)


class _WideStream:
    """An open microphone whose format is told as it is handed out."""

    def __init__(self, stream: MicrophoneStream, given: SoundFormat, wide: SoundFormat) -> None:
        self._stream, self._given, self._wide = stream, given, wide

    @property
    def format(self) -> SoundFormat:
        return self._wide if self._stream.format == self._given else self._stream.format

    def pause(self) -> None:
        self._stream.pause()

    def resume(self) -> None:
        self._stream.resume()

    def stop(self) -> None:
        self._stream.stop()


def _widen(given: SoundFormat, wide: SoundFormat, on_block: Callable[[Block], None], block: Block) -> None:
    samples = np.tile(from_flight(block.data, given), wide.channels // given.channels)
    on_block(Block(to_flight(samples, wide), block.first_frame))
