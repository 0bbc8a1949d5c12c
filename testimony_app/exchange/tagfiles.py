# SPDX-License-Identifier: Apache-2.0
"""The bag's own pages, as BagIt 1.0 (RFC 8493) has them: each with exactly one spelling.

The importer doesn't parse `bagit.txt`, `bag-info.txt` or the manifests: it writes what they must be for the
signed bundle.json and for the bytes it has read, and compares. What can't be said can't be said wrongly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from testimony_app.exchange.contents import CONSENT_PATH, BundleJson

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

BAGIT_TXT = "bagit.txt"
BAG_INFO_TXT = "bag-info.txt"
BUNDLE_JSON = "bundle.json"
MANIFEST = "manifest-sha512.txt"
TAGMANIFEST = "tagmanifest-sha512.txt"
ED25519_SIG = "sig/tagmanifest-sha512.txt.ed25519.sig"
PQ_SIG = "sig/tagmanifest-sha512.txt.pq.sig"

SIGNED = (BAGIT_TXT, BAG_INFO_TXT, BUNDLE_JSON, MANIFEST)
"""The four files that the tagmanifest lists."""
HEAD = (*SIGNED, TAGMANIFEST, ED25519_SIG, PQ_SIG)
"""The members that open every bag, in this order."""

TESTIMONY_JSON = "data/testimony.json"
IDENTITY_AGE = "data/identity.age"
STATEMENT_TXT = "data/text/statement.txt"
CONSENT_JSON = CONSENT_PATH
"""The only payload of a bundle that carries acts of consent alone."""


def bag_info(page: BundleJson) -> bytes:
    """Return the one bag-info.txt that goes with a bundle.json."""
    lines = (
        f"Bag-Count: {page.group.index} of {page.group.count}",
        f"Bag-Group-Identifier: {page.group.id}",
        f"Bagging-Date: {page.day}",
        f"Payload-Oxum: {page.payload_bytes}.{len(page.items)}",
    )
    return "".join(line + "\n" for line in lines).encode("ascii")


def manifest(digests: Iterable[tuple[str, str]]) -> bytes:
    """Return a manifest's bytes for pairs of path and SHA-512 in hex, in the order given."""
    return "".join(f"{digest}  {path}\n" for path, digest in digests).encode("ascii")


def tagmanifest(files: Mapping[str, bytes]) -> bytes:
    """Return the tagmanifest over the four signed files, sorted by name."""
    return manifest((name, hashlib.sha512(files[name]).hexdigest()) for name in sorted(SIGNED))


def signed_pages(page: BundleJson, bundle_json: bytes) -> dict[str, bytes]:
    """Return the four signed files and the tagmanifest that a bundle.json implies."""
    files = {
        BAGIT_TXT: BAGIT,
        BAG_INFO_TXT: bag_info(page),
        BUNDLE_JSON: bundle_json,
        MANIFEST: manifest((item.path, item.sha512) for item in page.items),
    }
    files[TAGMANIFEST] = tagmanifest(files)
    return files
