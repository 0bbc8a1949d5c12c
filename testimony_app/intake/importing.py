# SPDX-License-Identifier: Apache-2.0
"""Somebody else's recording, kept untouched, with a listening copy of it made by our own recorder.

The file is parsed in a confined process (audio/decoding.py) that may write nothing; its samples come over a pipe
and go into sealed blobs like a microphone's. A file that breaks off is kept as far as it goes, and the log says so.

So that a window stays alive it goes in steps, `look → begin → (read → top_up)* → finish`, the long ones on any
thread. Until `finish` the testimony holds nothing of it: `drop` and `take_back` leave it as it was, and so does a
power cut, after which the next start removes what was written.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from testimony_app.audio.decoding import DecodedSound, GivenUp
from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block, Device, MicrophoneStream
from testimony_app.clock import Clock
from testimony_app.intake.errors import AttachmentUnreadable, NotADraft
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.ids import RecordingId, TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Attachment, State
from testimony_app.vault.attachments import Sealed
from testimony_app.vault.blobs import FinishedBlob
from testimony_app.vault.errors import NotFound
from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]
_UNKNOWN = "audio/unknown"
_WHOLE, _SEALING = 1000, 100
"""Progress is told in thousandths; sealing the untouched file takes about a tenth of the time."""
_OTHER_ENDINGS = frozenset({".amr", ".3gp", ".3gpp", ".3g2", ".wma", ".opus", ".oga", ".m4a", ".m4b", ".caf", ".w64",
    ".rf64", ".bwf", ".flac", ".aac", ".mka", ".mkv", ".webm", ".awb"})  # fmt: skip
"""Sound that not every computer's own list of file kinds knows."""


class SoundImport:
    """One sound file on its way into a draft."""

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        testimony: TestimonyId,
        path: Path,
        *,
        title: str = "",
        segment_seconds: float = 600.0,
    ) -> None:
        """Import this file into this draft; nothing has been done yet."""
        self._vault, self._testimony, self._path, self._title = vault, testimony, path, title
        self._session = RecordingSession(vault, NoMicrophoneNeeded(), clock, segment_seconds=segment_seconds)
        self._media_type, self._format = "", SoundFormat()
        self._sealed: Sealed | None = None
        self._recording = RecordingId("")
        self._original: tuple[Attachment, FinishedBlob] | None = None
        self._sound: DecodedSound | None = None

    def look(self) -> None:
        """Find out what kind of sound it is, having decoded no more than its beginning (any thread).

        Raises NotReadableSound.
        """
        with DecodedSound(self._path) as sound:
            self._format, known = sound.format, sound.media_type
        if known == _UNKNOWN:
            known = mimetypes.guess_type(self._path.name)[0] or "application/octet-stream"
        self._media_type = known

    def begin(self) -> None:
        """Write down that an import starts, with a place for the file and one for its copy (vault thread).

        Raises NotADraft.
        """
        must_be_draft(self._vault, self._testimony)
        with self._vault.transaction():
            place = self._vault.attachments.place(media_type=self._media_type, title=self._title, role="original")
            begun = self._session.begin_blocks(self._testimony, self._format, kind="imported", original=place.id)
        self._sealed, self._recording = place, begun.id

    def read(self, progress: Progress | None = None, is_cancelled: Callable[[], bool] | None = None) -> bool:
        """Seal the file as it is, then decode it into our own recording (any thread).

        False when `top_up` is due before it is called again. Raises GivenUp when somebody cancels, NotReadableSound,
        AttachmentUnreadable, DiskFull; `take_back` follows.
        """
        told = _told(progress, is_cancelled)
        if self._original is None:
            self._original = self._seal(told)
        if self._sound is None:
            # A second process: the first would have stood still for as long as a large file takes to be sealed.
            self._sound = DecodedSound(self._path, is_cancelled)
        is_read = self._session.take_blocks(self._blocks(self._sound, told))
        if is_read:
            self._end_child()
            self._session.stop()
            told(_WHOLE)
        return is_read

    @property
    def original(self) -> Attachment:
        """The untouched file, as soon as it is sealed."""
        if self._original is None:
            raise RuntimeError("look, begin, read, finish: in this order")
        return self._original[0]

    def top_up(self) -> None:
        """Promise the copy more room (vault thread)."""
        self._session.top_up()

    def finish(self) -> Recording:
        """Make file and copy part of the testimony, in one transaction, and return the copy (vault thread).

        Raises NotADraft when it was sealed or erased meanwhile, DiskFull and the like; then `take_back`.
        """
        must_be_draft(self._vault, self._testimony)
        captured = self._session.stop()
        if captured is not None and captured.refusal is not None:
            raise captured.refusal
        if self._original is None:
            raise RuntimeError("look, begin, read, finish: in this order")
        with self._vault.transaction():
            self._vault.attachments.keep(self._testimony, *self._original)
            recording = self._session.finish()
            if self._sound is not None and not self._sound.is_whole:
                facts = {"recording": recording.id, "seconds": f"{recording.seconds:.1f}"}
                self._vault.custody.append("import_incomplete", self._testimony, **facts)
        return recording

    def drop(self) -> None:
        """Stop whatever is at work (any thread); `take_back` follows."""
        self._end_child()
        if self._session.is_active:
            self._session.stop(converts=False)

    def take_back(self) -> None:
        """Remove everything that was written: the draft is as it was (vault thread). May be called again."""
        self.drop()
        self._session.discard()
        with suppress(NotFound):
            # Still there when the database refused the very last step.
            self._vault.recordings.discard(self._recording)
        sealed, self._sealed = self._sealed, None
        if sealed is not None:
            self._vault.attachments.take_back(sealed)

    def _seal(self, told: Callable[[int], None]) -> tuple[Attachment, FinishedBlob]:
        if self._sealed is None:
            raise RuntimeError("not begun")
        try:
            source = self._path.open("rb")
        except OSError as error:
            raise AttachmentUnreadable from error
        with source:
            size = max(1, os.fstat(source.fileno()).st_size)
            return self._sealed.take(source, lambda done: told(min(_SEALING, _SEALING * done // size)))

    def _blocks(self, sound: DecodedSound, told: Callable[[int], None]) -> Iterator[Block]:
        while (block := sound.read()) is not None:
            told(_SEALING + (_WHOLE - _SEALING) * sound.thousandths // 1000)
            self.hear(block)
            yield block

    def hear(self, block: Block) -> None:
        """Take note of what goes by; for whoever wants to know more than that it was kept."""

    def _end_child(self) -> None:
        if self._sound is not None:
            self._sound.__exit__(None, None, None)


def import_sound(
    vault: Vault,
    clock: Clock,
    testimony: TestimonyId,
    path: Path,
    *,
    title: str = "",
    progress: Progress | None = None,
) -> Recording:
    """Do all steps in a row, for a caller with one thread, and return the take.

    Raises NotADraft; NotReadableSound when we can't read it: attach it as a document then. Whatever is raised,
    nothing was changed.
    """
    must_be_draft(vault, testimony)
    return in_one_go(SoundImport(vault, clock, testimony, path, title=title), progress)


def in_one_go(importing: SoundImport, progress: Progress | None = None) -> Recording:
    """Do all steps of an import in a row and return the take; whatever is raised, nothing was changed."""
    importing.look()
    try:
        importing.begin()
        while not importing.read(progress):
            importing.top_up()
        return importing.finish()
    except BaseException:
        importing.take_back()
        raise


def must_be_draft(vault: Vault, testimony: TestimonyId) -> None:
    """Return if files may still be taken in. Raises NotADraft."""
    found = vault.testimonies.row(testimony)
    if found.state is not State.DRAFT:
        raise NotADraft(code=found.code)


def looks_like_sound(path: Path) -> bool:
    """Tell whether a file's name is one of a sound or a film; what it really is shows when it is read."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    return kind.startswith(("audio/", "video/")) or path.suffix.lower() in _OTHER_ENDINGS


def _told(progress: Progress | None, is_cancelled: Callable[[], bool] | None) -> Callable[[int], None]:
    def told(done: int) -> None:
        if is_cancelled is not None and is_cancelled():
            raise GivenUp
        if progress is not None:
            progress(done, _WHOLE)

    return told


class NoMicrophoneNeeded:
    """What a session is given that never listens."""

    def devices(self) -> tuple[Device, ...]:
        """Return none."""
        return ()

    def attend(self) -> None:
        """Have no news."""

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Refuse."""
        raise NoMicrophone

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> MicrophoneStream:
        """Refuse."""
        raise NoMicrophone
