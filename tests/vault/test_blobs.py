# SPDX-License-Identifier: Apache-2.0
"""Encrypted files and their keys."""

from __future__ import annotations

import os
import random

import pytest

from testimony_app.crypto.errors import PayloadTampered, PayloadTruncated
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import CHUNK
from testimony_app.errors import Damage
from testimony_app.vault.blobs import BlobWriter, FinishedBlob
from testimony_app.vault.errors import BlobDamaged, NotFound, VaultDamaged

CANARY = b"the lilac by the eastern wall"


def a_blob(vault, content):
    """Write a blob of the vault and return its identifier."""
    with vault.blobs.create() as writer:
        writer.write(content)
        finished = writer.finish()
    vault.blobs.keep(finished)
    return finished.blob


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])
def test_a_blob_comes_back_as_it_went_in(vault, reopen, size):
    """Every size around a chunk is read back, in a new session too."""
    content = os.urandom(size)
    blob = a_blob(vault, content)

    with reopen(vault).blobs.open(blob) as reader:
        assert reader.size() == size
        assert reader.read() == content


def test_any_place_can_be_read(vault):
    """Reading anywhere gives what is there."""
    content = os.urandom(10 * CHUNK + 123)
    chance = random.Random(4)
    with vault.blobs.open(a_blob(vault, content)) as reader:
        for _ in range(50):
            start = chance.randrange(len(content))
            reader.seek(start)
            assert reader.read(1000) == content[start : start + 1000]


def test_nothing_readable_is_on_the_disk(vault):
    """The words are in no file, whether the blob is finished or not."""
    writer = vault.blobs.create()
    writer.write(CANARY * 10_000)
    writer.sync()
    a_blob(vault, CANARY * 100)

    for path in vault.folder.rglob("*"):
        assert path.is_dir() or CANARY not in path.read_bytes(), path.name
    writer.discard()


def test_each_bit_counts(vault):
    """A bit turned anywhere in the file is noticed."""
    blob = a_blob(vault, os.urandom(2 * CHUNK))
    path = vault.blobs.path(blob)
    whole = path.read_bytes()
    chance = random.Random(7)

    for place in [0, 15, 16, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(20))]:
        altered = bytearray(whole)
        altered[place] ^= 1 << chance.randrange(8)
        path.write_bytes(altered)
        with pytest.raises(PayloadTampered), vault.blobs.open(blob) as reader:
            reader.read()


@pytest.mark.parametrize("kept", [0, 15, 16, 20, CHUNK, CHUNK + 32, 2 * CHUNK])
def test_a_shortened_file_is_noticed(vault, kept):
    """A file cut anywhere does not pass for whole."""
    blob = a_blob(vault, os.urandom(2 * CHUNK))
    path = vault.blobs.path(blob)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(Damage) as damage, vault.blobs.open(blob) as reader:
        reader.read()

    assert isinstance(damage.value, (BlobDamaged, PayloadTruncated, PayloadTampered))


def test_a_missing_file_is_noticed(vault):
    """A blob without its file says so."""
    blob = a_blob(vault, b"here")
    vault.blobs.path(blob).unlink()

    with pytest.raises(BlobDamaged) as damage:
        vault.blobs.open(blob)

    assert damage.value.facts == {"reason": "missing"}


def test_two_files_can_not_change_places(vault):
    """Each blob has its own key: the other's file does not open."""
    one, two = a_blob(vault, b"first " * 10), a_blob(vault, b"second" * 10)
    here, there = vault.blobs.path(one), vault.blobs.path(two)
    first, second = here.read_bytes(), there.read_bytes()
    here.write_bytes(second)
    there.write_bytes(first)

    with pytest.raises(PayloadTampered):
        vault.blobs.open(one)


def test_a_key_does_not_open_under_another_name(vault):
    """A key's row put in another blob's place is noticed."""
    one, two = a_blob(vault, b"first"), a_blob(vault, b"second")
    key = vault.database.value("SELECT file_key FROM blob WHERE id = ?", (one,))
    vault.database.execute("UPDATE blob SET file_key = ? WHERE id = ?", (key, two))

    with pytest.raises(VaultDamaged):
        vault.blobs.open(two)


def test_deleting_drops_the_key_and_the_file(vault):
    """After deleting neither is there."""
    blob = a_blob(vault, b"gone")
    with vault.transaction():
        vault.blobs.delete([blob])
        assert vault.blobs.path(blob).exists()

    assert not vault.blobs.path(blob).exists()
    with pytest.raises(NotFound):
        vault.blobs.open(blob)


def test_an_undone_deletion_keeps_the_file(vault):
    """A deletion whose transaction fails deletes nothing."""
    blob = a_blob(vault, b"stays")

    def delete_and_fail():
        with vault.transaction():
            vault.blobs.delete([blob])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        delete_and_fail()

    with vault.blobs.open(blob) as reader:
        assert reader.read() == b"stays"


def test_opening_sweeps_what_a_crash_left(vault, reopen):
    """Files without a key and keys without a use are gone after the next opening; the rest stays."""
    kept = a_blob(vault, b"kept")
    half = vault.blobs.create()
    half.write(bytes(200_000))
    half.abandon()
    stray = vault.blobs.path("ab" * 16)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"?")

    vault = reopen(vault)

    assert [path.name for path in vault.blobs.files()] == [kept]
    assert vault.database.value("SELECT count(*) FROM blob") == 1


def test_a_file_from_quarantine_is_adopted(vault, reopen):
    """What a child process wrote under a key of its own becomes a blob by renaming."""
    key = os.urandom(16)
    with BlobWriter(vault.quarantine / ("cd" * 16), Secret(key)) as writer:
        writer.write(b"from a stick")
        finished = writer.finish()
    blob = vault.blobs.adopt(vault.quarantine / finished.blob, Secret(key), finished)
    (vault.quarantine / "left").mkdir()
    (vault.quarantine / "left" / "over").write_bytes(b"?")

    vault = reopen(vault)

    with vault.blobs.open(blob) as reader:
        assert reader.read() == b"from a stick"
    assert list(vault.quarantine.iterdir()) == []


def test_keeping_an_unknown_blob_is_refused(vault):
    """A blob that has no row can't be written down as complete."""
    with pytest.raises(NotFound):
        vault.blobs.keep(FinishedBlob(blob="ef" * 16, byte_count=0, sha512=""))


def test_times_tell_no_hour(vault):
    """A finished blob's file shows the day alone."""
    path = vault.blobs.path(a_blob(vault, b"when"))

    assert path.stat().st_mtime % 86_400 == 0


def test_a_block_that_fails_leaves_no_file(vault):
    """An error while writing removes the file."""

    def write_and_fail():
        with vault.blobs.create() as writer:
            writer.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert list(vault.blobs.files()) == []
