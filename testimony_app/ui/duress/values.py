# SPDX-License-Identifier: Apache-2.0
"""What the pages get shown and hand up: plain frozen values."""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.crypto.secret import Secret


class Standing(msgspec.Struct, frozen=True):
    """Whether such a passphrase is set, and what else this vault offers."""

    is_set: bool = False
    erases: bool = False
    may_leave_over_border: bool = False
    """Whether this is a collector's vault, which can be emptied instead."""


class Wanted(msgspec.Struct, frozen=True):
    """The other vault, made now or here already, and its passphrase, wiped by whoever takes it."""

    passphrase: Secret
    erases: bool
    other: Path | None = None
    """A vault that is here already; or, in its place, what a new one is called."""
    folder_name: str = ""
    name: str = ""
