# SPDX-License-Identifier: Apache-2.0
"""Files that somebody brings to an interview: sound, photographs, letters, the card of the second recorder.

Each comes in by the same steps, `look → begin → (read → top_up)* → finish`, or `drop → take_back`: the long ones on
any thread, and until the last one the testimony holds nothing of it.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from testimony_app.audio.decoding import GivenUp
from testimony_app.clock import Clock
from testimony_app.intake.backup_recorder import BackupRecorder, CardImport
from testimony_app.intake.errors import AttachmentUnreadable
from testimony_app.intake.importing import Progress, SoundImport, looks_like_sound, must_be_draft
from testimony_app.model.ids import RecordingId, TestimonyId
from testimony_app.model.testimony import Attachment, Note
from testimony_app.vault.attachments import Sealed
from testimony_app.vault.blobs import FinishedBlob
from testimony_app.vault.vault import Vault

_OTHER = "application/octet-stream"


class Steps(Protocol):
    """One file on its way in."""

    def look(self) -> None:
        """Find out what it is (any thread)."""

    def begin(self) -> None:
        """Make a place for it (vault thread)."""

    def read(self, progress: Progress | None = None, is_cancelled: Callable[[], bool] | None = None) -> bool:
        """Take it in; False when `top_up` is due first (any thread). Raises GivenUp when somebody cancels."""

    def top_up(self) -> None:
        """Give it more room (vault thread)."""

    def finish(self) -> object:
        """Make it part of the testimony (vault thread)."""

    def drop(self) -> None:
        """Stop whatever is at work (any thread)."""

    def take_back(self) -> None:
        """Remove what was written (vault thread)."""


class FileImport:
    """One file that is kept as it came; with `was_sound` the log says that no sound could be read from it."""

    def __init__(self, vault: Vault, testimony: TestimonyId, path: Path, *, was_sound: bool = False) -> None:
        """Take in this file; nothing has been done yet."""
        self._vault, self._testimony, self._path, self._was_sound = vault, testimony, path, was_sound
        self._sealed: Sealed | None = None
        self._kept: tuple[Attachment, FinishedBlob] | None = None

    def look(self) -> None:
        """See that it can be read (any thread). Raises AttachmentUnreadable."""
        try:
            self._path.open("rb").close()
        except OSError as error:
            raise AttachmentUnreadable from error

    def begin(self) -> None:
        """Make a place for it (vault thread). Raises NotADraft."""
        must_be_draft(self._vault, self._testimony)
        kind = mimetypes.guess_type(self._path.name)[0] or _OTHER
        self._sealed = self._vault.attachments.place(media_type=kind, title=self._path.name)

    def read(self, progress: Progress | None = None, is_cancelled: Callable[[], bool] | None = None) -> bool:
        """Seal it as it is (any thread). Raises GivenUp, AttachmentUnreadable, DiskFull."""
        if self._sealed is None:
            raise RuntimeError("not begun")
        try:
            source = self._path.open("rb")
        except OSError as error:
            raise AttachmentUnreadable from error
        with source:
            size = os.fstat(source.fileno()).st_size

            def told(done: int) -> None:
                if is_cancelled is not None and is_cancelled():
                    raise GivenUp
                if progress is not None:
                    progress(min(done, size), max(size, 1))

            self._kept = self._sealed.take(source, told)
        return True

    def top_up(self) -> None:
        """Need no more room."""

    def finish(self) -> Attachment:
        """Make it part of the testimony and return it (vault thread). Raises NotADraft; then `take_back`."""
        must_be_draft(self._vault, self._testimony)
        if self._kept is None:
            raise RuntimeError("look, begin, read, finish: in this order")
        attachment, finished = self._kept
        with self._vault.transaction():
            self._vault.attachments.keep(self._testimony, attachment, finished)
            if self._was_sound:
                self._vault.custody.append("sound_not_readable", self._testimony, attachment=attachment.id)
        return attachment

    def drop(self) -> None:
        """Stop; nothing runs by itself."""

    def take_back(self) -> None:
        """Remove what was written (vault thread). May be called again."""
        sealed, self._sealed = self._sealed, None
        if sealed is not None:
            self._vault.attachments.take_back(sealed)


class Bringing:
    """What is brought to the interviews of one vault."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        """Take files into an open vault."""
        self._vault, self._clock = vault, clock
        self._second = BackupRecorder(vault, clock)

    def is_sound(self, path: Path) -> bool:
        """Tell whether a file seems to hold sound (any thread)."""
        return looks_like_sound(path)

    def sound(self, testimony: TestimonyId, path: Path) -> SoundImport:
        """Return the steps of taking in somebody else's recording (any thread)."""
        return SoundImport(self._vault, self._clock, testimony, path, title=path.name)

    def file(self, testimony: TestimonyId, path: Path, *, was_sound: bool = False) -> FileImport:
        """Return the steps of keeping a file as it came (any thread)."""
        return FileImport(self._vault, testimony, path, was_sound=was_sound)

    def card(self, testimony: TestimonyId, path: Path, beside: RecordingId) -> CardImport:
        """Return the steps of laying the second recorder's sound beside ours (vault thread). Raises NotFound."""
        return self._second.under_way(testimony, path, beside)

    def runs_along(self, testimony: TestimonyId, serial: str) -> None:
        """Write down which second recorder runs along (vault thread). Raises NotADraft."""
        self._second.runs_along(testimony, serial)

    def serial_of(self, testimony: TestimonyId) -> str:
        """Return which second recorder runs along, or nothing (vault thread)."""
        return self._second.serial_of(testimony)

    def mark(self, testimony: TestimonyId, recording: RecordingId, at_seconds: float) -> Note:
        """Return the mark of a clap that both recorders hear (vault thread)."""
        return self._second.mark(testimony, recording, at_seconds)
