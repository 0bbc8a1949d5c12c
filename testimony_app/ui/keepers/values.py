# SPDX-License-Identifier: Apache-2.0
"""What the pages about keepers get shown: plain frozen values."""

from __future__ import annotations

import msgspec


class KeepersStanding(msgspec.Struct, frozen=True):
    """Whether there is a keepers' key, how it is shared, and whether its sheets were tried."""

    is_named: bool = False
    """Whether the archive's card names such a key."""
    needed: int = 0
    sheets: int = 0
    mark: str = ""
    """Four letters that all sheets of the set share."""
    day: str = ""
    is_tried: bool = False
