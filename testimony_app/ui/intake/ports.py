# SPDX-License-Identifier: Apache-2.0
"""What the interview asks of the rest of the program; whoever builds the screen hands it in.

Methods marked "vault thread" touch the database; those marked "bench" may take long and don't.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from testimony_app.audio.format import SoundFormat
from testimony_app.audio.levels import Level
from testimony_app.audio.ports import Device, PcmReader, Speaker
from testimony_app.clock import Clock
from testimony_app.errors import GovahError
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.partner import Card
from testimony_app.model.person import Identity, NamedPerson, NamedPlace, Witness
from testimony_app.model.recording import Recording
from testimony_app.model.risks import RiskTalk
from testimony_app.model.testimony import Kind, Note, Session, Statement, Testimony
from testimony_app.ui.intake.brought_ports import Brought
from testimony_app.ui.intake.values import AskedText, ShownGuide, Standing
from testimony_app.ui.listening import Listens


class StepLike(Protocol):
    """A step of the interview, whether it is done and whether it may be entered."""

    @property
    def name(self) -> str:
        """Its stable name."""

    @property
    def is_done(self) -> bool:
        """Whether there is something in it."""

    @property
    def may_enter(self) -> bool:
        """Whether it may be entered now."""


class Drafts(Protocol):
    """The drafts of a vault, all on the vault thread."""

    def start(self, kind: Kind = ..., languages: tuple[str, ...] = ...) -> Testimony:
        """Return a new draft."""

    def get(self, testimony_id: TestimonyId) -> Testimony:
        """Return a draft as it stands."""

    def identity(self, testimony_id: TestimonyId) -> Identity | None:
        """Return who the witness really is."""

    def set_witness(
        self,
        testimony_id: TestimonyId,
        *,
        witness: Witness,
        session: Session,
        languages: tuple[str, ...],
        identity: Identity | None = None,
    ) -> Testimony:
        """Return the draft with who speaks."""

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
        until_seconds: float | None = ...,
    ) -> Note:
        """Return the note that was kept."""

    def forget_notes(self, testimony_id: TestimonyId, recording: str, from_seconds: float) -> int:
        """Remove the notes of a recording from a time on."""

    def set_people(
        self, testimony_id: TestimonyId, people: tuple[NamedPerson, ...], places: tuple[NamedPlace, ...] = ...
    ) -> Testimony:
        """Return the draft with the people and places named."""

    def save_statement(self, testimony_id: TestimonyId, text: str, language: str) -> Statement:
        """Return the version that was kept."""

    def consider_risks(self, testimony_id: TestimonyId, talk: RiskTalk) -> Identity:
        """Return the identity with what was talked over before the interview."""

    def confirm(self, testimony_id: TestimonyId, kind: ConsentKind) -> Testimony:
        """Return the draft with an act of consent that changes nothing."""

    def link_spoken_consent(self, testimony_id: TestimonyId) -> Testimony:
        """Return the draft in which every recorded consent belongs to an act."""

    def erase(self, testimony_id: TestimonyId) -> None:
        """Destroy a draft."""

    def discard_untouched(self, testimony_id: TestimonyId) -> bool:
        """Remove a draft with nothing in it."""

    def steps(self, testimony: Testimony) -> Sequence[StepLike]:
        """Return the steps and how far each is."""


class ProgressLike(Protocol):
    """How a recording stands."""

    @property
    def state(self) -> str:
        """A word from the recorder's closed list."""

    @property
    def seconds(self) -> float:
        """How long it is."""

    @property
    def seconds_safe(self) -> float:
        """How much of it is on the disk."""

    @property
    def level(self) -> Level:
        """How loud it was since the last time."""

    @property
    def advice(self) -> str:
        """A word from the meter's closed list."""

    @property
    def clipped(self) -> int:
        """How often it was too loud."""

    @property
    def room_seconds(self) -> float | None:
        """How much longer the disk has room."""


class CapturedLike(Protocol):
    """A recording that was stopped."""

    @property
    def refusal(self) -> GovahError | None:
        """Why it ended before it was asked to."""


class Records(Protocol):
    """One recording at a time: begin, start, stop, finish."""

    @property
    def wants_slots(self) -> bool:
        """Whether `top_up` is due."""

    def begin(
        self,
        testimony: TestimonyId,
        *,
        device: str = ...,
        on_progress: Callable[[ProgressLike], None] | None = ...,
    ) -> Recording:
        """Write down that a recording starts (vault thread)."""

    def top_up(self) -> None:
        """Promise it more room (vault thread)."""

    def finish(self) -> Recording:
        """Make what was stopped the recording (vault thread)."""

    def discard(self) -> None:
        """Take back what could not start (vault thread)."""

    def start(self) -> None:
        """Open the microphone (bench)."""

    def pause(self) -> None:
        """Hear nothing (bench)."""

    def resume(self) -> None:
        """Hear again (bench)."""

    def change_device(self, device: str) -> None:
        """Go on with another microphone (bench)."""

    def stop(self) -> CapturedLike | None:
        """Hear to the last sample, save and compare (bench)."""


class InterviewRecords(Records, Protocol):
    """What an interviewer may do with a recording beyond that."""

    def begin(
        self,
        testimony: TestimonyId,
        *,
        kind: str = ...,
        device: str = ...,
        wanted: SoundFormat = ...,
        on_progress: Callable[[ProgressLike], None] | None = ...,
    ) -> Recording:
        """Write down that a recording of a kind starts, in a format (vault thread)."""

    def erase_last(self, seconds: float) -> float:
        """Destroy the last so many seconds and return how many they were (bench)."""

    def acknowledge_clipping(self) -> None:
        """Count distortions from nought again (any thread)."""


class SealedLike(Protocol):
    """What sealing leaves."""

    @property
    def code(self) -> Code:
        """The testimony's code."""


class Seals(Protocol):
    """Seals a draft to the archives that are trusted here."""

    def recipients(self) -> tuple[Card, ...]:
        """Return the cards of those archives (vault thread)."""

    def why_not(self, testimony: Testimony) -> GovahError | None:
        """Return what stands in the way of sealing, or nothing (vault thread)."""

    def seal(self, testimony_id: TestimonyId, progress: Callable[[int, int], None] | None = None) -> SealedLike:
        """Return the sealed testimony; stops with nothing half done when `progress` raises (vault thread)."""


class SealSteps(Protocol):
    """One seal on its way; until the commit the draft is as it was."""

    def begin(self) -> None:
        """Ask whether it may be sealed (vault thread)."""

    def convert(self) -> None:
        """Settle what a crash left (bench)."""

    def plan(self) -> None:
        """Gather what writing needs (vault thread)."""

    def write(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Write the bundle and read it back; stops with nothing half done when `progress` raises (bench)."""

    def commit(self) -> SealedLike:
        """Write the seal down and destroy the draft (vault thread)."""

    def take_back(self) -> None:
        """Remove what was written and is not to be (bench)."""


class SealsInSteps(Seals, Protocol):
    """Seals so that the window stays alive."""

    def under_way(self, testimony_id: TestimonyId) -> SealSteps:
        """Return a seal that has not begun."""


class HeardLike(Protocol):
    """How a test of the microphone stands."""

    @property
    def seconds(self) -> float:
        """How long it is."""

    @property
    def level(self) -> Level:
        """How loud it is."""

    @property
    def advice(self) -> str:
        """A word from the meter's closed list."""

    @property
    def is_over(self) -> bool:
        """Whether its ten seconds are full."""


class Trial(Protocol):
    """A test of the microphone that is heard back and then destroyed; on the bench."""

    def start(self, device: str, on_heard: Callable[[HeardLike], None]) -> object:
        """Listen for ten seconds."""

    def stop(self) -> None:
        """Listen no more."""

    def reader(self) -> PcmReader:
        """Return what was heard (main thread)."""

    def destroy(self) -> None:
        """Overwrite what was heard."""


@dataclass(frozen=True)
class Before:
    """What can be done before a recording."""

    look: Callable[[str], Standing]
    """How things stand for recording with a device (vault thread)."""
    trial: Trial
    speaker: Speaker


class Devices(Protocol):
    """The microphones of this computer."""

    def devices(self) -> tuple[Device, ...]:
        """Return them, the default one first (vault thread)."""


Text = TypeVar("Text", bound=AskedText)


class ConsentTexts(Protocol[Text]):
    """The consent texts and the events made of answers; on the vault thread, because they are files."""

    def languages(self) -> tuple[str, ...]:
        """Return the languages in which the text may be shown."""

    def text(self, language: str) -> Text:
        """Return the text in a language."""

    def answered(  # noqa: PLR0913  # the shape of intake.consent.answered
        self,
        shown: Text,
        answers: Mapping[str, Answer],
        clock: Clock,
        *,
        how: str = ...,
        kind: ConsentKind = ...,
        identity_level: str = ...,
        understood: bool = ...,
    ) -> ConsentEvent:
        """Return the event that stands for these answers."""


@dataclass(frozen=True)
class Taking:
    """All that the interview needs."""

    drafts: Drafts
    records: InterviewRecords
    devices: Devices
    seals: SealsInSteps
    listens: Listens
    speaker: Speaker
    clock: Clock
    brought: Brought
    guide: Callable[[str], ShownGuide] | None = None
    """The guide beside the recorder, in a language (vault thread); without it, the one of the program."""
    contacts: Callable[[], tuple[Contact, ...]] = tuple
    """Whom somebody can call afterwards (vault thread)."""
    keeps_copy: bool = False
    """Whether this vault keeps a readable copy until the receipt."""
    device: str = ""
    """The microphone chosen last."""
    keep_device: Callable[[str], None] = lambda _device: None
    """Remembers the microphone that was chosen."""
    read_document: Callable[[Path], str] | None = None
    """Returns the words of a document (bench)."""
    before: Before | None = None
    """What can be done before a recording, where there is something."""
