# SPDX-License-Identifier: Apache-2.0
"""BagIt as a stream: one volume's bag, written into one age payload in one pass over the drafts.

The layout is fixed before the first byte is written, since every page of the head has a known length: digests
and signatures always have the same size. So each draft is read once, hashed and sealed on the way, and the
head is written when its digests are known (backfill.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from testimony_app.crypto.padme import padded_size
from testimony_app.exchange import contents, tagfiles, ustar
from testimony_app.exchange.backfill import BackfilledPayload
from testimony_app.exchange.contents import BundleJson, Item, ItemConsent
from testimony_app.exchange.errors import BeyondLimits, ItemChanged
from testimony_app.exchange.hashing import digest_for
from testimony_app.exchange.limits import BLOCK, FLOOR, TAG_FILES_MAX

_NO_DIGEST = "0" * 128
Progress = Callable[[int, int], None]
Signing = Callable[[bytes], tuple[bytes, bytes]]
"""Takes the tagmanifest, returns the two signature files: Ed25519 and composite."""


class PlainSource(Protocol):
    """A draft's plain bytes, read from front to back."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill some or all of the buffer and say how much; 0 at the end."""

    def close(self) -> None:
        """Let go of it."""


class Source(msgspec.Struct, frozen=True):
    """One payload to be: where it will stand, how long it is, and how to read it."""

    path: str
    media_type: contents.MediaType
    byte_count: int
    consent: ItemConsent
    open: Callable[[], PlainSource]
    title: str = ""
    language: str = ""

    def item(self, sha512: str = _NO_DIGEST) -> Item:
        """Return the line for bundle.json."""
        return Item(
            path=self.path,
            media_type=self.media_type,
            bytes=self.byte_count,
            sha512=sha512,
            title=self.title,
            language=self.language,
            consent=self.consent,
        )


class Layout(msgspec.Struct, frozen=True):
    """Where everything will stand in the tar, known before anything is written."""

    head_size: int
    total: int


def padded_total(head_size: int, payload_sizes: Sequence[int]) -> int:
    """Return the tar's whole length: head, members, end marker, and zeros up to the Padmé size."""
    bare = head_size + sum(ustar.member_length(size) for size in payload_sizes) + 2 * BLOCK
    total: int = padded_size(max(bare, FLOOR))
    return total + -total % BLOCK


def lay_out(page: BundleJson, signature_sizes: tuple[int, int]) -> Layout:
    """Return the layout of a bag whose page has all but its items' digests."""
    files = tagfiles.signed_pages(page, contents.write(page))
    sizes = [len(files[name]) for name in (*tagfiles.SIGNED, tagfiles.TAGMANIFEST)] + list(signature_sizes)
    if sum(sizes) > TAG_FILES_MAX:
        raise BeyondLimits(what="tag-files")
    head_size = sum(ustar.member_length(size) for size in sizes)
    return Layout(head_size=head_size, total=padded_total(head_size, [item.bytes for item in page.items]))


def write_bag(
    payload: BackfilledPayload,
    page: BundleJson,
    sources: Sequence[Source],
    sign: Signing,
    progress: Progress | None = None,
) -> tuple[BundleJson, bytes]:
    """Write the whole bag; return its page with all digests, and its tagmanifest."""
    tick = _Tally(sum(source.byte_count for source in sources), progress)
    items = [
        source.item(_write_member(payload, source, number, tick)) for number, source in enumerate(sources, start=1)
    ]
    page = msgspec.structs.replace(page, items=tuple(items))
    files = tagfiles.signed_pages(page, contents.write(page))
    files[tagfiles.ED25519_SIG], files[tagfiles.PQ_SIG] = sign(files[tagfiles.TAGMANIFEST])
    return page, _finish(payload, files)


def _finish(payload: BackfilledPayload, files: dict[str, bytes]) -> bytes:
    payload.write_zeros(payload.total - payload.position)
    payload.finish(b"".join(member(f"bag/{name}", files[name]) for name in tagfiles.HEAD))
    return files[tagfiles.TAGMANIFEST]


def member(name: str, body: bytes) -> bytes:
    """Return a small member whole: header, bytes, padding."""
    return ustar.header(name, len(body)) + body + bytes(ustar.padding(len(body)))


class _Tally:
    """Adds up what was written and tells whoever wants to know."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self._done, self._whole, self._progress = 0, whole, progress

    def add(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._whole)


def _write_member(payload: BackfilledPayload, source: Source, number: int, tally: _Tally) -> str:
    """Copy one draft into the bag and return its digest; ItemChanged when it isn't as long as was said."""
    payload.write(ustar.header(f"bag/{source.path}", source.byte_count))
    left = source.byte_count
    reader = source.open()
    try:
        with digest_for(left) as digest:
            while left:
                room = payload.room()[:left]
                count = reader.readinto(room) or 0
                if count == 0:
                    raise ItemChanged(item=number)
                digest.update(room[:count])
                payload.took(count)
                tally.add(count)
                left -= count
            found = digest.hexdigest()
        if reader.readinto(memoryview(bytearray(1))):
            raise ItemChanged(item=number)
    finally:
        reader.close()
    payload.write_zeros(ustar.padding(source.byte_count))
    return found


def as_source(data: bytes) -> Callable[[], PlainSource]:
    """Return an opener for bytes that are already in hand."""
    return lambda: io.BytesIO(data)
