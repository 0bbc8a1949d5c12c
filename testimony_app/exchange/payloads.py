# SPDX-License-Identifier: Apache-2.0
"""What of a testimony goes into its bundle, under which names, and in which volume.

data/testimony.json            in every volume: each must be understood without the others
data/identity.age              who the witness is, sealed to the keepers' key; in the first volume alone
data/audio/r01-s01.flac        take 1, segment 1 (at most ten minutes each)
data/text/statement.txt        the written testimony, UTF-8, as testimony.json has it
data/attachments/a01.bin       photographs, letters, untouched originals
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from testimony_app.crypto import age
from testimony_app.exchange import inner, tagfiles
from testimony_app.exchange.bag import PlainSource, Source, as_source
from testimony_app.exchange.contents import ItemConsent, MediaType
from testimony_app.exchange.errors import ItemTooLarge, RecordingNotSettled
from testimony_app.exchange.limits import ITEMS_PER_VOLUME, PAYLOAD_FILE_MAX, VOLUME_TARGET
from testimony_app.model.consent import current
from testimony_app.model.ids import BlobId
from testimony_app.model.person import Identity
from testimony_app.model.recording import Segment
from testimony_app.model.testimony import State, Testimony

_IDENTITY_STEP = 4096
_KNOWN_TYPES = frozenset(MediaType.__args__)  # type: ignore[attr-defined]


class Drafts(msgspec.Struct, frozen=True):
    """How the bytes of a testimony's blobs are reached: plain length, and a reader."""

    size: Callable[[BlobId], int]
    open: Callable[[BlobId], PlainSource]


def gather(testimony: Testimony, identity_age: bytes, drafts: Drafts) -> tuple[list[Source], list[Source]]:
    """Return the sources that every volume repeats, and those that are shared out among volumes."""
    consent = _consent(testimony)
    carried, parts = _with_paths(testimony)
    language = testimony.languages[0] if testimony.languages else ""
    body = inner.write_testimony(carried)
    everywhere = [_small(tagfiles.TESTIMONY_JSON, "application/json", body, consent, language)]
    once = []
    if identity_age:
        once.append(_small(tagfiles.IDENTITY_AGE, "application/age", identity_age, consent, ""))
    if testimony.statement:
        text = testimony.statement.text.encode()
        once.append(_small(tagfiles.STATEMENT_TXT, "text/plain", text, consent, testimony.statement.language))
    for path, media_type, title, blob in parts:
        once.append(_large(path, media_type, title, blob, drafts, consent))
    return everywhere, once


def share_out(everywhere: Sequence[Source], once: Sequence[Source]) -> list[list[Source]]:
    """Return the sources of each volume, every volume sorted by path and filled up to about 1 GiB."""
    volumes: list[list[Source]] = [[]]
    filled = 0
    for source in once:
        is_full = len(volumes[-1]) >= ITEMS_PER_VOLUME or filled + source.byte_count > VOLUME_TARGET
        if volumes[-1] and is_full:
            volumes.append([])
            filled = 0
        volumes[-1].append(source)
        filled += source.byte_count
    return [sorted([*everywhere, *volume], key=lambda source: source.path) for volume in volumes]


def seal_identity(identity: Identity | None, recipients: Sequence[str]) -> bytes:
    """Return the identity envelope, its length rounded so that it doesn't tell the names' length; b"" for none."""
    if identity is None or identity.is_empty():
        return b""
    body = bytearray(inner.write_values(identity))
    # Line breaks after the JSON, which every reader of JSON passes over.
    body += b"\n" * (-len(body) % _IDENTITY_STEP)
    try:
        return age.seal_bytes(body, [age.HybridRecipient.from_text(text) for text in recipients])
    finally:
        body[:] = bytes(len(body))


def _consent(testimony: Testimony) -> ItemConsent:
    state = current(testimony.consent)
    allowed = tuple(sorted(purpose for purpose in state.answers if state.allows(purpose)))
    return ItemConsent(allows=allowed, identity_level=state.identity_level, release=state.release)


def _with_paths(testimony: Testimony) -> tuple[Testimony, list[tuple[str, str, str, BlobId]]]:
    """Return the testimony as it is carried, with paths for blobs; and for each path what stands there."""
    parts: list[tuple[str, str, str, BlobId]] = []
    recordings = []
    for number, recording in enumerate(testimony.recordings, start=1):
        segments: list[Segment] = []
        for segment in recording.segments:
            if segment.encoding != "flac":
                raise RecordingNotSettled(take=recording.take)
            path = f"data/audio/r{number:02d}-s{len(segments) + 1:02d}.flac"
            parts.append((path, "audio/flac", "", segment.blob))
            segments.append(msgspec.structs.replace(segment, blob=BlobId(path)))
        recordings.append(msgspec.structs.replace(recording, segments=tuple(segments)))
    attachments = []
    for number, attachment in enumerate(testimony.attachments, start=1):
        path = f"data/attachments/a{number:02d}.bin"
        parts.append((path, attachment.media_type, attachment.title, attachment.blob))
        attachments.append(msgspec.structs.replace(attachment, blob=BlobId(path)))
    carried = msgspec.structs.replace(
        testimony, state=State.SEALED, recordings=tuple(recordings), attachments=tuple(attachments)
    )
    return carried, parts


def _small(path: str, media_type: MediaType, body: bytes, consent: ItemConsent, language: str) -> Source:
    return Source(
        path=path,
        media_type=media_type,
        byte_count=len(body),
        consent=consent,
        open=as_source(body),
        language=language,
    )


def _large(path: str, media_type: str, title: str, blob: BlobId, drafts: Drafts, consent: ItemConsent) -> Source:
    size = drafts.size(blob)
    if size > PAYLOAD_FILE_MAX:
        raise ItemTooLarge(bytes=size)
    known = media_type if media_type in _KNOWN_TYPES else "application/octet-stream"
    return Source(
        path=path,
        media_type=known,  # type: ignore[arg-type]
        byte_count=size,
        consent=consent,
        open=lambda: drafts.open(blob),
        title=title[:1000],
    )
