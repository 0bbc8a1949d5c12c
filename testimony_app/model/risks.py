# SPDX-License-Identifier: Apache-2.0
"""What was talked over before an interview: whether speaking is safe and right for this person, today.

It is kept with who the witness is, under the keepers' key: never in the testimony, and destroyed with the identity.
"""

from __future__ import annotations

import msgspec

POSTPONE, NOT_AT_ALL, WRITE_ONLY, NO_NAME, GO = "postpone", "do_not_record", "write_only", "without_name", "go"
DECISIONS = (POSTPONE, NOT_AT_ALL, WRITE_ONLY, NO_NAME, GO)
"""Waiting comes first: whoever is in doubt shall not have to look for it."""
DANGER, FITNESS = "danger", "fitness"
DANGERS = ("", "none", "possible", "serious", "unsure")
FITNESSES = ("", "able", "with_support", "doubt")
TOPICS = ("who_knows", "travel", "case", "told_before", "health", "support", "leave_out", "wishes", "surroundings")
"""What else is talked over, each in a line of its own."""


class RiskTalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was said to each point, what was decided, and why it went on where waiting was advised."""

    answers: tuple[tuple[str, str], ...] = ()
    decision: str = ""
    reason: str = ""
    at: str = ""

    def said(self, point: str) -> str:
        """Return what was said to a point, or nothing."""
        return dict(self.answers).get(point, "")

    @property
    def advises_waiting(self) -> bool:
        """Tell whether something that was said speaks for another day; the person decides all the same."""
        return self.said(DANGER) in {"serious", "unsure"} or self.said(FITNESS) == "doubt"

    @property
    def goes_on(self) -> bool:
        """Tell whether it was decided to speak or to write today."""
        return self.decision in {GO, NO_NAME, WRITE_ONLY}
