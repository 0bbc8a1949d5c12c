# SPDX-License-Identifier: Apache-2.0
"""What a witness agreed to: which text, which answers, how it was given, what was taken back.

Consent is a list of events that only grows. The current state is computed from it; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Answer(StrEnum):
    """An answer to one purpose; no answer counts as no."""

    YES = "yes"
    NO = "no"
    ASK_AGAIN = "ask_me_again"


class ConsentKind(StrEnum):
    """What an event of consent is."""

    BEFORE = "participation_before"
    ON_RECORD = "on_record_opening"
    AFTER_BREAK = "ongoing_check"
    AFTER = "recording_after"
    AMENDMENT = "amendment"
    PARTIAL_WITHDRAWAL = "partial_withdrawal"
    FULL_WITHDRAWAL = "full_withdrawal"
    OBJECTION = "objection_of_third_party"
    RENEWAL = "renewal_at_majority"
    PROXY = "proxy_grant"


class ConsentEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of consent: the exact text shown, the answers, and how they were given."""

    id: str
    kind: ConsentKind
    at: str
    how: str
    language: str
    text_id: str
    text_version: str
    text_sha256: str
    answers: dict[str, Answer]
    identity_level: str = "sealed"
    release: str = "now"
    review_year: int | None = None
    given_by: str = "witness"
    capacity: str = "self"
    understood: bool = False
    spoken_clip: str = ""
    passages: tuple[tuple[float, float], ...] = ()
    note: str = ""


class ConsentState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds now, computed from all events."""

    answers: dict[str, Answer]
    identity_level: str
    release: str
    withdrawn: bool

    def allows(self, purpose: str) -> bool:
        """Tell whether a purpose was answered with yes and nothing was withdrawn."""
        return not self.withdrawn and self.answers.get(purpose) is Answer.YES


def current(events: Iterable[ConsentEvent]) -> ConsentState:
    """Return what holds after all events, in their order; later answers replace earlier ones."""
    answers: dict[str, Answer] = {}
    level, release, withdrawn = "sealed", "now", False
    for event in events:
        answers.update(event.answers)
        if event.kind not in (ConsentKind.OBJECTION, ConsentKind.PARTIAL_WITHDRAWAL):
            level, release = event.identity_level, event.release
        withdrawn = withdrawn or event.kind is ConsentKind.FULL_WITHDRAWAL
    return ConsentState(answers=answers, identity_level=level, release=release, withdrawn=withdrawn)
