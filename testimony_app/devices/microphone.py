# SPDX-License-Identifier: Apache-2.0
"""A QAudioSource on a thread of its own, handing out blocks.

The source is made, read and ended on that thread; nothing else happens there. It hands us its own QIODevice
(`source.start()`), which we read when it says `readyRead`: a device written in Python and handed to *it* brings
the interpreter down. Its buffer holds ten seconds, so that a computer busy elsewhere loses nothing.

Two things are asked of the machine: on PulseAudio a latency of 200 ms, because the default may keep seconds of
sound to itself; and a moment at the end, in which what was spoken just before is fetched.

When a microphone is pulled out, some sound servers quietly give the stream another one, which nobody chose. So
the list of devices is looked at twice a second, and when a stream falls digitally silent the device is opened
once more to see whether it is still there; if it is gone, we stop listening and say so.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QCoreApplication, QIODevice, QObject, Qt, QThread, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices, QtAudio

from testimony_app.audio.errors import MicrophoneBusy, MicrophoneForbidden
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block, Device, Trouble
from testimony_app.devices.permissions import may_listen
from testimony_app.devices.sound_devices import agreed, described, device_id, find_input, from_floats

BUFFER_SECONDS = 10
_PULSE_LATENCY_MS = "200"
_DRAIN_MS = 300
"""A little more than the latency: what was spoken just before the end has arrived by then."""
_WATCH_MS = 500
_ASK_AGAIN_SECONDS = 1
_LOST_AFTER_SECONDS = 2.0
_SLOW_START_SECONDS = 4.0
"""Some sound servers take two seconds to wake up."""
_OPEN_SECONDS = 8.0
_CLOSE_SECONDS = 5.0


class QtMicrophone:
    """The microphones of this computer; made on the main thread, before anything else opens sound."""

    def __init__(self) -> None:
        # Read by PulseAudio's library each time a stream is opened; somebody who set it knows why.
        os.environ.setdefault("PULSE_LATENCY_MSEC", _PULSE_LATENCY_MS)
        # On the command line nobody else has made an application, and Qt knows no devices without one.
        self._application = QCoreApplication.instance() or QCoreApplication([])
        self._watched = QMediaDevices()

    def devices(self) -> tuple[Device, ...]:
        """Return the microphones there are now, the default one first."""
        found = (described(device) for device in QMediaDevices.audioInputs())
        return tuple(sorted(found, key=lambda device: not device.is_default))

    def on_changed(self, told: Callable[[], None]) -> None:
        """Have `told` called on the main thread whenever a microphone comes or goes."""
        self._watched.audioInputsChanged.connect(told)

    def attend(self) -> None:
        """Let the system's news about devices in; only for main threads that run no event loop."""
        QCoreApplication.processEvents()

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Return the format that `open` would get. Raises NoMicrophone, FormatRefused."""
        return agreed(find_input(device), wanted)[0]

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> QtStream:
        """Start to listen and return the stream; the two callables are called on the capture thread.

        Raises NoMicrophone, MicrophoneForbidden, MicrophoneBusy, FormatRefused.
        """
        if not may_listen():
            raise MicrophoneForbidden
        found = find_input(device)
        sound, qt_format = agreed(found, wanted)
        stream = QtStream(found, sound, qt_format, on_block, on_trouble)
        stream.begin()
        return stream


class QtStream(QThread):
    """An open microphone, and the thread it lives on."""

    _asked = Signal(str, object)

    def __init__(
        self,
        device: QAudioDevice,
        sound: SoundFormat,
        qt_format: QAudioFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.setObjectName("govah-capture")
        self.format = sound
        self._ear_parts = (device, sound, qt_format, on_block, on_trouble)
        self._opened = Event()
        self._is_open = False

    def begin(self) -> None:
        """Start the thread and wait for the microphone. Raises MicrophoneBusy."""
        self.start(QThread.Priority.TimeCriticalPriority)
        self._opened.wait(_OPEN_SECONDS)
        if not self._is_open:
            self.quit()
            self.wait(int(_CLOSE_SECONDS * 1000))
            raise MicrophoneBusy

    def run(self) -> None:
        """Live on the capture thread, from opening to closing."""
        ear = _Ear(*self._ear_parts)
        # A queued signal is how another thread asks: each request runs here, between two blocks.
        self._asked.connect(ear.do, Qt.ConnectionType.QueuedConnection)
        self._is_open = ear.open()
        self._opened.set()
        if self._is_open:
            self.exec()
        self._asked.disconnect(ear.do)
        ear.close()

    def pause(self) -> None:
        """Hand out what was heard so far, then hear nothing until `resume`."""
        self._ask("pause")

    def resume(self) -> None:
        """Hear again."""
        self._ask("resume")

    def stop(self) -> None:
        """Hand out what was heard to the last sample, then close; may be called again."""
        if self.isRunning():
            self._ask("drain")
            self.quit()
            self.wait(int(_CLOSE_SECONDS * 1000))

    def _ask(self, act: str) -> None:
        if self.isRunning():
            done = Event()
            self._asked.emit(act, done)
            done.wait(_CLOSE_SECONDS)


class _Ear(QObject):
    """What lives on the capture thread: the source, and what is done with what it hears."""

    def __init__(
        self,
        device: QAudioDevice,
        sound: SoundFormat,
        qt_format: QAudioFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._device_id = device_id(device)
        self._sound = sound
        self._device = device
        self._qt_format = qt_format
        self._is_float = qt_format.sampleFormat() is QAudioFormat.SampleFormat.Float
        self._on_block = on_block
        self._on_trouble = on_trouble
        self._source = QAudioSource(device, qt_format)
        self._source.setBufferSize(BUFFER_SECONDS * sound.rate * qt_format.bytesPerFrame())
        self._io: QIODevice | None = None
        self._frames = 0
        self._torn = b""
        self._heard_at = time.monotonic()
        self._is_paused = False
        self._is_lost = False
        self._flat_frames = 0
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._look)

    def open(self) -> bool:
        """Start the source and return whether it did."""
        device: QIODevice | None = self._source.start()
        if device is None or self._source.error() != QtAudio.Error.NoError:
            return False
        self._io = device
        self._io.readyRead.connect(self._read)
        self._source.stateChanged.connect(self._on_state)
        self._heard_at = time.monotonic()
        self._watch.start()
        return True

    def do(self, act: str, done: Event) -> None:
        """Do what another thread asked for, and tell it when that is done."""
        if act == "resume":
            self._resume()
            done.set()
            return
        # What was spoken until now is still on its way to us; it is here a moment later.
        QTimer.singleShot(0 if self._is_paused else _DRAIN_MS, self, lambda: self._settle(act, done))

    def close(self) -> None:
        """End the source, on the thread that made it."""
        self._watch.stop()
        self._is_paused = True
        self._source.stop()
        self._io = None

    def _settle(self, act: str, done: Event) -> None:
        self._read()
        self._is_paused = True
        if act == "pause":
            self._source.suspend()
        done.set()

    def _resume(self) -> None:
        self._is_paused = False
        self._heard_at = time.monotonic()
        self._source.resume()

    def _read(self) -> None:
        if self._io is None or self._is_paused:
            return
        heard = self._torn + bytes(self._io.readAll().data())
        whole = len(heard) // self._sound.flight_bytes * self._sound.flight_bytes
        heard, self._torn = heard[:whole], heard[whole:]
        if not heard:
            return
        self._heard_at = time.monotonic()
        self._is_lost = False
        self._flat_frames = self._flat_frames + whole // self._sound.flight_bytes if _is_flat(heard) else 0
        block = Block(from_floats(heard) if self._is_float else heard, self._frames)
        self._frames += whole // self._sound.flight_bytes
        self._on_block(block)

    def _on_state(self) -> None:
        # Without the signal's parameter: its type is one that PySide6 does not know how to hand over.
        if self._source.state() == QtAudio.State.StoppedState and not self._is_paused:
            self._lose(Trouble.DEVICE_LOST)

    def _look(self) -> None:
        if self._is_paused or self._is_lost:
            return
        self._read()
        patience = _LOST_AFTER_SECONDS if self._frames else _SLOW_START_SECONDS
        if self._is_gone():
            self._lose(Trouble.DEVICE_LOST)
        elif time.monotonic() - self._heard_at > patience:
            self._lose(Trouble.NO_SOUND)

    def _is_gone(self) -> bool:
        if all(device_id(device) != self._device_id for device in QMediaDevices.audioInputs()):
            return True
        return self._flat_frames > self._sound.rate and not self._answers()

    def _answers(self) -> bool:
        # The last microphone of a computer vanishes from no list (Qt 6.11): but it can't be opened any more.
        self._flat_frames = -_ASK_AGAIN_SECONDS * self._sound.rate
        second = QAudioSource(self._device, self._qt_format)
        device: QIODevice | None = second.start()
        is_there = device is not None and second.error() == QtAudio.Error.NoError
        second.stop()
        return is_there

    def _lose(self, word: str) -> None:
        if self._is_lost:
            return
        self._is_lost = True
        if word == Trouble.DEVICE_LOST:
            # Whatever comes now comes from another device.
            self._watch.stop()
            self._source.stop()
            self._io = None
        self._on_trouble(word)


def _is_flat(heard: bytes) -> bool:
    return heard.count(heard[:1]) == len(heard)
