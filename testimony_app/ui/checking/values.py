# SPDX-License-Identifier: Apache-2.0
"""What the page of a check gets shown: plain frozen values."""

from __future__ import annotations

import msgspec


class Trouble(msgspec.Struct, frozen=True):
    """Something that is not as it was written: what, and of which testimony."""

    kind: str
    """`database`, `custody`, `blob` or `bundle`."""
    reason: str
    testimony: str = ""


class Checked(msgspec.Struct, frozen=True):
    """What a check came to."""

    count: int
    troubles: tuple[Trouble, ...] = ()
