# SPDX-License-Identifier: Apache-2.0
"""What an operation changed, so whoever shows it can refresh."""

from __future__ import annotations

import msgspec


class Changes(msgspec.Struct, frozen=True):
    """The testimonies that an operation touched, and the kinds of thing it touched."""

    testimonies: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    """Any of `testimony`, `recording`, `consent`, `bundle`, `partner`, `catalogue`, `settings`."""
