# SPDX-License-Identifier: Apache-2.0
"""What the pages before a border get shown: plain frozen values."""

from __future__ import annotations

import msgspec


class Hindrance(msgspec.Struct, frozen=True):
    """A draft that can't be sealed, and why, in words."""

    testimony: str
    code: str
    why: str


class Outlook(msgspec.Struct, frozen=True):
    """What there is to seal and to carry, and what holds it up."""

    drafts: int
    sealed: int
    hindrances: tuple[Hindrance, ...] = ()


class Emptied(msgspec.Struct, frozen=True):
    """What was carried out; the vault that stands here now is empty."""

    codes: tuple[str, ...]
    byte_count: int
    place: str
    safety_number: str
