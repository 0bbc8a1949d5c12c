# SPDX-License-Identifier: Apache-2.0
"""A QAudioSink fed from a reader of samples, a little ahead of what is heard.

The sink hands us its own QIODevice (`sink.start()`) and a timer of the main thread keeps it filled for under
half a second: reading that much from a sealed recording takes about a millisecond. Nothing is ever decrypted
further ahead than that, and nothing is kept.
"""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from testimony_app.audio.errors import NoSpeaker
from testimony_app.audio.format import SoundFormat, to_flight
from testimony_app.audio.ports import PcmReader
from testimony_app.audio.tempo import FASTEST, SLOWEST, Stretched
from testimony_app.devices.sound_devices import qt_format
from testimony_app.errors import GovahError

_AHEAD_SECONDS = 0.4
_FILL_EVERY_MS = 60
_TELL_EVERY_FILLS = 2


class QtSpeaker(QObject):
    """One recording at a time, heard from any place; belongs to the main thread."""

    position_changed = Signal(float)
    """Where we are, in seconds, some eight times a second while playing."""
    finished = Signal()
    """The end was heard."""
    failed = Signal(object)
    """The recording or the device failed: the error."""
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: PcmReader | None = None
        self._sink: QAudioSink | None = None
        self._io: QIODevice | None = None
        self._played = SoundFormat()
        self._waiting = b""
        self._base_frame = 0
        self._is_read_out = False
        self._speed = 1.0
        self._stretched: Stretched | None = None
        self._fills = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_FILL_EVERY_MS)
        self._timer.timeout.connect(self._fill)

    @property
    def is_playing(self) -> bool:
        """Whether something is to be heard now."""
        return self._timer.isActive()

    @property
    def seconds(self) -> float:
        """The length of what is open."""
        return self._reader.frames / self._reader.format.rate if self._reader is not None else 0.0

    @property
    def position_seconds(self) -> float:
        """Where we are, as heard."""
        if self._reader is None:
            return 0.0
        at = self._base_frame / self._reader.format.rate
        heard = self._sink.processedUSecs() / 1e6 if self._sink is not None else 0.0
        return min(self.seconds, at + heard * self._speed)

    @property
    def speed(self) -> float:
        """How many times as fast as it was spoken."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play slower or faster from here on, at the same pitch: 0.5 to 2.0."""
        at, was_playing = self.position_seconds, self._sink is not None
        self._close_sink()
        self._speed = min(max(speed, SLOWEST), FASTEST)
        if self._reader is not None:
            self._base_frame = min(self._reader.format.frames(at), self._reader.frames)
        if was_playing:
            self._open()

    def play(self, reader: PcmReader, *, at_seconds: float = 0.0) -> None:
        """Play from a place; what was playing ends and is closed. Raises NoSpeaker."""
        self.stop()
        self._reader = reader
        self._base_frame = reader.format.frames(at_seconds)
        self._open()

    def pause(self) -> None:
        """Be silent and remember the place."""
        if self._sink is not None and self._reader is not None:
            self._base_frame = self._reader.format.frames(self.position_seconds)
            self._close_sink()

    def resume(self) -> None:
        """Go on from where we are, or from the start after the end. Raises NoSpeaker."""
        if self._reader is not None and self._sink is None:
            if self._base_frame >= self._reader.frames:
                self._base_frame = 0
            self._open()

    def seek(self, seconds: float) -> None:
        """Go to another place, playing on if we were playing."""
        if self._reader is None:
            return
        was_playing = self._sink is not None
        self._close_sink()
        self._base_frame = min(max(self._reader.format.frames(seconds), 0), self._reader.frames)
        if was_playing:
            self._open()
        self.position_changed.emit(self.position_seconds)

    def skip(self, seconds: float) -> None:
        """Go so many seconds forward, or back."""
        self.seek(self.position_seconds + seconds)

    def stop(self) -> None:
        """Be silent and close the reader."""
        self._close_sink()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._base_frame = 0

    def _open(self) -> None:
        reader = self._reader
        device = QMediaDevices.defaultAudioOutput()
        if reader is None or device.isNull():
            raise NoSpeaker
        self._played = _playable(device, reader.format)
        sample_format = QAudioFormat.SampleFormat.Int16 if self._played.bits == 16 else QAudioFormat.SampleFormat.Int32
        self._sink = QAudioSink(device, qt_format(self._played, sample_format))
        self._sink.setBufferSize(int(_AHEAD_SECONDS * self._played.rate) * self._played.flight_bytes)
        self._stretched = None
        if self._speed == 1.0:
            reader.seek(self._base_frame)
        else:
            self._stretched = Stretched(reader, self._speed)
            self._stretched.start_at(self._base_frame)
        self._waiting, self._is_read_out = b"", False
        self._io = self._sink.start()
        if self._sink.error() != QtAudio.Error.NoError:
            self._close_sink()
            raise NoSpeaker
        self._timer.start()
        self.playing_changed.emit(True)
        self._fill()

    def _fill(self) -> None:
        if self._sink is None or self._io is None or self._reader is None:
            return
        try:
            self._write(self._reader)
        except GovahError as error:
            self._close_sink()
            self.failed.emit(error)
            return
        self._fills += 1
        if self._fills % _TELL_EVERY_FILLS == 0:
            self.position_changed.emit(self.position_seconds)
        if self._is_read_out and not self._waiting and self._is_drained():
            self._end()

    def _write(self, reader: PcmReader) -> None:
        sink, io = self._sink, self._io
        while sink is not None and io is not None:
            if not self._waiting:
                samples = (self._stretched or reader).read(self._played.rate // 20)
                self._is_read_out = not len(samples)
                self._waiting = to_flight(samples, self._played)
            room = min(sink.bytesFree(), len(self._waiting))
            room -= room % self._played.flight_bytes
            taken = io.write(self._waiting[:room]) if room > 0 else 0
            if taken <= 0:
                return
            self._waiting = self._waiting[taken:]

    def _is_drained(self) -> bool:
        sink = self._sink
        return sink is None or sink.state() == QtAudio.State.IdleState or sink.bytesFree() >= sink.bufferSize()

    def _end(self) -> None:
        frames = self._reader.frames if self._reader is not None else 0
        self._close_sink()
        self._base_frame = frames
        self.position_changed.emit(self.position_seconds)
        self.finished.emit()

    def _close_sink(self) -> None:
        self._timer.stop()
        if self._sink is not None:
            self._io = None
            self._sink.stop()
            self._sink = None
            self.playing_changed.emit(False)
        self._waiting = b""


def _playable(device: QAudioDevice, sound: SoundFormat) -> SoundFormat:
    # A loudspeaker that does not take 32 bits gets the upper 16: it could not tell.
    wide = qt_format(sound, QAudioFormat.SampleFormat.Int32)
    if sound.bits == 24 and device.isFormatSupported(wide):
        return sound
    return SoundFormat(sound.rate, sound.channels, 16)
