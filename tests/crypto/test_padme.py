# SPDX-License-Identifier: Apache-2.0
"""Lengths that tell little."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto.padme import FLOOR, is_padded, padded_size

LARGEST = 5 * 1024**3


@given(st.integers(0, LARGEST))
def test_padding_costs_little_and_never_cuts(size):
    """A padded length is at least the length and the floor, costs at most 3.2 per cent, and is a padded length."""
    padded = padded_size(size)

    assert padded >= max(size, FLOOR)
    assert padded == FLOOR or padded <= size * 1.032
    assert is_padded(padded)
    assert padded % 512 == 0


@given(st.integers(FLOOR + 1, LARGEST))
def test_a_padded_length_has_few_significant_bits(size):
    """A padded length is the next one that can be written in so many bits as Padme allows."""
    exponent = int(math.log2(size))
    step = 2 ** (exponent - int(math.log2(exponent)) - 1)

    assert padded_size(size) == -(-size // step) * step


@pytest.mark.parametrize(
    ("size", "padded"),
    [
        (0, FLOOR),
        (1, FLOOR),
        (FLOOR, FLOOR),
        (FLOOR + 1, FLOOR + 32768),
        (5_000_001, 5_111_808),
        (1024**3, 1024**3),
        (1024**3 + 1, 1024**3 + 2**25),
    ],
)
def test_some_lengths(size, padded):
    """Some lengths, worked out by hand."""
    assert padded_size(size) == padded


def test_few_lengths_are_left():
    """Between 1 MiB and 4 GiB there are fewer than 400 lengths to tell apart."""
    lengths, size = set(), FLOOR
    while size < 4 * 1024**3:
        lengths.add(padded_size(size))
        size = padded_size(size) + 1

    assert len(lengths) < 400
    assert not is_padded(FLOOR + 1)
    assert not is_padded(0)
