# SPDX-License-Identifier: Apache-2.0
"""Small secrets sealed under one key, for one purpose, in one place."""

from __future__ import annotations

import pytest

from testimony_app.crypto.errors import WrongKey
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.wrap import OVERHEAD, unwrap, wrap

KEY = Secret(bytes(range(32)))
PLAIN = Secret(b"two seeds of a device")
WRAPPED = wrap(KEY, PLAIN, info=b"purpose", context=b"place")


def test_what_is_wrapped_is_unwrapped():
    """It comes back under the same key, purpose and place, and takes 72 bytes more."""
    assert unwrap(KEY, WRAPPED, info=b"purpose", context=b"place") == PLAIN
    assert len(WRAPPED) == len(PLAIN) + OVERHEAD == len(PLAIN) + 72
    assert wrap(KEY, PLAIN, info=b"purpose", context=b"place") != WRAPPED


@pytest.mark.parametrize(
    "change",
    [{"key": Secret(bytes(32))}, {"info": b"other"}, {"context": b"other"}, {"info": b"purposep", "context": b"lace"}],
)
def test_anything_else_does_not_open(change):
    """Another key, purpose or place opens nothing."""
    usual = {"key": KEY, "info": b"purpose", "context": b"place", **change}

    with pytest.raises(WrongKey):
        unwrap(usual["key"], WRAPPED, info=usual["info"], context=usual["context"])


@pytest.mark.parametrize("place", range(len(WRAPPED)))
def test_every_altered_byte_is_noticed(place):
    """An altered byte anywhere opens nothing."""
    altered = bytearray(WRAPPED)
    altered[place] ^= 1

    with pytest.raises(WrongKey):
        unwrap(KEY, bytes(altered), info=b"purpose", context=b"place")


@pytest.mark.parametrize("size", [0, 23, 24, 55, 56, 71])
def test_what_is_too_short_opens_nothing(size):
    """What is cut short is refused like a wrong key."""
    with pytest.raises(WrongKey):
        unwrap(KEY, WRAPPED[:size], info=b"purpose", context=b"place")
