# SPDX-License-Identifier: Apache-2.0
"""What the page of bundles held apart gets shown: plain frozen values."""

from __future__ import annotations

from pathlib import Path

import msgspec


class HeldBundle(msgspec.Struct, frozen=True):
    """One bundle that waits for a decision about its signer."""

    path: Path
    byte_count: int
    code: str = ""
    """As its signed page says; empty when the file can't be read any more."""
    signer: str = ""
    """The name on the signer's card, once that was compared."""
    fingerprint: str = ""
    safety_number: str = ""
    trouble: str = ""
    """What is wrong with it, in words; empty when only the signer is unknown."""
