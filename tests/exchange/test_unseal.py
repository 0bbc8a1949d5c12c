# SPDX-License-Identifier: Apache-2.0
"""The way back with a bare key."""

from __future__ import annotations

import io

import pytest

from testimony_app.crypto import age
from testimony_app.crypto.errors import NoMatchingKey, NotAKey, NotAnAgeFile, PayloadTampered
from testimony_app.exchange.errors import FileUnreadable
from testimony_app.exchange.unseal import FileExists, read_key_file, unseal, unseal_to_file

CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def key(tmp_path):
    """Return an identity whose key file, with comments, lies in the folder."""
    identity = age.HybridIdentity.generate()
    text = b"# created by nobody\n# public key: age1pq1...\n" + bytes(identity.text().view) + b"\n"
    (tmp_path / "key.txt").write_bytes(text)
    return identity


@pytest.fixture
def file(tmp_path, key):
    """Return a file sealed to that key."""
    (tmp_path / "K7QF2M9X.AGE").write_bytes(age.seal_bytes(CONTENT, [key.recipient()]))
    return tmp_path / "K7QF2M9X.AGE"


def test_file_opens_with_the_bare_key(tmp_path, file):
    """Everything comes out, to an open file or to a new one for its owner alone."""
    out = io.BytesIO()

    assert unseal(file, tmp_path / "key.txt", out) == len(CONTENT)
    assert unseal_to_file(file, tmp_path / "key.txt", tmp_path / "out") == len(CONTENT)

    assert out.getvalue() == (tmp_path / "out").read_bytes() == CONTENT
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(tmp_path, file):
    """A file of that name stays as it is."""
    (tmp_path / "out").write_bytes(b"mine")

    with pytest.raises(FileExists):
        unseal_to_file(file, tmp_path / "key.txt", tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == b"mine"


def test_damage_leaves_no_file(tmp_path, file):
    """An altered file is refused, and no half of it is left."""
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    with pytest.raises(PayloadTampered):
        unseal_to_file(file, tmp_path / "key.txt", tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_wrong_things_are_refused_plainly(tmp_path, file):
    """Another key, a key file without one, a file that is none."""
    (tmp_path / "other.txt").write_bytes(bytes(age.HybridIdentity.generate().text().view))
    (tmp_path / "empty.txt").write_text("# nothing\n")
    (tmp_path / "noise").write_bytes(b"hello")

    with pytest.raises(NoMatchingKey):
        unseal(file, tmp_path / "other.txt", io.BytesIO())
    with pytest.raises(NotAKey):
        read_key_file(tmp_path / "empty.txt")
    with pytest.raises(NotAnAgeFile):
        unseal(tmp_path / "noise", tmp_path / "key.txt", io.BytesIO())
    with pytest.raises(FileUnreadable):
        unseal(tmp_path / "missing", tmp_path / "key.txt", io.BytesIO())
