# SPDX-License-Identifier: Apache-2.0
"""A bundle as the outside sees it, and VerifiedBundle, which only a verifier can make."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from testimony_app.model.custody import LogHead
from testimony_app.model.ids import BundleId, Code, Fingerprint
from testimony_app.model.testimony import Testimony

IDENTITY, SIGNED_PAGE, SIGNED_TESTIMONY = "identity", "signed_page", "signed_testimony"
"""Roles of attachments that are evidence of the carrying, not the witness's own."""


class Outcome(StrEnum):
    """What became of a file that was offered as a bundle; the words of the command line."""

    VERIFIED = "verified"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    UNKNOWN_SIGNER = "unknown-signer"
    DAMAGED = "damaged"
    NOT_FOR_US = "not-for-us"
    REFUSED = "refused"


class BundleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sealed file, that is one volume of a group, as its writer remembers it."""

    name: str
    """The file's name on disk, such as `K7QF2M9X.AGE`; says nothing about what is inside."""
    byte_count: int
    sha256: str
    """Digest of the whole encrypted file."""
    tagmanifest_sha512: str
    """Digest of what was signed; a receipt must repeat it."""
    bundle: BundleId
    group: str
    index: int
    count: int
    seq: int
    prev: str | None
    """The tagmanifest digest of the bundle before it from the same device; none for the first."""


class PayloadBlob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One payload of a verified bundle, waiting in quarantine under a key of its own."""

    path: str
    """Its path in the bag, such as `data/audio/r01-s01.flac`."""
    media_type: str
    byte_count: int
    sha512: str
    """Digest of the plain bytes, as signed by the sender."""
    blob: str
    """Name of the encrypted file in quarantine: 32 hex digits."""
    blob_byte_count: int


class VerifiedBundle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """A bundle whose signer, recipients and every byte were checked; made nowhere but in the verifier.

    `keys` holds the 16-byte file key of each payload, in the same order; `forget()` wipes them and removes what
    is still in quarantine. Whoever keeps a payload renames its blob out of `folder` and takes its key over.
    """

    bundle: BundleId
    group: str
    index: int
    count: int
    sender: Fingerprint
    signer: str
    """The name on the sender's pinned card."""
    seq: int
    prev: str | None
    log_head: LogHead
    day: str
    tagmanifest_sha512: str
    ciphertext_sha256: str
    byte_count: int
    volumes: tuple[str, ...]
    """Tagmanifest digests of all volumes in order, when this is the last one; else empty."""
    testimony: Testimony
    """The testimony; its `blob` fields hold payload paths until accession gives them blobs."""
    bundle_json: bytes
    """The signed bytes, kept as they came so that unknown `ext` members survive."""
    testimony_json: bytes
    """The bytes of `data/testimony.json` as they came."""
    payloads: tuple[PayloadBlob, ...]
    folder: Path
    """The quarantine folder of this bundle alone."""
    keys: tuple[bytearray, ...]
    warnings: tuple[str, ...] = ()
    """Any of `sequence-fork`, `prev-differs`, `log-rolled-back`, `mixed-recipients`, `unterminated`."""
    is_take: bool = False
    """It is not a whole testimony but one recording that a drop box left behind; what else it left may come too."""
    is_consent: bool = False
    """It carries acts of consent alone: `testimony` is bare then, and holds just these."""

    @property
    def code(self) -> Code:
        """Return the testimony's code."""
        return self.testimony.code

    def __repr__(self) -> str:
        """Say which bundle it is and nothing that it holds."""
        return f"VerifiedBundle({self.bundle})"

    def forget(self) -> None:
        """Wipe the keys and remove whatever is left in this bundle's quarantine."""
        for key in self.keys:
            key[:] = bytes(len(key))
        if self.folder.is_dir():
            for left in self.folder.iterdir():
                left.unlink(missing_ok=True)
            self.folder.rmdir()
