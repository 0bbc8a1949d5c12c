# SPDX-License-Identifier: Apache-2.0
"""The other side of bag.py: reads a bag from front to back and believes nothing that it hasn't checked.

The order is the safety. `read_head` takes the seven pages; the caller finds out who signed them and only then
asks `check_head` what they say; from that page every later byte of the tar is known but the payloads
themselves, and `read_payloads` compares each. Whatever differs ends the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from testimony_app.exchange import contents, tagfiles, ustar
from testimony_app.exchange.bag import padded_total
from testimony_app.exchange.contents import BundleJson, Item
from testimony_app.exchange.errors import BagBroken, BeyondLimits, NotStrictTar, PayloadDiffers
from testimony_app.exchange.hashing import buffers_in_turn, digest_for
from testimony_app.exchange.limits import BLOCK, BUNDLE_JSON_MAX, MIB, SIGNATURE_FILE_MAX, TAG_FILES_MAX

_PIECE = MIB


class Plain(Protocol):
    """The decrypted tar, every byte of it authenticated before it is handed out."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill some or all of the buffer and say how much; 0 at the authenticated end."""


class Sink(Protocol):
    """Where one payload's bytes go."""

    def write(self, data: memoryview, /) -> object:
        """Take all of the bytes."""

    def finish(self) -> None:
        """Close after the last byte."""


class RawHead(msgspec.Struct, frozen=True):
    """The seven pages as they came, nothing of them believed."""

    untrusted_files: dict[str, bytes]
    byte_count: int
    """How much of the tar they took."""


def read_head(plain: Plain) -> RawHead:
    """Return the seven members that open a bag; raises NotStrictTar or BeyondLimits."""
    files: dict[str, bytes] = {}
    taken = 0
    for number, expected in enumerate(tagfiles.HEAD, start=1):
        name, size = ustar.parse(_exactly(plain, BLOCK), number)
        if name != f"bag/{expected}":
            raise NotStrictTar(why="order", member=number)
        taken += ustar.member_length(size)
        if size > _most(expected) or taken > TAG_FILES_MAX:
            raise BeyondLimits(what="tag-files")
        files[expected] = _exactly(plain, size)
        if any(_exactly(plain, ustar.padding(size))):
            raise NotStrictTar(why="padding", member=number)
    return RawHead(untrusted_files=files, byte_count=taken)


def check_head(head: RawHead) -> BundleJson:
    """Return the signed page, once its signature was checked by the caller, if all seven pages fit each other."""
    files = head.untrusted_files
    page = contents.read(files[tagfiles.BUNDLE_JSON])
    expected = tagfiles.signed_pages(page, files[tagfiles.BUNDLE_JSON])
    # The tagmanifest comes first: when it differs, something was swapped under a valid signature.
    for name in (tagfiles.TAGMANIFEST, *tagfiles.SIGNED):
        if files[name] != expected[name]:
            raise BagBroken(why=name)
    return page


def tar_length(head: RawHead, page: BundleJson) -> int:
    """Return how long the tar must be, to the byte."""
    return padded_total(head.byte_count, [item.bytes for item in page.items])


def read_payloads(plain: Plain, head: RawHead, page: BundleJson, sink_for: Callable[[Item], Sink]) -> None:
    """Read the rest of the bag into sinks, one for each payload, up to the authenticated end."""
    first = len(tagfiles.HEAD) + 1
    buffer = memoryview(bytearray(_PIECE))
    buffers = buffers_in_turn(_PIECE)
    for number, item in enumerate(page.items):
        if _exactly(plain, BLOCK) != ustar.header(f"bag/{item.path}", item.bytes):
            raise NotStrictTar(why="header", member=first + number)
        _read_payload(plain, item, number + 1, sink_for(item), buffers)
        if any(_exactly(plain, ustar.padding(item.bytes))):
            raise NotStrictTar(why="padding", member=first + number)
    members = sum(ustar.member_length(item.bytes) for item in page.items)
    _read_zeros(plain, tar_length(head, page) - head.byte_count - members, buffer)
    if plain.readinto(buffer[:1]):
        raise NotStrictTar(why="length", member=0)


def _read_payload(plain: Plain, item: Item, number: int, sink: Sink, buffers: Iterator[memoryview]) -> None:
    left = item.bytes
    with digest_for(left) as digest:
        while left:
            piece = next(buffers)[: min(left, _PIECE)]
            _fill(plain, piece)
            digest.update(piece)
            sink.write(piece)
            left -= piece.nbytes
        found = digest.hexdigest()
    if found != item.sha512:
        raise PayloadDiffers(item=number)
    sink.finish()


def _read_zeros(plain: Plain, count: int, buffer: memoryview) -> None:
    nothing = bytes(_PIECE)
    while count:
        piece = buffer[: min(count, _PIECE)]
        _fill(plain, piece)
        if bytes(piece) != nothing[: piece.nbytes]:
            raise NotStrictTar(why="end", member=0)
        count -= piece.nbytes


def _exactly(plain: Plain, size: int) -> bytes:
    buffer = bytearray(size)
    _fill(plain, memoryview(buffer))
    return bytes(buffer)


def _fill(plain: Plain, target: memoryview) -> None:
    while target.nbytes:
        count = plain.readinto(target) or 0
        if count == 0:
            # The envelope ended well, but the tar inside it didn't.
            raise NotStrictTar(why="short", member=0)
        target = target[count:]


def _most(name: str) -> int:
    if name == tagfiles.BUNDLE_JSON:
        return BUNDLE_JSON_MAX
    if name.startswith("sig/"):
        return SIGNATURE_FILE_MAX
    return TAG_FILES_MAX
