# SPDX-License-Identifier: Apache-2.0
"""Makes bundles in which any byte, field or signature can be bent, each from the same honest one.

A forgery is an honest bundle with one thing different, made by somebody who has every key but honesty: what
comes after the bend (digests, signatures, envelope) is made to fit again, unless the bend is about just that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from testimony_app.crypto import age, signing
from testimony_app.crypto.padme import padded_size
from testimony_app.exchange import payloads, tagfiles, ustar
from testimony_app.exchange.history import History
from testimony_app.exchange.receive import Desk
from testimony_app.model.partner import Partner
from tests.exchange.people import Blobs, Party, a_collector, a_desk, a_testimony, an_archive

Member = tuple[bytes, bytes]
"""A header block and the bytes behind it, unpadded."""


def unchanged(value):
    """Leave a part as it is."""
    return value


@dataclass
class Bends:
    """Where a forger's hand comes in, in the order of making."""

    payloads: Callable[[dict[str, bytes]], dict[str, bytes]] = unchanged
    page: Callable[[dict], dict] = unchanged
    bundle_json: Callable[[bytes], bytes] = unchanged
    pages: Callable[[dict[str, bytes]], dict[str, bytes]] = unchanged
    tagmanifest: Callable[[bytes], bytes] = unchanged
    signatures: Callable[[bytes, bytes], tuple[bytes, bytes]] = lambda ed25519, pq: (ed25519, pq)
    members: Callable[[list[Member]], list[Member]] = unchanged
    tar: Callable[[bytes], bytes] = unchanged
    file: Callable[[bytes], bytes] = unchanged
    signer: Party | None = None
    namespace: str = signing.BUNDLE
    recipients: tuple | None = None
    contents: dict[str, bytes] = field(default_factory=dict)
    """What really stands behind a listed payload, when that differs from what was digested."""


@dataclass
class World:
    """The people of the hostile suite and one honest bundle's parts; made once."""

    sender: Party = field(default_factory=a_collector)
    archive: Party = field(default_factory=an_archive)
    stranger: Party = field(default_factory=lambda: a_collector("Stranger"))

    def __post_init__(self) -> None:
        blobs = Blobs()
        testimony = a_testimony(
            blobs, segments=(b"fLaC" + bytes(2000), b"fLaC" + bytes(10)), text="words", attached=(b"photo",)
        )
        self.testimony = testimony
        everywhere, once = payloads.gather(testimony, b"", blobs.drafts())
        (sources,) = payloads.share_out(everywhere, once)
        self.honest = {source.path: source.open().read() for source in sources}
        self.kinds = {source.path: source.media_type for source in sources}

    def page(self, content: dict[str, bytes]) -> dict:
        """Return an honest bundle.json for these payloads, as plain JSON."""
        consent = {"allows": ["P1"], "identity_level": "sealed", "release": "now"}
        items = [
            {
                "path": path,
                "media_type": self.kinds.get(path, "application/octet-stream"),
                "bytes": len(body),
                "sha512": hashlib.sha512(body).hexdigest(),
                "title": "",
                "language": "fa",
                "consent": dict(consent),
            }
            for path, body in content.items()
        ]
        return {
            "format": "govah-bundle", "major": 1, "minor": 0, "critical": [], "bundle": "1" * 32,
            "group": {"id": "2" * 32, "index": 1, "count": 1}, "recipients": [self.archive.fingerprint],
            "sender": self.sender.fingerprint, "seq": 1, "prev": None, "policy": {"pq": True},
            "testimony": self.testimony.id, "code": self.testimony.code, "day": "2026-05-02", "items": items,
            "log_head": {"seq": 7, "hash": "a" * 128}, "volumes": [], "ext": {},
        }  # fmt: skip

    def forge(self, bends: Bends) -> bytes:
        """Return the bundle file with these bends in it."""
        content = bends.payloads(dict(self.honest))
        page = bends.page(self.page(content))
        files = bends.pages(self._pages(page, bends.bundle_json(_json(page))))
        files[tagfiles.TAGMANIFEST] = bends.tagmanifest(files.get(tagfiles.TAGMANIFEST) or tagmanifest(files))
        made = (bends.signer or self.sender).device.sign(files[tagfiles.TAGMANIFEST], bends.namespace)
        files[tagfiles.ED25519_SIG], files[tagfiles.PQ_SIG] = bends.signatures(made.ed25519.encode(), made.pq.encode())
        members = [
            (ustar.header(f"bag/{name}", len(files[name])), files[name]) for name in tagfiles.HEAD if name in files
        ]
        members += [(header_for(path, body), bends.contents.get(path, body)) for path, body in content.items()]
        return bends.file(self.seal(bends.tar(tar(bends.members(members))), bends.recipients))

    def seal(self, content: bytes, recipients=None) -> bytes:
        """Return an age file to the archive, or to others."""
        return age.seal_bytes(content, recipients or (self.archive.identity.recipient(),))

    def desk(self, *, history: History | None = None, partner: Partner | None = None) -> Desk:
        """Return what the archive knows: the sender's card, and nobody else's."""
        return a_desk(self.archive, partner or self.sender.partner(), history=history)

    def _pages(self, page: dict, bundle_json: bytes) -> dict[str, bytes]:
        items = page.get("items") if isinstance(page, dict) else None
        listed = [(item["path"], item["sha512"]) for item in items or [] if isinstance(item, dict) and "path" in item]
        total = sum(int(item.get("bytes", 0)) for item in items or [] if isinstance(item, dict))
        group = page.get("group", {}) if isinstance(page, dict) else {}
        info = (
            f"Bag-Count: {group.get('index')} of {group.get('count')}\nBag-Group-Identifier: {group.get('id')}\n"
            f"Bagging-Date: {page.get('day') if isinstance(page, dict) else ''}\nPayload-Oxum: {total}.{len(listed)}\n"
        )
        return {
            tagfiles.BAGIT_TXT: tagfiles.BAGIT,
            tagfiles.BAG_INFO_TXT: info.encode(),
            tagfiles.BUNDLE_JSON: bundle_json,
            tagfiles.MANIFEST: "".join(f"{digest}  {path}\n" for path, digest in listed).encode(),
        }


def header_for(path: str, body: bytes) -> bytes:
    """Return the honest header of a payload; a name that can't stand in one gets one that can't be right."""
    return ustar.header(f"bag/{path}"[:100].encode("ascii", "replace").decode(), len(body))


def tagmanifest(files: dict[str, bytes]) -> bytes:
    """Return the tagmanifest over whatever pages there are."""
    names = sorted(name for name in files if name != tagfiles.TAGMANIFEST)
    return "".join(f"{hashlib.sha512(files[name]).hexdigest()}  {name}\n" for name in names).encode()


def tar(members: list[Member]) -> bytes:
    """Return a tar of these members, padded as it should be."""
    body = b"".join(header + content + bytes(-len(content) % 512) for header, content in members) + bytes(1024)
    return body + bytes(padded_size(len(body)) - len(body))


def resum(header: bytes | bytearray) -> bytes:
    """Return a header block with its checksum made to fit."""
    block = bytearray(header)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def in_header(number: int, at: int, value: bytes):
    """Return a bend that writes bytes into one member's header and makes the checksum fit."""

    def bend(members: list[Member]) -> list[Member]:
        header, body = members[number]
        changed = bytearray(header)
        changed[at : at + len(value)] = value
        members[number] = (resum(changed), body)
        return members

    return bend


def _json(page) -> bytes:
    return json.dumps(page, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
