# SPDX-License-Identifier: Apache-2.0
"""What the pages of an interview hand up and get shown: plain frozen values, no service among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import Answer
from testimony_app.model.person import Identity, Witness
from testimony_app.model.testimony import Session


class WitnessForm(msgspec.Struct, frozen=True):
    """What the witness page holds; the real identity stands apart and is saved apart."""

    witness: Witness = Witness()
    session: Session = Session()
    languages: tuple[str, ...] = ()
    identity: Identity = Identity()


class AskedQuestion(Protocol):
    """One question of a consent text, as the page needs it."""

    @property
    def purpose(self) -> str:
        """P1, P2 and so on."""

    @property
    def title(self) -> str:
        """What is asked."""

    @property
    def help(self) -> str:
        """A line of help."""


class AskedText(Protocol):
    """A consent text in one language, as the page needs it."""

    @property
    def language(self) -> str:
        """The program's code of the language."""

    @property
    def title(self) -> str:
        """The first sentence."""

    @property
    def intro(self) -> str:
        """What the witness should know before answering."""

    @property
    def questions(self) -> Sequence[AskedQuestion]:
        """The questions in their order."""

    @property
    def draft_note(self) -> str:
        """That these words are a draft, and which words count; empty for those that count."""

    @property
    def check(self) -> AskedQuestion | None:
        """What is asked so that it shows whether all this was explained well."""

    @property
    def aloud(self) -> AskedQuestion | None:
        """What may be said aloud."""


class ConsentAnswers(msgspec.Struct, frozen=True):
    """What a witness answered on the consent page."""

    answers: dict[str, Answer]
    identity_level: str = "sealed"
    how: str = "written"
    understood: bool = False
    release: str = "now"
    """From when on others may use it, as `model/release.py` writes it."""
    review_year: int | None = None
    capacity: str = "self"
    given_by: str = "witness"
    card: str = ""
    """`given` or `none`; empty when it was not asked."""


class GuideTopic(Protocol):
    """One topic of the interview guide, as the panel needs it."""

    @property
    def title(self) -> str:
        """The topic in a few words."""

    @property
    def prompts(self) -> Sequence[str]:
        """Questions that may open it."""

    @property
    def content_note(self) -> str:
        """A word of care before a hard topic, or nothing."""


class ShownGuide(Protocol):
    """An interview guide, as the panel needs it."""

    @property
    def hint(self) -> str:
        """How to use it."""

    @property
    def sections(self) -> Sequence[GuideTopic]:
        """The topics in their order."""

    @property
    def distress(self) -> Sequence[str]:
        """What to do when the witness becomes distressed."""


class Tick(msgspec.Struct, frozen=True):
    """Where a running recording stands, a few times a second."""

    seconds: float
    seconds_unsafe: float
    """How much of the newest sound is not on the disk yet."""
    rms_dbfs: float
    peak_dbfs: float
    clipped: bool = False
    advice: str = "listening"
    """A word from the closed list of audio.levels.Advice."""


class Standing(msgspec.Struct, frozen=True):
    """How things stand before a recording."""

    room_seconds: float
    battery_percent: int | None = None
    is_plugged_in: bool = False
    rate: int = 0
    bits: int = 0
    concerns: tuple[str, ...] = ()
    """Words from the closed list of intake.preflight.Concern."""


class DeviceChoice(msgspec.Struct, frozen=True):
    """A microphone that can be chosen."""

    id: str
    name: str
    is_default: bool = False
    is_virtual: bool = False


class Take(msgspec.Struct, frozen=True):
    """One recording in the list of takes."""

    id: str
    number: int
    seconds: float
    is_interrupted: bool = False
    gap_count: int = 0
    kind: str = "testimony"


class Review(msgspec.Struct, frozen=True):
    """What will be sealed, to whom, what the consent allows, and what is missing."""

    code: str
    pseudonym: str
    languages: tuple[str, ...]
    takes: tuple[Take, ...]
    word_count: int
    attachment_count: int
    note_count: int
    people_count: int
    has_identity: bool
    archives: tuple[str, ...]
    allowed: tuple[str, ...]
    refused: tuple[str, ...]
    later: tuple[str, ...]
    missing: tuple[str, ...]
    """Words from a closed list: `consent`, `languages`, `teach_back`, `spoken_consent`, `people`, `taking_consent`."""
    hindrance: str = ""
    """What stands in the way of sealing, in words for people; empty when nothing does."""
    needs_card: bool = False
    keeps_copy: bool = False
    contacts: tuple[Contact, ...] = ()
    """Whom somebody can call afterwards."""
