# SPDX-License-Identifier: Apache-2.0
"""Digests of what may be long: beside the work for long contents, in line for short ones, spelled the same.

With a digest that runs beside the work the caller must leave a buffer as it is until BEHIND more updates came
back; one buffer more than that, in turn, do. A thread for a hundred bytes would cost more than it saves.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from testimony_app.crypto.digest import BesideDigest
from testimony_app.exchange.limits import MIB

BEHIND = 4
_WORTH_A_THREAD = 4 * MIB


class Digest(Protocol):
    """What is asked of a digest."""

    def update(self, data: memoryview, /) -> None:
        """Take a buffer."""

    def hexdigest(self) -> str:
        """Return the digest of all buffers, in hex."""


@contextmanager
def digest_for(byte_count: int, algorithm: str = "sha512") -> Iterator[Digest]:
    """Hand out a digest fit for so many bytes."""
    if byte_count < _WORTH_A_THREAD:
        yield hashlib.new(algorithm)
        return
    with BesideDigest(algorithm, behind=BEHIND) as digest:
        yield digest


def buffers_in_turn(size: int) -> Iterator[memoryview]:
    """Hand out buffers for ever, each again only when a digest that was given every one is done with it."""
    return itertools.cycle([memoryview(bytearray(size)) for _ in range(BEHIND + 1)])
