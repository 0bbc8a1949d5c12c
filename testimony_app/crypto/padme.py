# SPDX-License-Identifier: Apache-2.0
"""How long a thing is made, so that its length tells little: Padmé, at least a mebibyte.

A length may keep only as many significant bits as its exponent has; the cost is at most 12 % in general, and 3 %
at the sizes we write.
"""

from __future__ import annotations

FLOOR = 1024 * 1024


def padded_size(size: int) -> int:
    """Return the length that a content of so many bytes is given."""
    return max(FLOOR, _padme(size))


def is_padded(size: int) -> bool:
    """Say whether a padded content can have this length."""
    return size == padded_size(size)


def _padme(size: int) -> int:
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (size + mask) & ~mask
