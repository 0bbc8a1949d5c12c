# SPDX-License-Identifier: Apache-2.0
"""The public vectors of the age format: opened, read in pieces, read from the end, written back."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from testimony_app.crypto import age, header
from testimony_app.crypto.errors import (
    HeaderAltered,
    HeaderDamaged,
    NoMatchingKey,
    NotAnAgeFile,
    PayloadTampered,
    PayloadTruncated,
)
from testimony_app.crypto.stream import PayloadReader, PayloadWriter
from tests.crypto.vectors import age_vectors

VECTORS = age_vectors()
SUCCESSES = [vector for vector in VECTORS if vector.expect == "success"]
PAYLOADS = [vector for vector in VECTORS if vector.expect in {"success", "payload failure"}]
PARSED = [vector for vector in VECTORS if vector.expect != "header failure"]
EVERY_OUTCOME = {"success", "payload failure", "HMAC failure", "header failure", "no match"}


def by_name(vector):
    """Name a test after its vector."""
    return vector.name


def opened(vector, block=65536):
    """Return what happened to a vector, in the words of the vectors, and all that was handed out before."""
    out = bytearray()
    try:
        reader = age.decrypt(io.BytesIO(vector.sealed), vector.keys())
        while piece := reader.read(block):
            out += piece
    except HeaderAltered:
        return "HMAC failure", out
    except (HeaderDamaged, NotAnAgeFile):
        return "header failure", out
    except NoMatchingKey:
        return "no match", out
    except (PayloadTampered, PayloadTruncated):
        return "payload failure", out
    return "success", out


def from_both_ends(reader):
    """Go to the end, then read all."""
    reader.seek(0, os.SEEK_END)
    reader.seek(0)
    return reader.readall()


def test_the_vectors_are_all_there():
    """All vectors were read, and among them every outcome there is."""
    assert len(VECTORS) >= 43
    assert {vector.expect for vector in VECTORS} == EVERY_OUTCOME


@pytest.mark.parametrize("block", [1000, 65536, 1 << 20])
@pytest.mark.parametrize("vector", VECTORS, ids=by_name)
def test_a_vector_ends_as_it_must(vector, block):
    """Each vector ends as expected, and hands out just what was authentic before, however it is read."""
    outcome, out = opened(vector, block)

    assert outcome == vector.expect
    if vector.payload:
        assert hashlib.sha256(out).hexdigest() == vector.payload


@pytest.mark.parametrize("vector", SUCCESSES, ids=by_name)
def test_a_vector_can_be_read_from_anywhere(vector):
    """A whole vector read backwards, in pieces that fit no chunk, gives the same content."""
    reader = age.decrypt(io.BytesIO(vector.sealed), vector.keys())
    size = reader.seek(0, os.SEEK_END)
    pieces = []
    for start in reversed(range(0, size, 7001)):
        reader.seek(start)
        pieces.append(reader.read(7001))

    assert hashlib.sha256(b"".join(reversed(pieces))).hexdigest() == vector.payload


@pytest.mark.parametrize("vector", [vector for vector in PAYLOADS if vector.expect != "success"], ids=by_name)
def test_a_broken_vector_is_never_read_to_its_end(vector):
    """Whoever goes to the end of a broken payload first, and then reads all of it, is told."""
    reader = age.decrypt(io.BytesIO(vector.sealed), vector.keys())

    with pytest.raises((PayloadTampered, PayloadTruncated)):
        from_both_ends(reader)


@pytest.mark.parametrize("vector", PARSED, ids=by_name)
def test_a_header_writes_back_to_its_bytes(vector):
    """What parses serialises to the same bytes, and says where the payload begins."""
    parsed = age.inspect(io.BytesIO(vector.sealed))

    assert header.serialise(parsed) == vector.sealed[: parsed.size]


@pytest.mark.parametrize("vector", SUCCESSES, ids=by_name)
def test_a_payload_is_sealed_again_to_the_same_content(vector):
    """Content, sealed by us under the vector's file key, opens to the same content and takes the same room."""
    parsed = age.inspect(io.BytesIO(vector.sealed))
    _, content = opened(vector)
    out = io.BytesIO()
    with PayloadWriter(out, vector.file_key) as writer:
        writer.write(content)

    assert len(out.getvalue()) == len(vector.sealed) - parsed.size
    assert PayloadReader(out, vector.file_key).readall() == content


@pytest.mark.parametrize("vector", PAYLOADS, ids=by_name)
def test_a_payload_opens_with_the_bare_file_key(vector):
    """With the file key alone, from where the header ends, a payload gives what it gave with its header."""
    start = age.inspect(io.BytesIO(vector.sealed)).size
    reader = PayloadReader(io.BytesIO(vector.sealed), vector.file_key, start=start)

    if vector.expect == "success":
        assert hashlib.sha256(reader.readall()).hexdigest() == vector.payload
    else:
        with pytest.raises((PayloadTampered, PayloadTruncated)):
            reader.readall()
