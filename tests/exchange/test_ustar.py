# SPDX-License-Identifier: Apache-2.0
"""The strict tar against Python's own, and against everything it must refuse."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.exchange import ustar
from testimony_app.exchange.errors import NotStrictTar

NAMES = st.from_regex(r"\A[a-z0-9][a-z0-9._-]{0,20}\Z")


@given(NAMES, st.integers(0, ustar.PAYLOAD_FILE_MAX))
def test_header_is_what_pythons_tarfile_writes(name, size):
    """Our header block equals the one of an independent writer set to the same fields."""
    member = tarfile.TarInfo(f"bag/data/{name}")
    member.size, member.mode, member.mtime = size, 0o600, 0

    assert ustar.header(f"bag/data/{name}", size) == member.tobuf(tarfile.USTAR_FORMAT)


@given(NAMES, st.integers(0, ustar.PAYLOAD_FILE_MAX))
def test_what_parses_was_written_so(name, size):
    """Parsing returns what was written."""
    assert ustar.parse(ustar.header(name, size), 1) == (name, size)


@given(st.integers(0, 511), st.integers(1, 255))
def test_any_other_byte_is_refused(position, change):
    """A header with one byte changed is refused, or says something else and is still the only spelling of that."""
    block = bytearray(ustar.header("bag/data/a.bin", 1000))
    block[position] ^= change
    try:
        name, size = ustar.parse(block, 1)
    except NotStrictTar:
        return

    assert ustar.header(name, size) == bytes(block)


@pytest.mark.parametrize(
    "path",
    [
        "data/a.bin", "data/audio/r01-s01.flac", "data/a/b/c", "data/x.y_z-1", "data/0", "data/console.txt",
    ],
)  # fmt: skip
def test_plain_paths_are_taken(path):
    """Paths as our writer makes them are fine."""
    assert ustar.is_payload_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "data", "data/", "/data/a", "data//a", "data/../a", "data/./a", "data/.hidden", "data/a/b/c/d", "a.bin",
        "data/A.bin", "data/a b", "data/a\\b", "data/con", "data/con.txt", "data/nul", "data/com1.flac", "data/lpt9",
        "data/aux.tar.gz", "data/a.", "data/a\n", "data/a\0b", "data/-a", "data/_a", "data/\u0627", "data/" + "a" * 65,
        "data/" + "a" * 60 + "/" + "b" * 40, "data/a:b", "data/a*",
    ],
)  # fmt: skip
def test_other_paths_are_refused(path):
    """Nothing that any file system could read differently may be a payload's name."""
    assert not ustar.is_payload_path(path)


def test_gnu_extensions_are_refused():
    """Long names, links, folders and pax headers of a common tar are not read."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as tar:
        tar.addfile(tarfile.TarInfo("bag/data/" + "x" * 120))

    with pytest.raises(NotStrictTar):
        ustar.parse(made.getvalue()[:512], 1)
