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
    """What happened and what to do now, in words."""


class Report(msgspec.Struct, frozen=True):
    """What an import came to."""

    place: str
    lines: tuple[FoundLine, ...]
    receipts_due: int = 0
    """How many receipts can be written for what was taken in."""
