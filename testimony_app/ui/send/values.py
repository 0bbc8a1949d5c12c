# SPDX-License-Identifier: Apache-2.0
"""What the pages of sending get shown: plain frozen values."""

from __future__ import annotations

import msgspec


class Waiting(msgspec.Struct, frozen=True):
    """A sealed testimony that has not left yet."""

    code: str
    languages: tuple[str, ...]
    seconds: float
    word_count: int
    byte_count: int


class Exported(msgspec.Struct, frozen=True):
    """What an export came to."""

    codes: tuple[str, ...]
    byte_count: int
    place: str
    refused: tuple[tuple[str, str], ...] = ()
    """Each a code and, in words for people, why it was not written."""


class TurnedAway(msgspec.Struct, frozen=True):
    """A testimony that an archive refused, in words for people."""

    code: str
    what: str
    safe: str
    next_step: str


class ReceiptsChecked(msgspec.Struct, frozen=True):
    """What the receipts found at a place came to."""

    accepted: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()
    """Files that are no receipts for this vault, and why."""
    turned_away: tuple[TurnedAway, ...] = ()
    """Testimonies that an archive says it did not take in."""
