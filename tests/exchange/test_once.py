# SPDX-License-Identifier: Apache-2.0
"""A stick shows one face: every byte of a bundle is asked for once, and what was parsed is what was hashed."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from testimony_app.errors import GovahError
from testimony_app.exchange.envelope import open_envelope
from testimony_app.exchange.errors import BundleAltered, FileUnreadable
from testimony_app.exchange.hashing import digest_for
from testimony_app.exchange.history import History
from testimony_app.exchange.once import ReadOnce
from testimony_app.exchange.receive import inspect
from tests.exchange.people import a_bundle, a_desk

SIZE = 5 * 1024 * 1024 + 777


class TwoFaced(io.FileIO):
    """A stick that gives every byte once, and something else when it is asked again; and it counts who asks."""

    def __init__(self, path, *, most=1 << 30):
        super().__init__(path, "rb")
        self.asked = 0
        self.most = most

    def readinto(self, buffer):
        """Give at most so many bytes, if they weren't asked for before."""
        assert self.tell() >= self.asked
        count = super().readinto(memoryview(buffer)[: self.most])
        self.asked = self.tell()
        return count


@pytest.fixture
def content(tmp_path):
    """Return the bytes of a file that is longer than what is remembered of it."""
    content = os.urandom(SIZE)
    (tmp_path / "file").write_bytes(content)
    return content


@pytest.mark.parametrize("most", [1 << 30, 65_521])
def test_a_whole_bundle_is_opened_without_asking_twice(tmp_path, most):
    """Header, nonce, chunks and end are read in one go, also from a stick that gives little at a time."""
    carried = a_bundle(tmp_path, attached=(os.urandom(3_000_000),))

    with TwoFaced(carried.path, most=most) as stick, digest_for(SIZE, "sha256") as digest:
        once = ReadOnce(stick, digest)
        envelope = open_envelope(once, carried.archive.identity.text())
        with envelope.plain as plain:
            while plain.read(1 << 20):
                pass
        found = once.hexdigest()

    assert found == hashlib.sha256(carried.path.read_bytes()).hexdigest() == carried.files[0].sha256


def test_what_was_just_read_is_remembered(tmp_path, content):
    """The beginning and the last block come again, from memory."""
    with TwoFaced(tmp_path / "file") as stick, digest_for(SIZE, "sha256") as digest:
        once = ReadOnce(stick, digest)
        for place, size in ((0, 65_536), (0, 100), (40_000, 25_536), (65_536, 1 << 20), (65_600, 1000), (10, 10)):
            buffer = bytearray(size)
            once.seek(place)
            assert once.readinto(memoryview(buffer)) == size
            assert buffer == content[place : place + size]


@pytest.mark.parametrize("place", [3 << 20, 600_000])
def test_what_is_neither_next_nor_remembered_is_refused(tmp_path, content, place):
    """Neither a jump ahead nor a look far back reaches the stick."""
    with TwoFaced(tmp_path / "file") as stick, digest_for(SIZE, "sha256") as digest:
        once = ReadOnce(stick, digest)
        buffer = memoryview(bytearray(1 << 19))
        for _ in range(5):
            once.readinto(buffer)
        once.seek(place)

        with pytest.raises(FileUnreadable):
            once.readinto(buffer)


def test_a_file_that_grows_or_shrinks_meanwhile(tmp_path, content):
    """What is added later isn't seen; what goes missing is an early end, and no digest is given."""
    path = tmp_path / "file"
    with TwoFaced(path) as stick, digest_for(SIZE, "sha256") as digest:
        once = ReadOnce(stick, digest)
        path.write_bytes(content + b"more")
        buffer = memoryview(bytearray(SIZE + 100))
        while once.readinto(buffer):
            pass
        assert once.hexdigest() == hashlib.sha256(content).hexdigest()

    path.write_bytes(content)
    with TwoFaced(path) as stick, digest_for(SIZE, "sha256") as digest:
        once = ReadOnce(stick, digest)
        os.truncate(path, SIZE - 1)
        while once.readinto(buffer):
            pass
        with pytest.raises(FileUnreadable):
            once.hexdigest()


class Meanwhile(History):
    """What was imported before, and what happens to the stick while we look it up: the pages were read, no payload."""

    def __init__(self, change):
        super().__init__()
        self.change = change

    def judge(self, page, tagmanifest_sha512):
        """Do it."""
        self.change()
        return super().judge(page, tagmanifest_sha512)


def overwritten(path, place):
    """Write zeros over a piece of a file."""
    with path.open("r+b") as file:
        file.seek(place, os.SEEK_END if place < 0 else os.SEEK_SET)
        file.write(bytes(1000))


def test_a_stick_that_changes_ahead_of_us(tmp_path):
    """The signed pages were seen, then a payload is another's: refused, and nothing stays."""
    carried = a_bundle(tmp_path, attached=(os.urandom(6_000_000),))
    history = Meanwhile(lambda: overwritten(carried.path, -1_000_000))

    with pytest.raises(BundleAltered):
        inspect(carried.path, a_desk(carried.archive, carried.sender.partner(), history=history), tmp_path / "q")

    assert list((tmp_path / "q").iterdir()) == []


def test_a_stick_that_changes_behind_us(tmp_path):
    """What was read and believed is what was hashed; what stands there later is nobody's business."""
    carried = a_bundle(tmp_path, attached=(os.urandom(6_000_000),))
    history = Meanwhile(lambda: overwritten(carried.path, 30))

    desk = a_desk(carried.archive, carried.sender.partner(), history=history)
    verified = inspect(carried.path, desk, tmp_path / "q")

    assert verified.ciphertext_sha256 == carried.files[0].sha256
    assert verified.byte_count == carried.files[0].byte_count


def test_a_stick_that_ends_under_our_hands(tmp_path):
    """Pulled short after the pages were seen: cut short, and nothing stays."""
    carried = a_bundle(tmp_path, attached=(os.urandom(6_000_000),))
    history = Meanwhile(lambda: os.truncate(carried.path, 3_000_000))

    with pytest.raises(GovahError) as raised:
        inspect(carried.path, a_desk(carried.archive, carried.sender.partner(), history=history), tmp_path / "q")

    assert raised.value.code in ("exchange.bundle-altered", "exchange.bundle-cut-short")
    assert list((tmp_path / "q").iterdir()) == []
