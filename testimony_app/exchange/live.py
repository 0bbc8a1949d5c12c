# SPDX-License-Identifier: Apache-2.0
"""A recording sealed to the archive from its first byte: what stands before its sound.

A drop box writes each ten minutes of sound into a file of its own, `K7QF2M9X.REC`: an age header for the
archive's key, which is on the disk before the first sample, then an age payload whose content is a WAV without an
end. The file key was never anywhere but in memory, so that after a crash only the archive opens what is there, with
`age -d` as well as with us. Its first chunk, 65,536 bytes, holds all but the samples:

     0   "RIFF" | ff ff ff ff | "WAVE"
    12   "fmt " | 16 | 1 | channels | rate | bytes a second | bytes a frame | bits a sample
    36   "govh" | length | u32 length, page | u32 length, Ed25519 signature | u32 length, composite signature | zeros
 65528   "data" | ff ff ff ff        and the samples, little-endian, to wherever the recording ends

The page says which testimony, take and segment this is, and the SHA-512 of the age header before it. It is signed
under live-v1@govah by the testimony's one-time keys: whoever signed it made the header, and so held the file key,
without which no later byte can be made. All numbers are little-endian, as in every WAV.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical
from testimony_app.crypto.chunks import CHUNK
from testimony_app.crypto.errors import NotCanonical
from testimony_app.crypto.signing import Signatures
from testimony_app.exchange.contents import Day, Hex32, Hex64, Hex128, Position, Seq, Word
from testimony_app.exchange.errors import BundleJsonRefused, BundleTooNew, SignatureMissing
from testimony_app.exchange.limits import SIGNATURE_FILE_MAX
from testimony_app.model.ids import BlobId, RecordingId
from testimony_app.model.recording import Recording, RecordingState, Segment

SUFFIX = ".REC"
FORMAT = "govah-live"
PATH = "data/live.pcm"
"""Where the sound of a recording stands in a verified one."""
_NAME = "live.json"
_OPEN_END = b"\xff\xff\xff\xff"
_FMT = struct.Struct("<4sIHHIIHH")
_PARTS_AT = 44
_DATA_AT = CHUNK - 8
_PAGE_MAX = 16 * 1024


class LivePage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The signed page of one sealed recording."""

    format: Literal["govah-live"]
    major: Literal[1]
    minor: Annotated[int, Meta(ge=0, le=1_000_000)]
    critical: Annotated[tuple[Word, ...], Meta(max_length=64)]
    part: Hex32
    recipients: Annotated[tuple[Hex64, ...], Meta(min_length=1, max_length=16)]
    sender: Hex64
    seq: Seq
    header_sha512: Hex128
    testimony: Hex32
    code: Annotated[str, Meta(pattern=r"^T-[0-9A-Z]{4}-[0-9A-Z]{2}$", min_length=9, max_length=9)]
    day: Day
    recording: Hex32
    take: Position
    segment: Annotated[int, Meta(ge=0, le=10_000)]
    kind: Word
    started_at: Word
    sample_rate: Annotated[int, Meta(ge=4_000, le=384_000)]
    bits: Literal[16, 24]
    channels: Annotated[int, Meta(ge=1, le=8)]
    sample_bytes: Literal[2, 3, 4]
    """How wide a sample stands in the file; it is in the last `bits / 8` bytes of it."""
    device: Annotated[str, Meta(max_length=200)]
    ext: dict[str, Any]

    @property
    def frame_bytes(self) -> int:
        """Return how many bytes one frame takes."""
        return self.channels * self.sample_bytes

    def as_recording(self, frames: int, sha256: str) -> Recording:
        """Return the recording, one segment of it, as far as it came."""
        segment = Segment(index=self.segment, blob=BlobId(PATH), frames=frames, encoding="pcm", sha256=sha256)
        return Recording(
            id=RecordingId(self.recording),
            take=self.take,
            kind=self.kind,
            state=RecordingState.INTERRUPTED,
            started_at=self.started_at,
            sample_rate=self.sample_rate,
            bits=self.bits,
            channels=self.channels,
            frames=frames,
            device=self.device,
            segments=(segment,),
        )


def is_one(path: Path) -> bool:
    """Tell by its name whether a file is offered as a sealed recording."""
    return path.suffix.upper() == SUFFIX


def opening(page: LivePage, page_bytes: bytes, signatures: Signatures) -> bytes:
    """Return the first chunk: everything before the sound."""
    parts = b"".join(
        struct.pack("<I", len(part)) + part
        for part in (page_bytes, signatures.ed25519.encode("ascii"), signatures.pq.encode("ascii"))
    )
    length = _DATA_AT - _PARTS_AT
    frame = page.frame_bytes
    head = b"RIFF" + _OPEN_END + b"WAVE"
    head += _FMT.pack(
        b"fmt ", 16, 1, page.channels, page.sample_rate, page.sample_rate * frame, frame, 8 * page.sample_bytes
    )
    head += b"govh" + struct.pack("<I", length) + parts
    if len(head) > _DATA_AT:
        raise ValueError("the page is too long")
    return head + bytes(_DATA_AT - len(head)) + b"data" + _OPEN_END


def parts_of(untrusted_opening: bytes) -> tuple[bytes, Signatures]:
    """Return the page and its signatures from a first chunk, nothing of them believed.

    Raises BundleJsonRefused, SignatureMissing.
    """
    at = _PARTS_AT
    if untrusted_opening[:4] != b"RIFF" or untrusted_opening[36:40] != b"govh":
        raise BundleJsonRefused(file=_NAME, why="form")
    parts = []
    for most in (_PAGE_MAX, SIGNATURE_FILE_MAX, SIGNATURE_FILE_MAX):
        length = int.from_bytes(untrusted_opening[at : at + 4], "little")
        if length > most or at + 4 + length > _DATA_AT:
            raise BundleJsonRefused(file=_NAME, why="form")
        parts.append(untrusted_opening[at + 4 : at + 4 + length])
        at += 4 + length
    if not parts[1] or not parts[2]:
        raise SignatureMissing
    try:
        return parts[0], Signatures(parts[1].decode("ascii"), parts[2].decode("ascii"))
    except UnicodeDecodeError:
        raise BundleJsonRefused(file=_NAME, why="form") from None


def read(untrusted_bytes: bytes) -> LivePage:
    """Return the page that these bytes are the only spelling of; raises BundleTooNew or BundleJsonRefused."""
    try:
        untrusted = canonical.loads(untrusted_bytes)
    except NotCanonical:
        raise BundleJsonRefused(file=_NAME, why="not-canonical") from None
    major = untrusted.get("major") if isinstance(untrusted, dict) else None
    if type(major) is int and major > 1:
        raise BundleTooNew(major=major)
    try:
        page = msgspec.convert(untrusted, LivePage)
    except msgspec.ValidationError:
        raise BundleJsonRefused(file=_NAME, why="schema") from None
    if page.critical:
        raise BundleTooNew(major=1)
    return page


def check(page: LivePage, page_bytes: bytes, signatures: Signatures, untrusted_opening: bytes, header: bytes) -> None:
    """Return if the first chunk is the page's only spelling, and the page is about this very header."""
    if opening(page, page_bytes, signatures) != untrusted_opening:
        raise BundleJsonRefused(file=_NAME, why="form")
    if hashlib.sha512(header).hexdigest() != page.header_sha512:
        raise BundleJsonRefused(file=_NAME, why="header")
