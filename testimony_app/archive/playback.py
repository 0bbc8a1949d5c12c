# SPDX-License-Identifier: Apache-2.0
"""A recording opened for listening: seekable, decrypted as it is read, all its segments as one.

`prepare` belongs to the thread of the vault; what it returns may run on any other. Nothing readable touches
the disk.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from testimony_app.archive import access
from testimony_app.archive.errors import NotAnArchive, NotReadableHere
from testimony_app.audio.encode import Sink, pcm_to_flac
from testimony_app.audio.ports import PcmReader
from testimony_app.model.partner import Role
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Testimony
from testimony_app.vault import sound
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
    try:
        return sound.prepare(vault, recording)
    except NotFound:
        raise NotReadableHere from None


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
