# SPDX-License-Identifier: Apache-2.0
"""What recording alone asks of the rest of the program; a vault and a drop box both give it.

Methods of the drafts and the seals belong to the vault's thread, as in an interview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from testimony_app.audio.ports import PcmReader, Speaker
from testimony_app.clock import Clock
from testimony_app.crypto.secret import Secret
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import ConsentEvent
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity, Witness
from testimony_app.model.testimony import Kind, Note, Session, Statement, Testimony
from testimony_app.ui.intake.ports import Devices, Records, Seals
from testimony_app.ui.listening import Listens

Opens = Callable[[], PcmReader]


class Keeps(Protocol):
    """Where one testimony at a time is kept until it is sealed (vault thread)."""

    def start(self, kind: Kind = ..., languages: tuple[str, ...] = ...) -> Testimony:
        """Return a new draft."""

    def get(self, testimony_id: TestimonyId) -> Testimony:
        """Return the draft as it stands."""

    def set_witness(
        self,
        testimony_id: TestimonyId,
        *,
        witness: Witness,
        session: Session,
        languages: tuple[str, ...],
        identity: Identity | None = None,
    ) -> Testimony:
        """Return the draft with who is present."""

    def give_consent(self, testimony_id: TestimonyId, event: ConsentEvent) -> Testimony:
        """Return the draft with one more event of consent."""

    def add_note(
        self,
        testimony_id: TestimonyId,
        text: str,
        *,
        kind: str = ...,
        recording: str = ...,
        at_seconds: float | None = ...,
    ) -> Note:
        """Return the note that was kept."""

    def save_statement(self, testimony_id: TestimonyId, text: str, language: str) -> Statement:
        """Return the version that was kept."""

    def erase(self, testimony_id: TestimonyId) -> None:
        """Destroy the draft."""


class Voice(Protocol):
    """Reads words aloud, where this computer has a voice for their language."""

    def speaks(self, language: str) -> bool:
        """Tell whether there is a voice for a language."""

    def say(self, text: str, language: str) -> None:
        """Read words aloud."""

    def hush(self) -> None:
        """Be silent at once."""


class Look(Protocol):
    """The language and the text size of the program, changed at once."""

    def change(self, **choices: object) -> None:
        """Change language, text size or the mark that a laptop is handed over."""


@dataclass(frozen=True)
class Booth:
    """All that recording alone needs."""

    keeps: Keeps
    records: Records
    devices: Devices
    seals: Seals
    listens: Listens
    speaker: Speaker
    clock: Clock
    takes_back: Callable[[TestimonyId, str], None]
    """Destroys one recording (vault thread)."""
    contacts: Callable[[], tuple[Contact, ...]] = tuple
    """Whom somebody can call afterwards (vault thread)."""
    voices: Callable[[str], Mapping[str, Opens]] = lambda _language: {}
    """What opens the recordings of questions in a language (vault thread)."""
    keeps_copy: bool = False
    """Whether a readable copy stays here until the archive's receipt."""
    device: str = ""
    """The microphone chosen last."""
    tries_passphrase: Callable[[Secret], None] | None = None
    """Raises when a passphrase is wrong (bench); a drop box has none."""

    @property
    def is_drop_box(self) -> bool:
        """Whether nobody at this computer holds a key."""
        return self.tries_passphrase is None


class PlaceLike(Protocol):
    """One screen on the way."""

    @property
    def step(self) -> str:
        """Its step's word."""

    @property
    def index(self) -> int:
        """Which of several it is."""


class AskedLike(Protocol):
    """A question put to a witness."""

    @property
    def id(self) -> str:
        """Its name, the same in each language."""

    @property
    def text(self) -> str:
        """The question."""

    @property
    def note(self) -> str:
        """What is said before it."""


class Mind(Protocol):
    """Where the witness is on the way; decided below, asked here."""

    skipped: set[int]
    written: dict[int, str]

    @property
    def place(self) -> PlaceLike:
        """Where we are."""

    @property
    def questions(self) -> Sequence[AskedLike]:
        """What is asked."""

    @property
    def has_something(self) -> bool:
        """Whether anything was said or written."""

    def go_on(self) -> PlaceLike:
        """Go to the next place."""

    def skip(self) -> PlaceLike:
        """Leave something out."""

    def finish(self) -> PlaceLike:
        """End the telling."""

    def told(self, number: int) -> None:
        """Note that something was recorded."""

    def wrote(self, number: int, text: str) -> None:
        """Note what is written so far."""

    def took_back(self, number: int) -> None:
        """Note that nothing recorded to a question is left."""

    def come_back_to(self, number: int) -> PlaceLike:
        """Go straight to a question."""


class Page(Protocol):
    """What every page here can do."""

    @property
    def widget(self) -> QWidget:
        """The page itself."""

    @property
    def said(self) -> str:
        """Everything on it, for reading aloud."""

    def take_focus(self) -> None:
        """Put the focus where a press does no harm."""
