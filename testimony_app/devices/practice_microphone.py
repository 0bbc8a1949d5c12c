# SPDX-License-Identifier: Apache-2.0
"""A microphone that hears nobody: it gives a generated voice at the pace of a real one, for practice.

No sound device is opened and no sound of the room is taken in. There are two of it, so that choosing another one can
be practised as well. Blocks come on a thread of its own, as the port promises.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from testimony_app.audio import synthetic
from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block, Device
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits

_BLOCK_SECONDS = 0.1
_PIECE_SECONDS = 2.0
_CLOSE_SECONDS = 5.0
_FIRST, _SECOND = "practice-1", "practice-2"


class PracticeMicrophone:
    """Two microphones that exist in practice only."""

    def devices(self) -> tuple[Device, ...]:
        """Return both, the default one first."""
        name = _("Practice microphone {number} (nobody is heard)")
        first, second = (digits(name.format(number=number)) for number in (1, 2))
        return Device(_FIRST, first, is_default=True), Device(_SECOND, second)

    def attend(self) -> None:
        """Have no news."""

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Return what was wanted: a generated voice comes in any format. Raises NoMicrophone for an unknown one."""
        if not any(device in {"", one.id, one.name} for one in self.devices()):
            raise NoMicrophone
        return wanted

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> PracticeStream:
        """Start to speak and return the stream. Raises NoMicrophone."""
        self.probe(device, wanted)
        stream = PracticeStream(wanted, on_block, seed=2 if device == _SECOND else 1)
        stream.begin()
        return stream


class PracticeStream:
    """A generated voice that speaks until it is stopped."""

    def __init__(self, sound: SoundFormat, on_block: Callable[[Block], None], *, seed: int) -> None:
        """Speak in this format; `begin` starts."""
        self.format = sound
        self._on_block = on_block
        self._blocks = _voice(sound, seed)
        self._is_stopped, self._is_silent = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._speak, name="govah-practice-voice", daemon=True)

    def begin(self) -> None:
        """Start to speak."""
        self._thread.start()

    def pause(self) -> None:
        """Speak no more until `resume`; what was spoken has been handed out when this returns."""
        with self._lock:
            self._is_silent.set()

    def resume(self) -> None:
        """Speak again."""
        self._is_silent.clear()

    def stop(self) -> None:
        """End; may be called again."""
        self._is_stopped.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_SECONDS)

    def _speak(self) -> None:
        due = time.monotonic()
        while not self._is_stopped.wait(max(0.0, due - time.monotonic())):
            due += _BLOCK_SECONDS
            with self._lock:
                if self._is_silent.is_set():
                    continue
                self._on_block(next(self._blocks))


def _voice(sound: SoundFormat, seed: int) -> Iterator[Block]:
    """Yield a voice without end, a piece after the other, none like the one before."""
    first = 0
    while True:
        for block in synthetic.blocks(_PIECE_SECONDS, sound, seed, block_seconds=_BLOCK_SECONDS):
            yield Block(block.data, first + block.first_frame)
        first += sound.frames(_PIECE_SECONDS)
        seed += 2
