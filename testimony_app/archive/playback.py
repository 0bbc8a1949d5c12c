# SPDX-License-Identifier: Apache-2.0
"""A recording opened for listening: seekable, decrypted as it is read, all its segments as one.

`prepare` belongs to the thread of the vault; what it returns may run on any other. Nothing readable touches
the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from testimony_app.archive import access
from testimony_app.archive.errors import NotAnArchive, NotReadableHere
from testimony_app.audio.encode import Sink, flac_reader, pcm_to_flac
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import Joined, StoredPcm
from testimony_app.audio.ports import PcmReader
from testimony_app.model.partner import Role
from testimony_app.model.recording import Recording, Segment
from testimony_app.model.testimony import Testimony
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import NotFound
from testimony_app.vault.vault import Vault


def open_recording(vault: Vault, recording: Recording, use: str = access.WORK) -> PcmReader:
    """Return the sound of a recording, from any place; close it after use.

    Raises NotReadableHere, BlobDamaged, NotReadableSound; at an archive also what the consent forbids (access.py).
    """
    return prepare(vault, recording, use)()


def prepare(vault: Vault, recording: Recording, use: str = access.WORK) -> Callable[[], PcmReader]:
    """Return what opens the sound without the database, so that another thread can wait for it.

    Raises NotReadableHere; at an archive also what the consent forbids (access.py).
    """
    if vault.role is Role.ARCHIVE:
        access.check(vault, vault.recordings.testimony_of(recording.id), use)
    if not recording.segments:
        raise NotReadableHere
    try:
        slots = [vault.recordings.slot_for(recording.id, segment.index) for segment in recording.segments]
    except NotFound:
        raise NotReadableHere from None
    sound = SoundFormat(recording.sample_rate, recording.channels, recording.bits)
    return partial(_opened, slots, recording.segments, sound)


class Played(msgspec.Struct, frozen=True):
    """Which take was written out, and how long it is."""

    take: int
    seconds: float


def write_out(vault: Vault, testimony: Testimony, out: Sink, *, use: str, take: int = 0) -> Played:
    """Write one take as FLAC to where it is readable, log what for, and return which it was.

    Raises what the consent forbids (access.py), NotAnArchive, NotReadableHere.
    """
    if vault.role is not Role.ARCHIVE:
        raise NotAnArchive
    access.check(vault, testimony.id, use)
    recording = next((one for one in testimony.recordings if take in {0, one.take}), None)
    if recording is None:
        raise NotReadableHere
    reader = open_recording(vault, recording, use)
    try:
        # Logged before the first byte: what was handed out is never unlogged.
        vault.custody.append("disclosed", testimony.id, use=use, take=recording.take, recording=recording.id)
        pcm_to_flac(reader, out)
    finally:
        reader.close()
    return Played(take=recording.take, seconds=recording.seconds)


def _opened(slots: list[SegmentSlot], segments: tuple[Segment, ...], sound: SoundFormat) -> PcmReader:
    readers: list[PcmReader] = []
    try:
        for slot, segment in zip(slots, segments, strict=True):
            readers.append(_segment(slot, segment, sound))
    except BaseException:
        for reader in readers:
            reader.close()
        raise
    finally:
        for slot in slots:
            slot.wipe()
    return readers[0] if len(readers) == 1 else Joined(readers)


def _segment(slot: SegmentSlot, segment: Segment, sound: SoundFormat) -> PcmReader:
    # What a crash cut short is read as far as it is authentic.
    file = slot.reader(allow_unterminated=segment.encoding == "pcm")
    return flac_reader(file) if segment.encoding == "flac" else StoredPcm(file, sound)
