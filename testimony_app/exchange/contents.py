# SPDX-License-Identifier: Apache-2.0
"""bundle.json as values: what the signed page of a bundle says, with every limit on it.

The published JSON Schema (resources/schema/bundle-1.0.json) is generated from these types. A reader takes
any minor version of its major one; members it doesn't know may stand only under `ext`, and a name in
`critical` that it doesn't know is a refusal.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical
from testimony_app.crypto.errors import NotCanonical
from testimony_app.exchange import ustar
from testimony_app.exchange.errors import BeyondLimits, BundleJsonRefused, BundleTooNew
from testimony_app.exchange.limits import BUNDLE_JSON_MAX, MANIFEST_LINES_MAX, PAYLOAD_FILE_MAX, REAL_RECIPIENTS_MAX

FORMAT = "govah-bundle"
MAJOR = 1
MINOR = 0
CONSENT = "consent"
"""In `critical`: the bundle carries acts of consent about a testimony, not the testimony; since 1.1."""
MINOR_WITH_CONSENT = 1
UNDERSTOOD: frozenset[str] = frozenset({CONSENT})
"""Names that may stand in `critical`; version 1.0 knew none."""

CONSENT_PATH = "data/consent.json"

_HEX32 = r"^[0-9a-f]{32}$"
_HEX64 = r"^[0-9a-f]{64}$"
_HEX128 = r"^[0-9a-f]{128}$"

# A pattern's `$` also matches before a line break at the end; the fixed lengths shut that door.
Hex32 = Annotated[str, Meta(pattern=_HEX32, min_length=32, max_length=32)]
Hex64 = Annotated[str, Meta(pattern=_HEX64, min_length=64, max_length=64)]
Hex128 = Annotated[str, Meta(pattern=_HEX128, min_length=128, max_length=128)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", min_length=10, max_length=10)]
Seq = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Position = Annotated[int, Meta(ge=1, le=10_000)]
Title = Annotated[str, Meta(max_length=1000)]
Language = Annotated[str, Meta(max_length=35)]
Word = Annotated[str, Meta(max_length=64)]

MediaType = Literal[
    "application/age",
    "application/json",
    "application/octet-stream",
    "application/pdf",
    "audio/flac",
    "audio/ogg",
    "audio/wav",
    "image/jpeg",
    "image/png",
    "text/plain",
    "text/vtt",
]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which volume this is, of how many that belong together."""

    id: Hex32
    index: Position
    count: Position


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the writer promised about the envelope."""

    pq: Literal[True]
    """True: sealed to quantum-safe keys only, and signed with a quantum-safe key as well."""


class ItemConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the witness allows for an item, as computed on the day of sealing; testimony.json has the acts."""

    allows: Annotated[tuple[Word, ...], Meta(max_length=64)]
    identity_level: Word
    release: Word


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One payload file."""

    path: Annotated[str, Meta(min_length=6, max_length=96)]
    media_type: MediaType
    bytes: Annotated[int, Meta(ge=0, le=PAYLOAD_FILE_MAX)]
    sha512: Hex128
    title: Title
    language: Language
    consent: ItemConsent


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the sender's log stood: its last sequence number and hash."""

    seq: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    hash: Annotated[str, Meta(pattern=r"^([0-9a-f]{128})?$", max_length=128)]


class BundleJson(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The signed page of one volume."""

    format: Literal["govah-bundle"]
    major: Literal[1]
    minor: Annotated[int, Meta(ge=0, le=1_000_000)]
    critical: Annotated[tuple[Word, ...], Meta(max_length=64)]
    bundle: Hex32
    group: Group
    recipients: Annotated[tuple[Hex64, ...], Meta(min_length=1, max_length=REAL_RECIPIENTS_MAX)]
    sender: Hex64
    seq: Seq
    prev: Hex128 | None
    policy: Policy
    testimony: Hex32
    code: Annotated[str, Meta(pattern=r"^T-[0-9A-Z]{4}-[0-9A-Z]{2}$", min_length=9, max_length=9)]
    day: Day
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=MANIFEST_LINES_MAX)]
    log_head: Head
    volumes: Annotated[tuple[Hex128, ...], Meta(max_length=10_000)]
    """In the last volume of several: the tagmanifest digests of those before it, in order; else empty."""
    ext: dict[str, Any]

    @property
    def is_consent(self) -> bool:
        """Tell whether it carries acts of consent alone."""
        return CONSENT in self.critical

    @property
    def payload_bytes(self) -> int:
        """Return the sum of all payload lengths."""
        return sum(item.bytes for item in self.items)


def write(page: BundleJson) -> bytes:
    """Return the canonical bytes of a page."""
    return canonical.dumps(msgspec.to_builtins(page))


def read(untrusted_bytes: bytes) -> BundleJson:
    """Return the page that these bytes are the only spelling of.

    Raises BundleTooNew, BundleJsonRefused or BeyondLimits.
    """
    if len(untrusted_bytes) > BUNDLE_JSON_MAX:
        raise BeyondLimits(what="bundle-json")
    untrusted = _loads(untrusted_bytes)
    _refuse_newer(untrusted)
    try:
        page = msgspec.convert(untrusted, BundleJson)
    except msgspec.ValidationError:
        raise BundleJsonRefused(file="bundle.json", why="schema") from None
    _check_sense(page)
    return page


def _loads(untrusted_bytes: bytes) -> object:
    try:
        return canonical.loads(untrusted_bytes)
    except NotCanonical:
        raise BundleJsonRefused(file="bundle.json", why="not-canonical") from None


def _refuse_newer(untrusted: object) -> None:
    # Looked at before the schema, so that a later version is called what it is, not "broken".
    if not isinstance(untrusted, dict) or untrusted.get("format") != FORMAT:
        raise BundleJsonRefused(file="bundle.json", why="format")
    major, critical = untrusted.get("major"), untrusted.get("critical")
    if type(major) is int and major > MAJOR:
        raise BundleTooNew(major=major)
    if isinstance(critical, list) and any(name not in UNDERSTOOD for name in critical if isinstance(name, str)):
        raise BundleTooNew(major=MAJOR)


def _check_sense(page: BundleJson) -> None:
    """Refuse what the schema can't say."""
    paths = [item.path for item in page.items]
    is_alone = paths == [CONSENT_PATH] and page.group.count == 1 and page.critical == (CONSENT,)
    sensible = {
        "item-path": all(ustar.is_payload_path(path) for path in paths),
        "item-order": all(a < b for a, b in pairwise(paths)),
        "recipient-twice": len(set(page.recipients)) == len(page.recipients),
        "day": _is_day(page.day),
        "group-index": page.group.index <= page.group.count,
        "volumes": len(page.volumes) == (page.group.count - 1 if page.group.index == page.group.count else 0),
        "prev": (page.prev is None) == (page.seq == 1),
        "consent-alone": is_alone or not (page.is_consent or CONSENT_PATH in paths),
    }
    for why, holds in sensible.items():
        if not holds:
            raise BundleJsonRefused(file="bundle.json", why=why)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
