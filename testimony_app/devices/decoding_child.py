# SPDX-License-Identifier: Apache-2.0
"""The process in which other people's sound files are parsed: it can read, and say what it read, nothing else.

Started as `python -m testimony_app.devices.decoding_child`, or by the frozen program with `--decode-child` as
its first argument. Its task comes over standard input; format and samples go to standard output. It may write
no file at all, so that no plaintext can come to lie anywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec
from PySide6.QtCore import QCoreApplication, QFile, QIODevice
from PySide6.QtMultimedia import QAudioDecoder

from testimony_app.audio import decoding
from testimony_app.audio.convert import open_sound
from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import Samples, SoundFormat, to_flight
from testimony_app.confined import giving_up, pipes
from testimony_app.devices.decoder import decode

_PIECE_FRAMES = 24_000
_QT = "audio/unknown"


def main() -> int:
    """Read the one file that standard input names; return 0 when all was said."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        task = msgspec.msgpack.decode(pipes.receive(source, decoding.MESSAGE_MAX), type=decoding.Task)
        file = _opened(Path(task.path))
        _warm_up()
        given = giving_up.give_up(None, decoding.bounds(file.size()))
        talk = _Talk(answers, given, lambda: 1000 * file.pos() // max(file.size(), 1))
        pipes.send(answers, _answer(Path(task.path), file, talk))
    except (pipes.Silence, BrokenPipeError):
        return 1
    return 0


class _Talk:
    """The pipe to the parent: the format once, then samples."""

    def __init__(self, answers: BinaryIO, given: tuple[str, ...], how_far: Callable[[], int]) -> None:
        self._answers = answers
        self.how_far = how_far
        self._given = given
        self._is_begun = False
        self._held = bytearray()
        self.media_type = _QT

    @property
    def is_begun(self) -> bool:
        """Whether any sound was found."""
        return self._is_begun

    def take(self, sound: SoundFormat, samples: Samples) -> None:
        """Pass samples on, in pieces of half a second or so."""
        if not self._is_begun:
            self._is_begun = True
            said = decoding.Opened(sound.rate, sound.channels, sound.bits, self.media_type, self._given)
            pipes.send(self._answers, said)
        self._held += to_flight(samples, sound)
        if len(self._held) >= _PIECE_FRAMES * sound.flight_bytes:
            self.flush()

    def flush(self) -> None:
        """Pass on what is held."""
        giving_up.still_alive(decoding.SILENCE_SECONDS)
        if self._held:
            pipes.send(self._answers, decoding.Piece(bytes(self._held), min(max(self.how_far(), 0), 1000)))
            self._held.clear()


def _answer(path: Path, file: QFile, talk: _Talk) -> decoding.Ended | decoding.Refused:
    try:
        is_whole = _by_libsndfile(path, talk) if _knows(path) else decode(file, talk.take)
    except NotReadableSound:
        # What came before the damage is kept; without any there was nothing to read.
        if not talk.is_begun:
            return decoding.Refused()
        is_whole = False
    except MemoryError:
        return decoding.Refused()
    talk.flush()
    return decoding.Ended(is_whole=is_whole)


def _knows(path: Path) -> bool:
    try:
        open_sound(path).close()
    except NotReadableSound:
        return False
    return True


def _by_libsndfile(path: Path, talk: _Talk) -> bool:
    sound = open_sound(path)
    talk.media_type = sound.media_type
    done = 0
    talk.how_far = lambda: 1000 * done // max(sound.frames, 1)
    while len(samples := sound.read(_PIECE_FRAMES)):
        done += len(samples)
        talk.take(sound.format, samples)
    return done >= sound.frames


def _opened(path: Path) -> QFile:
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise pipes.Silence
    return file


def _warm_up() -> None:
    """Load what decoding needs, FFmpeg above all, while loading is still easy."""
    application = QCoreApplication.instance() or QCoreApplication([])
    QAudioDecoder(application).isSupported()


if __name__ == "__main__":
    sys.exit(main())
