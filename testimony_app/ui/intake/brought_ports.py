# SPDX-License-Identifier: Apache-2.0
"""What the interview asks of the rest of the program about files that are brought, looked at and taken back.

Methods marked "vault thread" touch the database; those marked "bench" may take long and don't.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from testimony_app.model.ids import RecordingId, TestimonyId
from testimony_app.model.testimony import Attachment, Note, Statement, Testimony

Progress = Callable[[int, int], None]


class ImportSteps(Protocol):
    """One file on its way in; until the last step the testimony holds nothing of it."""

    def look(self) -> None:
        """Find out what it is (bench)."""

    def begin(self) -> None:
        """Make a place for it (vault thread)."""

    def read(self, progress: Progress | None = None, is_cancelled: Callable[[], bool] | None = None) -> bool:
        """Take it in; False when `top_up` is due first (bench)."""

    def top_up(self) -> None:
        """Give it more room (vault thread)."""

    def finish(self) -> object:
        """Make it part of the testimony (vault thread)."""

    def drop(self) -> None:
        """Stop whatever is at work (bench)."""

    def take_back(self) -> None:
        """Remove what was written (vault thread)."""


class Brings(Protocol):
    """Takes files in."""

    def is_sound(self, path: Path) -> bool:
        """Tell whether a file seems to hold sound."""

    def sound(self, testimony: TestimonyId, path: Path) -> ImportSteps:
        """Return the steps of taking in somebody else's recording."""

    def file(self, testimony: TestimonyId, path: Path, *, was_sound: bool = ...) -> ImportSteps:
        """Return the steps of keeping a file as it came."""

    def card(self, testimony: TestimonyId, path: Path, beside: RecordingId) -> ImportSteps:
        """Return the steps of laying the second recorder's sound beside ours (vault thread)."""

    def runs_along(self, testimony: TestimonyId, serial: str) -> None:
        """Write down which second recorder runs along (vault thread)."""

    def serial_of(self, testimony: TestimonyId) -> str:
        """Return which one runs along, or nothing (vault thread)."""

    def mark(self, testimony: TestimonyId, recording: RecordingId, at_seconds: float) -> Note:
        """Return the mark of a clap that both hear (vault thread)."""


class SeenLike(Protocol):
    """One page as plain pixels, three bytes each."""

    @property
    def width(self) -> int:
        """How wide."""

    @property
    def height(self) -> int:
        """How high."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    @property
    def pixels(self) -> bytes:
        """Line after line, without padding."""


class HeldLike(Protocol):
    """An attachment that is being looked at."""

    def look(self, page: int = ..., longest_side: int = ...) -> SeenLike:
        """Return one page (bench)."""

    def close(self) -> None:
        """Forget its key."""


class Keeps(Protocol):
    """What is kept of a draft and can be gone back to, or taken back; all on the vault thread."""

    def save_statement(self, testimony_id: TestimonyId, text: str, language: str, *, new_version: bool) -> Statement:
        """Return the version that was kept."""

    def statement_history(self, testimony_id: TestimonyId) -> tuple[Statement, ...]:
        """Return every version of the written testimony, newest first."""

    def remove_attachment(self, testimony_id: TestimonyId, attachment_id: str) -> Testimony:
        """Return the draft without a file that was attached."""


Looks = Callable[[Attachment], HeldLike]
"""Returns what looks at an attachment (vault thread)."""


@dataclass(frozen=True)
class Brought:
    """All that goes with files and versions."""

    keeps: Keeps
    brings: Brings
    may_be_seen: Callable[[Attachment], bool]
    looks: Looks
