# SPDX-License-Identifier: Apache-2.0
"""What the page of a sealed testimony gets shown: plain frozen values."""

from __future__ import annotations

import msgspec

from testimony_app.model.listing import Row

NO_RECEIPT, NOT_CONFIRMED = "no-receipt", "not-confirmed"
CONDITIONS = (
    "archive-not-trusted",
    "signatures-not-valid",
    "namespace-differs",
    "sender-differs",
    "volumes-differ",
    "not-accepted",
    "too-few-copies",
    "receipt-out-of-chain",
    "too-early",
    NOT_CONFIRMED,
)
"""What may stand against removing, in the order in which it is asked."""


class Kept(msgspec.Struct, frozen=True):
    """A sealed testimony: its row, how much room it takes here, and what stands against removing it."""

    row: Row
    byte_count: int
    is_here: bool
    """Whether its sealed files are still on this computer."""
    open_conditions: tuple[str, ...]
    """Of CONDITIONS, those that don't hold; or NO_RECEIPT alone."""
    refusal: tuple[str, ...] = ()
    """What the archive's refusal means, in sentences: what happened, what is safe, what to do; or nothing."""
