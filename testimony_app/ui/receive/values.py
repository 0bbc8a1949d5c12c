# SPDX-License-Identifier: Apache-2.0
"""What the page of receiving gets shown: one line a file, worst first, in words for people."""

from __future__ import annotations

import msgspec


class FoundLine(msgspec.Struct, frozen=True):
    """What became of one file."""

    file: str
    outcome: str
    """A word of the closed list: imported, verified, duplicate, unknown-signer, damaged, not-for-us, refused."""
    code: str = ""
    signer: str = ""
    seconds: float = 0.0
    told: str = ""
    """What happened, in words."""
    safe: str = ""
    next_step: str = ""
    """What to do now, where there is something to do."""
    warnings: tuple[str, ...] = ()
    """What was noticed about a file that is good, in words."""
    fingerprint: str = ""
    """Of the signer's card, where it is known."""


class Report(msgspec.Struct, frozen=True):
    """What an import came to."""

    place: str
    lines: tuple[FoundLine, ...]
    receipts_due: int = 0
    """How many receipts can be written: for what was taken in, and to senders of what was refused."""
    has_refusals: bool = False
    """Whether some of them say that something was refused."""

    @property
    def has_safe(self) -> bool:
        """Tell whether anything is in the archive."""
        return any(line.outcome in ("imported", "duplicate") for line in self.lines)
