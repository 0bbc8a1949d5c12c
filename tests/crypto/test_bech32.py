# SPDX-License-Identifier: Apache-2.0
"""Keys as text: the published Bech32 strings, and one text for one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import bech32
from testimony_app.crypto.errors import NotAKey


@given(st.binary(max_size=200))
def test_what_is_written_is_read(payload):
    """Any bytes come back from their text, in small letters and in capitals."""
    text = bech32.encode("age", payload)

    assert bech32.decode("age", text) == payload
    assert bech32.decode("age", text.upper()) == payload


@pytest.mark.fuzz
@given(st.binary(max_size=60), st.text("qpzry9x8gf2tvdw0s3jn54khce6mua7l1b", max_size=120))
def test_what_is_read_is_written_the_same(payload, tail):
    """No second text stands for the same key."""
    for text in (b"age1" + tail.encode(), bytes(bech32.encode("age", payload)[:-7]) + tail.encode()):
        try:
            read = bech32.decode("age", text)
        except NotAKey:
            continue
        assert bech32.encode("age", read) == text


def test_a_published_string_is_read():
    """The example of BIP 173 that holds bytes is read, and written the same."""
    published = b"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    values = bytes(range(32))

    assert bech32.encode("abcdef", bech32.decode("abcdef", published)) == published
    assert len(bech32.decode("abcdef", published)) == len(values) * 5 // 8


@pytest.mark.parametrize("place", range(4, 62))
def test_one_wrong_letter_is_noticed(place):
    """Any single letter of a key mistyped is noticed."""
    text = bech32.encode("age", bytes(range(32)))
    text[place] = ord("q") if text[place] != ord("q") else ord("p")

    with pytest.raises(NotAKey):
        bech32.decode("age", text)


@pytest.mark.parametrize(
    "text", [b"", b"age", b"age1", b"bge1qqqqqqqqq", b"Age1" + b"q" * 60, b"age1\xff" * 3, b"a" * 5000]
)
def test_what_is_no_text_of_a_key_is_refused(text):
    """Too short, of another kind, in mixed case, with other signs, or far too long."""
    with pytest.raises(NotAKey):
        bech32.decode("age", text)


def test_left_over_bits_are_zero():
    """A text whose last sign carries bits that stand for nothing is no second text of the same key."""
    values = [0] * 7 + [1]
    check = bech32._polymod(bech32._expand("age") + bytearray(values) + bytearray(6)) ^ 1
    values += [(check >> 5 * (5 - index)) & 31 for index in range(6)]
    text = b"age1" + bytes(b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values)

    assert len(bech32.decode("age", text)) == 5
    with pytest.raises(NotAKey):
        bech32.decode("age", _with_last_bit_set(text))


def _with_last_bit_set(text):
    values = [0] * 6 + [1]
    check = bech32._polymod(bech32._expand("age") + bytearray(values) + bytearray(6)) ^ 1
    values += [(check >> 5 * (5 - index)) & 31 for index in range(6)]
    return text[:4] + bytes(b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values)
