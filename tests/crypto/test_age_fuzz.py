# SPDX-License-Identifier: Apache-2.0
"""Invented headers: whatever parses writes back to its bytes, and nothing else than a refusal is raised."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import age, header
from testimony_app.crypto.errors import (
    HeaderDamaged,
    HeaderTooLarge,
    NoMatchingKey,
    NotAnAgeFile,
    PassphraseFile,
    PayloadTampered,
    PayloadTruncated,
)
from testimony_app.crypto.header import Header, Stanza
from testimony_app.crypto.recipients import HybridIdentity, X25519Identity
from tests.crypto.vectors import age_vectors

SEALED = [vector.sealed for vector in age_vectors() if vector.expect == "success"]
KEYS = [HybridIdentity.generate(), X25519Identity.generate()]
REFUSALS = (
    HeaderDamaged,
    HeaderTooLarge,
    NoMatchingKey,
    NotAnAgeFile,
    PassphraseFile,
    PayloadTampered,
    PayloadTruncated,
)
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)
STANZAS = st.builds(Stanza, WORDS, st.lists(WORDS, max_size=4).map(tuple), st.binary(max_size=200))
HEADERS = st.builds(Header, st.lists(STANZAS, min_size=1, max_size=5).map(tuple), st.binary(min_size=32, max_size=32))
PIECES = st.sampled_from(
    [b"\n", b"-> ", b"--- ", b" ", b"=", b"A", b"A" * 64, b"\r", b"X25519", b"\0", b"\xff", b"scrypt"]
)


@pytest.mark.fuzz
@given(HEADERS, st.binary(max_size=50))
def test_every_header_is_read_as_it_was_written(made, behind):
    """Any header that can be written is read back the same, whatever stands behind it."""
    written = header.serialise(made)

    assert header.parse(written + behind) == made
    assert made.size == len(written)


@pytest.mark.fuzz
@given(
    st.sampled_from(SEALED),
    st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 3), PIECES | st.binary(max_size=3)), max_size=4),
)
def test_a_changed_file_is_refused_or_reads_as_its_bytes(sealed, changes):
    """Bytes put in, taken out or altered: the header either writes back to the same bytes or is refused."""
    for place, cut, piece in changes:
        sealed = sealed[: place % len(sealed)] + piece + sealed[place % len(sealed) + cut :]
    try:
        parsed = age.inspect(io.BytesIO(sealed))
    except REFUSALS:
        return

    assert sealed.startswith(header.serialise(parsed))
    with pytest.raises(REFUSALS):
        age.open_bytes(sealed, KEYS)


@pytest.mark.fuzz
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_calmly(untrusted):
    """Whatever follows the first line, the outcome is a refusal and never another error."""
    for start in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
        with pytest.raises(REFUSALS):
            age.open_bytes(start + untrusted, KEYS)
