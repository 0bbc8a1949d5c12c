# SPDX-License-Identifier: Apache-2.0
"""The root of every error we raise: a code and facts, no sentence, and its two families.

A `Refusal` is something somebody can put right: a wrong passphrase, a full disk, a consent that does not
allow it. `Damage` means that what we hold, or were given, is not what it was. Anything else that is raised
is a bug and is caught only by the last-resort hooks. The words for each code are in `i18n/messages.py`;
`str(error)` is the code alone, so that neither a log nor a crash note can carry a witness's words.
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float | bool | None


class GovahError(Exception):
    """An error with a stable code; its facts are safe to show and safe to log."""

    code: ClassVar[str] = "govah.error"

    def __init__(self, **facts: Fact) -> None:
        """Keep the facts; they may hold counts, codes and dates, never words of a witness or a path."""
        super().__init__(self.code)
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        """Return the code alone."""
        return self.code


class Refusal(GovahError):
    """Something was not done, nothing is lost, and somebody can put it right."""

    code = "govah.refusal"


class Damage(GovahError):
    """What we hold, or were given, is not what it was."""

    code = "govah.damage"
