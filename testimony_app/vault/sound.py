# SPDX-License-Identifier: Apache-2.0
"""What opens a recording's sound: all its segments as one, from any place, decrypted as it is read.

`prepare` belongs to the vault's thread; what it returns may run on any other. Whether somebody may listen is not
asked here. Nothing readable touches the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from testimony_app.audio.encode import flac_reader
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import Joined, StoredPcm
from testimony_app.audio.ports import PcmReader
from testimony_app.model.recording import Recording, Segment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import NotFound

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault


def prepare(vault: Vault, recording: Recording) -> Callable[[], PcmReader]:
    """Return what opens the sound without the database. Raises NotFound when nothing of it is here."""
    if not recording.segments:
        raise NotFound(what="segment")
    slots = [vault.recordings.slot_for(recording.id, segment.index) for segment in recording.segments]
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
