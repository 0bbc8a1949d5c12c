# SPDX-License-Identifier: Apache-2.0
"""Sound that needs Qt's decoders (m4a, amr, 3gp, wma, webm, and the sound of films), decoded as it is read.

A QAudioDecoder reads a QFile that is already open and hands out buffers; no display and no loudspeaker is
needed. It belongs into a process of its own (decoding_child.py): it runs an event loop, and what it parses
comes from strangers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QEventLoop, QIODevice, QTimer
from PySide6.QtMultimedia import QAudioBuffer, QAudioDecoder, QAudioFormat

from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat

_PATIENCE_MS = 30_000
"""A decoder that has not a word to say for this long has nothing more to say."""
_MOST_CHANNELS = 8
_RATES = range(4_000, 384_001)
_Take = Callable[[SoundFormat, Samples], None]


def decode(file: QIODevice, take: _Take) -> bool:
    """Hand every piece of the sound to `take`, and return whether the end was reached.

    Raises NotReadableSound when there is no sound at all in it.
    """
    decoding = _Decoding(file, take)
    decoding.run()
    if decoding.trouble is not None:
        raise decoding.trouble
    if decoding.format is None:
        raise NotReadableSound
    return decoding.is_whole


class _Decoding:
    """One file on its way through the decoder."""

    def __init__(self, file: QIODevice, take: _Take) -> None:
        self.format: SoundFormat | None = None
        self.is_whole = False
        self.trouble: Exception | None = None
        self._take = take
        self._application = QCoreApplication.instance() or QCoreApplication([])
        self._loop = QEventLoop()
        self._decoder = QAudioDecoder()
        self._decoder.setSourceDevice(file)
        self._decoder.bufferReady.connect(self._on_ready)
        self._decoder.finished.connect(self._on_finished)
        self._decoder.error.connect(self._on_error)
        self._silence = QTimer(interval=_PATIENCE_MS, singleShot=True)
        self._silence.timeout.connect(self._loop.quit)

    def run(self) -> None:
        """Decode to the end, or as far as it goes."""
        QTimer.singleShot(0, self._decoder.start)
        self._silence.start()
        self._loop.exec()
        self._silence.stop()
        self._decoder.stop()

    def _on_ready(self) -> None:
        self._silence.start()
        while self.trouble is None and self._decoder.bufferAvailable():
            # An exception may not pass through Qt: it is kept, and raised again behind the loop.
            try:
                self._hand_on(self._decoder.read())
            except (NotReadableSound, OSError) as error:
                self.trouble = error
                self._loop.quit()

    def _on_finished(self) -> None:
        self._on_ready()
        self.is_whole = True
        self._loop.quit()

    def _on_error(self) -> None:
        # Without the signal's parameter: the decoder knows its error, and what came before it is kept.
        self._loop.quit()

    def _hand_on(self, buffer: QAudioBuffer) -> None:
        given = buffer.format()
        if self.format is None:
            self.format = _agreed(given)
        if (given.sampleRate(), given.channelCount()) != (self.format.rate, self.format.channels):
            raise NotReadableSound
        samples = _samples(bytes(buffer.constData()), given.sampleFormat())
        self._take(self.format, samples.reshape(-1, self.format.channels))


def _agreed(given: QAudioFormat) -> SoundFormat:
    if given.sampleRate() not in _RATES or not 1 <= given.channelCount() <= _MOST_CHANNELS:
        raise NotReadableSound
    # Whole numbers of 32 bit are lossless sound; floats come from formats that lose more than 16 bit keep.
    is_deep = given.sampleFormat() is QAudioFormat.SampleFormat.Int32
    return SoundFormat(given.sampleRate(), given.channelCount(), 24 if is_deep else 16)


def _samples(data: bytes, kind: QAudioFormat.SampleFormat) -> Samples:
    if kind is QAudioFormat.SampleFormat.Float:
        return _rounded(np.frombuffer(data, dtype="<f4"))
    if kind is QAudioFormat.SampleFormat.Int32:
        return np.frombuffer(data, dtype="<i4") & np.int32(-256)
    if kind is QAudioFormat.SampleFormat.Int16:
        return np.frombuffer(data, dtype="<i2").astype(np.int32) << 16
    if kind is QAudioFormat.SampleFormat.UInt8:
        return (np.frombuffer(data, dtype=np.uint8).astype(np.int32) - 128) << 24
    raise NotReadableSound


def _rounded(values: npt.NDArray[np.float32]) -> Samples:
    # Decoders of compressed sound overshoot full scale a little: it is clipped, not folded over.
    half = FULL_SCALE >> 16
    scaled = np.clip(np.rint(np.nan_to_num(values) * half), -half, half - 1)
    return scaled.astype(np.int32) << 16
