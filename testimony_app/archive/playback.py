# SPDX-License-Identifier: Apache-2.0
"""A recording opened for listening: seekable, decrypted as it is read, all its segments as one.

`prepare` belongs to the thread of the vault; what it returns may run on any other. Nothing readable touches
the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from testimony_app.archive.errors import NotReadableHere
from testimony_app.audio.encode import flac_reader
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import Joined, StoredPcm
from testimony_app.audio.ports import PcmReader
from testimony_app.model.recording import Recording, Segment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import NotFound
from testimony_app.vault.vault import Vault


def open_recording(vault: Vault, recording: Recording) -> PcmReader:
    """Return the sound of a recording, from any place; close it after use.

    Raises NotReadableHere, BlobDamaged, NotReadableSound.
    """
    return prepare(vault, recording)()


def prepare(vault: Vault, recording: Recording) -> Callable[[], PcmReader]:
    """Return what opens the sound without the database, so that another thread can wait for it.

    Raises NotReadableHere.
    """
    if not recording.segments:
        raise NotReadableHere
    try:
        slots = [vault.recordings.slot_for(recording.id, segment.index) for segment in recording.segments]
    except NotFound:
        raise NotReadableHere from None
    sound = SoundFormat(recording.sample_rate, recording.channels, recording.bits)
    return partial(_opened, slots, recording.segments, sound)


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
