# SPDX-License-Identifier: Apache-2.0
"""What a witness agreed to: which text, which answers, how it was given, what was taken back.

Consent is a list of events that only grows. The current state is computed from it; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

UNCHANGED = ""
"""As level or release of a later event: what was said before still holds."""
NOW, AFTER_MY_DEATH = "now", "after_my_death"
ON_DATE, AFTER_DEATH_OF, AFTER_EVENT = "date:", "after_death_of:", "after_event:"
CLOSE, DESTROY, LIFTED = "close", "destroy", "lifted"
"""What somebody wishes besides: on withdrawing, that it be locked away or destroyed; that an objection is over."""


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


AFTER_SEALING = frozenset(
    {
        ConsentKind.AMENDMENT,
        ConsentKind.PARTIAL_WITHDRAWAL,
        ConsentKind.FULL_WITHDRAWAL,
        ConsentKind.OBJECTION,
        ConsentKind.RENEWAL,
        ConsentKind.PROXY,
    }
)
"""What may still be said once a testimony is sealed."""
_SAYS_NO_LEVEL = frozenset({ConsentKind.OBJECTION, ConsentKind.PARTIAL_WITHDRAWAL, ConsentKind.FULL_WITHDRAWAL})


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
    release: str = NOW
    """`now`, `date:YYYY`, `after_my_death`, `after_death_of:...` or `after_event:...`."""
    review_year: int | None = None
    """The year in which somebody looks again; an event never comes true by itself."""
    given_by: str = "witness"
    capacity: str = "self"
    """`self`, `self_with_support`, `guardian_and_self` or `guardian_only`."""
    understood: bool = False
    spoken_clip: str = ""
    passages: tuple[tuple[float, float], ...] = ()
    """Seconds from and to, which a partial withdrawal takes back."""
    note: str = ""
    wish: str = ""
    """`close` or `destroy` on a full withdrawal, `lifted` on an objection that is over; else empty."""
    card: str = ""
    """`given`, or `none` when the witness wanted no card; empty when not asked."""


class ConsentState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds now, computed from all events."""

    answers: dict[str, Answer]
    identity_level: str
    release: str
    withdrawn: bool
    review_year: int | None = None
    wish: str = ""
    """What was wished with a full withdrawal: `close`, `destroy` or nothing."""
    objections: int = 0
    """How many objections of third parties are open."""
    passages: tuple[tuple[float, float], ...] = ()
    """Everything that was taken back in part."""

    def allows(self, purpose: str) -> bool:
        """Tell whether a purpose was answered with yes and nothing was withdrawn."""
        return not self.withdrawn and self.answers.get(purpose) is Answer.YES


def current(events: Iterable[ConsentEvent]) -> ConsentState:
    """Return what holds after all events, in their order; later answers replace earlier ones."""
    answers: dict[str, Answer] = {}
    level, release, review, wish = "sealed", NOW, None, ""
    objections, withdrawn = 0, False
    passages: list[tuple[float, float]] = []
    for event in events:
        answers.update(event.answers)
        passages += event.passages
        if event.kind not in _SAYS_NO_LEVEL:
            level = event.identity_level or level
            if event.release:
                release, review = event.release, event.review_year
        if event.kind is ConsentKind.OBJECTION:
            objections = max(0, objections + (-1 if event.wish == LIFTED else 1))
        if event.kind is ConsentKind.FULL_WITHDRAWAL:
            # A wish for destruction stands, whatever is said after it.
            withdrawn, wish = True, wish if wish == DESTROY else event.wish
    return ConsentState(
        answers=answers,
        identity_level=level,
        release=release,
        withdrawn=withdrawn,
        review_year=review,
        wish=wish,
        objections=objections,
        passages=tuple(passages),
    )
