# SPDX-License-Identifier: Apache-2.0
"""What happened to a thing, when, by whose hand: a chain that only grows."""

from __future__ import annotations

from typing import Any

import msgspec


class CustodyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the log; `hash` is SHA-512 over the previous hash and the canonical body."""

    seq: int
    event: str
    at: str
    testimony: str
    facts: dict[str, Any]
    prev_hash: str
    hash: str


class LogHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a log stands: its last sequence number and hash."""

    seq: int
    hash: str
