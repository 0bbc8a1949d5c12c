# SPDX-License-Identifier: Apache-2.0
"""The questions of self-recording as an archive's own people say them, one language at a time.

An archive gives a folder of sound files, each named by the question that is heard in it (`place.wav`). A collector
keeps them as encrypted blobs; a set that is newer takes the place of the one before, and its blobs are gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np
from msgspec import Meta

from testimony_app.audio.decoding import DecodedSound
from testimony_app.audio.format import SoundFormat, from_flight, to_flight, to_stored
from testimony_app.audio.pcm import StoredPcm
from testimony_app.crypto import canonical
from testimony_app.intake import script
from testimony_app.intake.errors import BadVoices, GuideOlder
from testimony_app.model.ids import BlobId

if TYPE_CHECKING:
    from testimony_app.audio.ports import PcmReader
    from testimony_app.vault.blobs import BlobOpener
    from testimony_app.vault.vault import Vault

_SETTING, _VERSION = "voices", "voices_version"
_MOST_BYTES = 60 << 20
_MOST_SECONDS = 180
_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_FRAME = 2
Opens = Callable[[], "PcmReader"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: one channel of 16 bit."""

    question: Annotated[str, Meta(max_length=60)]
    rate: int
    frames: Annotated[int, Meta(ge=1, le=_MOST_SECONDS * _RATES[-1])]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an archive signs: a language, and what is said in which order."""

    language: Annotated[str, Meta(max_length=8)]
    prompts: Annotated[str, Meta(max_length=20)]
    """The version of the questions that were recorded: others are not read by these voices."""
    version: Annotated[int, Meta(ge=1)]
    parts: Annotated[tuple[Part, ...], Meta(min_length=1, max_length=60)]
    byte_count: int
    sha512: str


class _Kept(msgspec.Struct, frozen=True):
    fingerprint: str
    body: Body
    blobs: tuple[str, ...]


class Voices:
    """The recorded questions of one vault; on the vault's thread."""

    def __init__(self, vault: Vault) -> None:
        """Ask an open vault."""
        self._vault = vault

    def recorded(self, folder: Path, language: str) -> tuple[bytes, bytes]:
        """Return what is signed for the collectors, and the samples. Raises BadVoices, NotReadableSound."""
        guide, questions = _asked(language)
        parts, sound = [], bytearray()
        for question, path in _files(folder, questions):
            rate, samples = _decoded(path)
            parts.append(Part(question, rate, len(samples) // _FRAME))
            sound += samples
            if len(sound) > _MOST_BYTES:
                raise BadVoices(why="size")
        version = int(self._vault.nameplate.find(_VERSION) or b"0") + 1
        self._vault.nameplate.put(_VERSION, str(version).encode())
        sha512 = hashlib.sha512(sound).hexdigest()
        body = Body(language, guide, version, tuple(parts), len(sound), sha512)
        return canonical.dumps(body), bytes(sound)

    def take(self, untrusted_body: bytes, sound: bytes, fingerprint: str) -> str:
        """Use what a trusted archive recorded, and return its language. Raises BadVoices, GuideOlder."""
        body = _checked(untrusted_body, len(sound))
        kept = self._kept()
        before = kept.get(body.language)
        if before is not None and before.fingerprint == fingerprint and before.body.version > body.version:
            raise GuideOlder
        with self._vault.transaction():
            kept[body.language] = _Kept(fingerprint, body, self._written(body, sound))
            self._vault.nameplate.put(_SETTING, canonical.dumps(kept))
            if before is not None:
                self._vault.blobs.delete(BlobId(blob) for blob in before.blobs)
        return body.language

    def opens(self, language: str) -> Mapping[str, Opens]:
        """Return what opens the recording of each question that has one; openers work on any thread."""
        kept = self._kept().get(language)
        if kept is None or kept.body.prompts != _asked(language)[0]:
            return {}
        pairs = zip(kept.body.parts, kept.blobs, strict=True)
        return {one.question: partial(_reader, self._vault.blobs.opener(BlobId(blob)), one) for one, blob in pairs}

    def _kept(self) -> dict[str, _Kept]:
        found = self._vault.nameplate.find(_SETTING)
        return msgspec.json.decode(found, type=dict[str, _Kept]) if found else {}

    def _written(self, body: Body, sound: bytes) -> tuple[str, ...]:
        blobs, at = [], 0
        for part in body.parts:
            end, form = at + part.frames * _FRAME, _format(part)
            with self._vault.blobs.create() as writer:
                writer.write(to_stored(from_flight(sound[at:end], form), form))
                finished = writer.finish()
            self._vault.blobs.keep(finished)
            blobs.append(finished.blob)
            at = end
        return tuple(blobs)


def _asked(language: str) -> tuple[str, tuple[str, ...]]:
    """Return the version of the questions in a language, and their names. Raises BadVoices."""
    if language not in script.languages():
        raise BadVoices(why="language")
    spoken = script.read(language)
    return spoken.guide.version, tuple(asked.id for asked in spoken.questions)


def _files(folder: Path, questions: tuple[str, ...]) -> list[tuple[str, Path]]:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:
        raise BadVoices(why="folder") from None
    named = [path.stem.lower() for path in files]
    if not files or len(set(named)) < len(named) or not set(named) <= set(questions):
        raise BadVoices(why="names")
    return list(zip(named, files, strict=True))


def _decoded(path: Path) -> tuple[int, bytes]:
    """Return a foreign sound as one channel of 16 bit; it is parsed in a confined process."""
    pieces = bytearray()
    with DecodedSound(path) as sound:
        mono = SoundFormat(sound.format.rate, 1, 16)
        if mono.rate not in _RATES:
            raise BadVoices(why="rate")
        while (block := sound.read()) is not None:
            samples = from_flight(block.data, sound.format)
            pieces += to_flight(np.mean(samples, axis=1, keepdims=True).astype(np.int32), mono)
            if len(pieces) > _MOST_SECONDS * mono.rate * _FRAME:
                raise BadVoices(why="long")
        if not (sound.is_whole and pieces):
            raise BadVoices(why="cut")
    return mono.rate, bytes(pieces)


def _checked(untrusted_body: bytes, byte_count: int) -> Body:
    try:
        body = msgspec.json.decode(untrusted_body, type=Body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadVoices(why="form") from None
    names = [part.question for part in body.parts]
    is_whole = sum(part.frames for part in body.parts) * _FRAME == byte_count
    if not is_whole or len(set(names)) < len(names) or not {part.rate for part in body.parts} <= set(_RATES):
        raise BadVoices(why="form")
    _asked(body.language)
    return body


def _format(part: Part) -> SoundFormat:
    return SoundFormat(part.rate, 1, 16)


def _reader(opener: BlobOpener, part: Part) -> PcmReader:
    return StoredPcm(opener.open(), _format(part), at_most=part.frames)
