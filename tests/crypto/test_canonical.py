# SPDX-License-Identifier: Apache-2.0
"""JSON in one form: what agrees with RFC 8785, and what is refused."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import canonical
from testimony_app.crypto.errors import NotCanonical

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
STRINGS = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | STRINGS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=30,
)


@pytest.mark.fuzz
@given(VALUES)
def test_what_is_written_is_that_of_the_standard(value):
    """Every value that the form can say is written as the reference library writes it, and read back."""
    written = canonical.dumps(value)

    assert written == rfc8785.dumps(value)
    assert canonical.loads(written) == value


@pytest.mark.fuzz
@given(st.binary(max_size=200))
def test_bytes_that_are_read_are_written_back_the_same(untrusted):
    """Any bytes are refused or come back as they were."""
    try:
        value = canonical.loads(untrusted)
    except NotCanonical:
        return
    assert canonical.dumps(value) == untrusted


@pytest.mark.fuzz
@given(VALUES, st.integers(0, 10_000), st.sampled_from([b" ", b"0", b",", b'"', b"\\", b"\\u0041", b"e", b"-", b"}"]))
def test_nothing_can_be_slipped_in(value, place, extra):
    """A byte more anywhere makes another value or is refused: it never means the same."""
    written = canonical.dumps(value)
    changed = written[: place % (len(written) + 1)] + extra + written[place % (len(written) + 1) :]
    try:
        read = canonical.loads(changed)
    except NotCanonical:
        return
    assert canonical.dumps(read) == changed != written


def test_structs_are_written_as_their_fields():
    """A value of the model is written as an object of its fields."""

    class Point(msgspec.Struct):
        y: int
        x: str

    assert canonical.dumps(Point(1, "a")) == b'{"x":"a","y":1}'


REFUSED = {
    "nothing": b"",
    "cut-short": b'{"a":1',
    "space": b'{"a": 1}',
    "line-end": b'{"a":1}\n',
    "byte-order-mark": b"\xef\xbb\xbf{}",
    "unsorted-keys": b'{"b":1,"a":2}',
    "key-twice": b'{"a":1,"a":1}',
    "key-twice-below": b'[{"a":1,"a":2}]',
    "key-in-capitals": b'{"A":1}',
    "key-with-a-digit-first": b'{"1a":1}',
    "empty-key": b'{"":1}',
    "long-key": b'{"' + b"a" * 41 + b'":1}',
    "key-with-a-line-end": b'{"a\\n":1}',
    "fraction": b"1.5",
    "whole-fraction": b"1.0",
    "exponent": b"1e3",
    "minus-zero": b"-0",
    "leading-zero": b"01",
    "too-large": b"9007199254740992",
    "too-small": b"-9007199254740992",
    "endless-number": b"9" * 5000,
    "not-a-number": b"NaN",
    "infinity": b"-Infinity",
    "escaped-letter": b'"\\u0061"',
    "escaped-slash": b'"\\/"',
    "capital-escape": b'"\\u001F"',
    "raw-control": b'"\x1f"',
    "lone-surrogate": b'"\\ud800"',
    "decomposed-letter": '"e\u0301"'.encode(),
    "not-utf-8": b'"\xff"',
    "overlong-utf-8": b'"\xc0\x80"',
    "two-values": b"{}{}",
    "single-quotes": b"{'a':1}",
    "comment": b"{}//",
    "too-deep": b"[" * 17 + b"]" * 17,
    "much-too-deep": b"[" * 100_000 + b"]" * 100_000,
    "deep-objects": b'{"a":' * 17 + b"1" + b"}" * 17,
    "too-many": b"[" + b",".join([b"0"] * 20_001) + b"]",
    "long-string": b'"' + b"a" * 65_537 + b'"',
    "long-string-of-wide-letters": b'"' + "\u06a9".encode() * 32_769 + b'"',
    "too-many-bytes": b"[" + b",".join([b'"' + b"a" * 60_000 + b'"'] * 80) + b"]",
}


@pytest.mark.parametrize("untrusted", REFUSED.values(), ids=REFUSED)
def test_another_form_is_refused(untrusted):
    """What is not written in the one form, or passes the limits, is refused, without a crash."""
    with pytest.raises(NotCanonical):
        canonical.loads(untrusted)


ACCEPTED = [
    b"{}",
    b"[]",
    b"null",
    b'""',
    b"0",
    b"-9007199254740991",
    b'"\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f"',
    b"[" * 15 + b"1" + b"]" * 15,
    b"[" + b",".join([b"0"] * 20_000) + b"]",
    b'"' + b"a" * 65_536 + b'"',
    '"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"'.encode(),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_the_one_form_is_read(text):
    """What is in the form and within the limits is read and written back."""
    assert canonical.dumps(canonical.loads(text)) == text


@pytest.mark.parametrize(
    "value", [1.5, {1: 2}, {"Key": 1}, {"a": "e\u0301"}, 2**53, {"a": object}, "\ud800", [b"x" * 0, 0.0]]
)
def test_what_the_form_cannot_say_is_not_written(value):
    """We never write what we would not read."""
    with pytest.raises((NotCanonical, TypeError)):
        canonical.dumps(value)


def test_what_would_be_too_long_is_not_written():
    """More than 4 MiB is neither read nor written."""
    with pytest.raises(NotCanonical):
        canonical.dumps(["a" * 60_000] * 80)
