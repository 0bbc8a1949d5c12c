# SPDX-License-Identifier: Apache-2.0
"""The age payload: every length, every position, every cut, every failing call."""

from __future__ import annotations

import errno
import io
import os
import random

import pytest

from testimony_app.crypto.errors import HeaderDamaged, PayloadTampered, PayloadTruncated
from testimony_app.crypto.stream import (
    CHUNK,
    NONCE,
    SEALED_CHUNK,
    PayloadReader,
    PayloadWriter,
    payload_size,
    plain_size,
)

KEY = bytes(range(16))
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 20 * CHUNK, 20 * CHUNK + 5]


def sealed(content, pieces=(10**9,)):
    """Return a payload written in pieces of these sizes, again and again."""
    out, at, turn = io.BytesIO(), 0, 0
    with PayloadWriter(out, KEY) as writer:
        while at < len(content):
            size = pieces[turn % len(pieces)]
            assert writer.write(content[at : at + size]) == len(content[at : at + size])
            at, turn = at + size, turn + 1
    return out.getvalue()


def drain(reader, out, block):
    """Read a payload to its end, keeping what was handed out also when it ends in an error."""
    while piece := reader.read(block):
        out += piece


@pytest.mark.parametrize("pieces", [(10**9,), (1000,), (CHUNK,), (1, CHUNK, 3 * CHUNK), (CHUNK - 1, 2)])
@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_written_is_read(length, pieces):
    """Content of every awkward length, written in pieces of every awkward size, comes back, and fills its room."""
    content = random.Random(length).randbytes(length)
    payload = sealed(content, pieces)
    reader = PayloadReader(io.BytesIO(payload), KEY)

    assert reader.readall() == content
    assert reader.size() == length
    assert len(payload) == payload_size(length)
    assert plain_size(len(payload)) == length


@pytest.mark.parametrize("size", [0, 16, 31, NONCE + SEALED_CHUNK + 1, NONCE + SEALED_CHUNK + 16])
def test_some_sizes_are_no_payload(size):
    """A payload never has the size that an empty last chunk, or less than a tag, would give it."""
    with pytest.raises(PayloadTruncated):
        plain_size(size)


def test_any_place_can_be_read():
    """A thousand random places, read in random lengths by read and readinto, are what was written there."""
    content = random.Random(1).randbytes(5 * CHUNK + 777)
    reader = PayloadReader(io.BytesIO(sealed(content)), KEY)
    places = random.Random(2)
    for _ in range(1000):
        start, count = places.randrange(len(content) + 10), places.randrange(2 * CHUNK)
        reader.seek(start)
        buffer = bytearray(count)
        filled = reader.readinto(buffer)
        assert buffer[:filled] == content[start : start + count]
        assert reader.tell() == start + filled


def test_seeking_is_that_of_files():
    """Seeking from the start, from here and from the end are what they are for any file."""
    content = bytes(range(256)) * 600
    reader = PayloadReader(io.BytesIO(sealed(content)), KEY)

    assert (reader.seekable(), reader.readable(), reader.writable()) == (True, True, False)
    assert reader.seek(-5, os.SEEK_END) == len(content) - 5
    assert reader.read() == content[-5:]
    reader.seek(100)
    assert reader.seek(20, os.SEEK_CUR) == 120
    assert reader.read(1) == content[120:121]
    with pytest.raises(ValueError, match="negative"):
        reader.seek(-1)


def test_a_payload_inside_a_file_has_its_own_beginning_and_end():
    """A payload between other bytes is read within its bounds."""
    payload = sealed(b"inside" * 30_000)
    file = io.BytesIO(b"before" + payload + b"after")

    reader = PayloadReader(file, KEY, start=6, end=6 + len(payload))

    assert reader.readall() == b"inside" * 30_000


def test_every_altered_bit_is_noticed():
    """One bit altered anywhere, in a nonce, a chunk or a tag, never gives other content."""
    content = random.Random(3).randbytes(2 * CHUNK + 100)
    payload = sealed(content)
    places = [*range(NONCE + 3), *random.Random(4).sample(range(len(payload)), 60), len(payload) - 1]
    for place in places:
        altered = bytearray(payload)
        altered[place] ^= 1 << place % 8
        reader, out = PayloadReader(io.BytesIO(altered), KEY), bytearray()
        with pytest.raises(PayloadTampered):
            drain(reader, out, 10_000)
        assert content.startswith(bytes(out))


def test_every_cut_is_noticed():
    """A payload cut at any of many places is never read to its end, and gives only what was authentic."""
    content = random.Random(5).randbytes(3 * CHUNK)
    payload = sealed(content)
    for size in [*range(NONCE, NONCE + 20), *range(100, len(payload), 997), len(payload) - 1]:
        reader, out = PayloadReader(io.BytesIO(payload[:size]), KEY), bytearray()
        with pytest.raises((PayloadTampered, PayloadTruncated)):
            drain(reader, out, CHUNK)
        assert content.startswith(bytes(out))


@pytest.mark.parametrize("size", range(NONCE))
def test_a_cut_nonce_is_damage(size):
    """Without its whole nonce a payload is not begun."""
    with pytest.raises(HeaderDamaged):
        PayloadReader(io.BytesIO(sealed(b"x")[:size]), KEY)


def test_trailing_bytes_are_noticed():
    """Bytes after the marked end are damage, whether a chunk's worth or one."""
    for length, extra in [(CHUNK, 1), (CHUNK, SEALED_CHUNK), (2 * CHUNK, 40), (100, 1)]:
        payload = sealed(bytes(length)) + os.urandom(extra)
        with pytest.raises(PayloadTampered):
            PayloadReader(io.BytesIO(payload), KEY).readall()


def test_a_wrong_key_opens_nothing():
    """Another file key is noticed at the first chunk."""
    with pytest.raises(PayloadTampered):
        PayloadReader(io.BytesIO(sealed(bytes(200_000))), bytes(16)).read(1)


def test_content_of_one_payload_does_not_fit_another():
    """A chunk of another payload under the same file key is refused: each payload has its own key."""
    first, second = sealed(bytes(3 * CHUNK)), sealed(bytes(3 * CHUNK))
    spliced = first[: NONCE + SEALED_CHUNK] + second[NONCE + SEALED_CHUNK :]

    with pytest.raises(PayloadTampered):
        PayloadReader(io.BytesIO(spliced), KEY).readall()


def test_nothing_unauthentic_is_left_in_the_caller_s_buffer():
    """When a chunk does not open, what the cipher made of it is wiped from the buffer it was read into."""
    payload = bytearray(sealed(b"\xaa" * (4 * CHUNK)))
    payload[NONCE + SEALED_CHUNK + 5] ^= 1
    buffer = bytearray(4 * CHUNK)

    filled = PayloadReader(io.BytesIO(payload), KEY).readinto(buffer)

    assert filled == CHUNK
    assert not any(buffer[CHUNK:])


def test_a_full_chunk_is_written_as_soon_as_it_is_known_not_to_be_the_last():
    """A power cut costs what is in memory: never more than one chunk."""
    out = io.BytesIO()
    writer = PayloadWriter(out, KEY)
    for _ in range(1000):
        writer.write(bytes(1000))
        assert writer.bytes_held <= CHUNK
    assert len(out.getvalue()) == NONCE + writer.chunks_written * SEALED_CHUNK
    assert writer.chunks_written == (1_000_000 - 1) // CHUNK


def test_what_a_power_cut_left_is_read_as_far_as_it_is_authentic():
    """Cut at any of many places, an unfinished payload gives just its whole chunks, and says it was not finished."""
    content, out = random.Random(6).randbytes(5 * CHUNK), io.BytesIO()
    PayloadWriter(out, KEY).write(content)
    payload = out.getvalue()
    for size in [*range(NONCE, len(payload), 4999), NONCE + SEALED_CHUNK, len(payload)]:
        reader = PayloadReader(io.BytesIO(payload[:size]), KEY, allow_unterminated=True)
        whole = (size - NONCE) // SEALED_CHUNK * CHUNK
        assert reader.is_unterminated
        assert reader.size() == whole
        assert reader.readall() == content[:whole]


@pytest.mark.parametrize("tail", [b"\0" * 40_000, b"\0" * 200_000, os.urandom(SEALED_CHUNK)])
def test_what_a_disk_adds_after_a_power_cut_is_passed_over(tail):
    """Zeros or old bytes behind what was synced, as file systems leave them, do not hide what was synced."""
    content, out = random.Random(7).randbytes(10 * CHUNK), io.BytesIO()
    PayloadWriter(out, KEY).write(content)
    whole = (len(out.getvalue()) - NONCE) // SEALED_CHUNK * CHUNK

    reader = PayloadReader(io.BytesIO(out.getvalue() + tail), KEY, allow_unterminated=True)

    assert reader.is_unterminated
    assert reader.readall() == content[:whole]


def test_a_finished_payload_is_not_called_unfinished():
    """A payload with its end is what it is, also when an unfinished one would do."""
    reader = PayloadReader(io.BytesIO(sealed(bytes(100_000))), KEY, allow_unterminated=True)

    assert not reader.is_unterminated
    assert reader.size() == 100_000


def test_another_key_is_not_taken_for_a_power_cut():
    """A long payload of which no chunk opens is damage, not an unfinished one of no length."""
    with pytest.raises(PayloadTampered):
        PayloadReader(io.BytesIO(sealed(bytes(300_000))), bytes(16), allow_unterminated=True)


def test_damage_within_an_unfinished_payload_is_reported_where_it_is():
    """What is damaged before the cut stays damage."""
    out = io.BytesIO()
    PayloadWriter(out, KEY).write(bytes(5 * CHUNK))
    payload = bytearray(out.getvalue())
    payload[NONCE + SEALED_CHUNK] ^= 1
    reader = PayloadReader(io.BytesIO(payload), KEY, allow_unterminated=True)

    assert len(reader.read(CHUNK)) == CHUNK
    with pytest.raises(PayloadTampered):
        reader.read(1)


def test_a_file_that_shrinks_under_our_hands_is_noticed():
    """A stick pulled out while it is read ends in an error, not in a shorter testimony."""
    file = io.BytesIO(sealed(bytes(500_000)))
    reader = PayloadReader(file, KEY)
    reader.read(1)
    file.truncate(100_000)

    with pytest.raises(PayloadTruncated):
        reader.readall()


class FussyFile(io.BytesIO):
    """A file that takes and gives a few bytes at a time, and fails at the n-th call."""

    def __init__(self, content=b"", most=7919, fails_at=10**9, number=errno.EIO):
        super().__init__(content)
        self.most, self.fails_at, self.number, self.calls = most, fails_at, number, 0

    def _count(self):
        self.calls += 1
        if self.calls == self.fails_at:
            raise OSError(self.number, os.strerror(self.number))

    def write(self, data):
        """Take some of the bytes."""
        self._count()
        return super().write(data[: self.most])

    def readinto(self, buffer):
        """Give some of the bytes."""
        self._count()
        return super().readinto(memoryview(buffer)[: self.most])


def test_files_that_take_and_give_a_little_are_served():
    """Short writes and short reads lose nothing."""
    content, file = random.Random(8).randbytes(4 * CHUNK + 9), FussyFile()
    with PayloadWriter(file, KEY) as writer:
        writer.write(content)

    assert PayloadReader(FussyFile(file.getvalue()), KEY).readall() == content


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EFBIG])
def test_a_failing_disk_never_leaves_what_passes_for_whole(number):
    """Whichever call fails, the error is raised, and what is left opens as far as it was written and no farther."""
    content = random.Random(9).randbytes(3 * CHUNK + 9)
    for call in range(1, 10**6):
        file = FussyFile(most=CHUNK, fails_at=call, number=number)
        try:
            with PayloadWriter(file, KEY) as writer:
                for start in range(0, len(content), 50_000):
                    writer.write(content[start : start + 50_000])
        except OSError as error:
            raised = error.errno
        else:
            break
        assert raised == number
        if len(file.getvalue()) >= NONCE:
            reader = PayloadReader(io.BytesIO(file.getvalue()), KEY, allow_unterminated=True)
            assert reader.is_unterminated
            assert content.startswith(reader.readall())
    assert call > 5
    assert PayloadReader(io.BytesIO(file.getvalue()), KEY).readall() == content


def test_a_failing_disk_is_not_read_past():
    """Whichever reading fails, the error is raised and nothing is made up."""
    payload = sealed(bytes(3 * CHUNK))
    failed = 0
    for call in range(1, 100):
        file = FussyFile(payload, most=CHUNK, fails_at=call)
        try:
            assert PayloadReader(file, KEY).readall() == bytes(3 * CHUNK)
        except OSError:
            failed += 1
        else:
            break
    assert failed == call - 1 > 5
    assert file.calls < call


def test_a_file_that_takes_nothing_is_an_error():
    """A file that says it wrote nothing, again and again, does not hang the writer."""
    with pytest.raises(OSError, match="nothing"):
        PayloadWriter(FussyFile(most=0), KEY)


def test_a_finished_writer_and_a_closed_reader_do_no_more():
    """After the end the keys are gone: writing and reading are errors, finishing again is not."""
    out = io.BytesIO()
    writer = PayloadWriter(out, KEY)
    writer.write(b"x")
    writer.finish()
    writer.finish()
    reader = PayloadReader(out, KEY)
    reader.close()
    reader.close()

    with pytest.raises(ValueError, match="finished"):
        writer.write(b"x")
    with pytest.raises(ValueError, match="closed"):
        reader.read(1)


def test_a_file_that_does_not_say_how_much_it_took_is_believed():
    """Some files return nothing from write, and mean everything."""

    class Silent(io.BytesIO):
        def write(self, data):
            super().write(data)

    file = Silent()
    with PayloadWriter(file, KEY) as writer:
        writer.write(bytes(100_000))

    assert PayloadReader(file, KEY).readall() == bytes(100_000)


def test_bytes_are_written_after_a_chunk_that_is_just_full():
    """A chunk that is full and waiting is sealed when one byte more arrives, and not before."""
    out = io.BytesIO()
    writer = PayloadWriter(out, KEY)
    writer.write(bytes(CHUNK))
    assert (writer.chunks_written, writer.bytes_held) == (0, CHUNK)
    writer.write(b"x")
    assert (writer.chunks_written, writer.bytes_held) == (1, 1)
