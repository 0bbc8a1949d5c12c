# SPDX-License-Identifier: Apache-2.0
"""Writes a bundle: gather, bag, sign, encrypt, read back.

A bundle file appears under its final name only when all of it is on the medium, was read back with the
system's cache dropped, and every chunk of it proved to be what was sealed. Each draft is read once. Memory
stays below a few mebibytes whatever the length. Volumes are written one after the other, each with its own
number in this device's sequence; if one fails, those before it are removed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from testimony_app.crypto import age, signing
from testimony_app.crypto.chunks import FILE_KEY, payload_size
from testimony_app.crypto.errors import NotAKey
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import Signatures
from testimony_app.exchange import bag, consent_alone, contents, landing, payloads
from testimony_app.exchange.backfill import BackfilledPayload
from testimony_app.exchange.bag import Progress, Source
from testimony_app.exchange.contents import BundleJson, Group, Head, ItemConsent, Policy
from testimony_app.exchange.errors import BeyondLimits, NoRecipient, RecipientNotPostQuantum, TooManyRecipients
from testimony_app.exchange.limits import REAL_RECIPIENTS_MAX, VOLUME_CAP
from testimony_app.exchange.payloads import Drafts
from testimony_app.exchange.read_back import read_back
from testimony_app.model.bundle import BundleFile
from testimony_app.model.consent import ConsentEvent
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import BlobId, BundleId, new_id
from testimony_app.model.partner import Card, Partner
from testimony_app.model.person import Identity
from testimony_app.model.testimony import Testimony

if TYPE_CHECKING:
    from testimony_app.vault.blobs import SegmentSlot
    from testimony_app.vault.vault import Vault

SUFFIX = ".AGE"


class Signer(Protocol):
    """What signs a bundle's tagmanifest: a device's keys, or keys that are used once."""

    def sign(self, message: bytes, namespace: str) -> Signatures:
        """Return both signature files of a text."""

    def signature_sizes(self, namespace: str) -> tuple[int, int]:
        """Return how long both will be; asked before each volume."""


class Writer(msgspec.Struct, frozen=True):
    """Who seals, and where their sequence and log stand; plain values, usable without a vault."""

    device: Signer
    fingerprint: str
    """Of the sender's own card."""
    seq: int
    prev: str | None
    log_head: LogHead
    day: str


class Packing:
    """Everything that writing one bundle needs of a vault, so that it can be written on any thread.

    Holds the keys of the draft's blobs until `wipe`; nothing in it knows the database.
    """

    def __init__(
        self, writer: Writer, testimony: Testimony, identity: Identity | None, partners: Sequence[Partner], out: Path
    ) -> None:
        """Hold what `plan` gathers."""
        self._writer, self._testimony, self._identity = writer, testimony, identity
        self._partners, self._out = partners, out
        self._slots: dict[BlobId, SegmentSlot] = {}

    def hold(self, slots: dict[BlobId, SegmentSlot]) -> None:
        """Take over the keys of the draft's blobs."""
        self._slots = slots

    def write(self, progress: Progress | None = None) -> list[BundleFile]:
        """Return the volumes written, synced and read back; on any failure none of them is left."""
        drafts = Drafts(size=self._size, open=lambda blob: self._slots[blob].reader())
        return write_volumes(
            self._writer, self._testimony, self._identity, drafts, self._partners, self._out, progress=progress
        )

    def wipe(self) -> None:
        """Forget the keys of the draft's blobs."""
        for slot in self._slots.values():
            slot.wipe()

    def _size(self, blob: BlobId) -> int:
        with closing(self._slots[blob].reader()) as reader:
            return reader.size()


def plan(vault: Vault, testimony: Testimony, recipients: Sequence[Card], out_folder: Path) -> Packing:
    """Return what writing the bundle of a vault's testimony needs; belongs to the vault's thread, writes nothing."""
    partners = [partner_of(vault, card) for card in recipients]
    packing = Packing(writer_of(vault), testimony, vault.testimonies.identity(testimony.id), partners, out_folder)
    blobs = [segment.blob for recording in testimony.recordings for segment in recording.segments]
    blobs += [attachment.blob for attachment in testimony.attachments]
    packing.hold({blob: vault.blobs.slot(blob) for blob in blobs})
    return packing


def writer_of(vault: Vault) -> Writer:
    """Return who seals in this vault, and where its sequence and log stand now."""
    head = vault.custody.head()
    return Writer(
        device=vault.device,
        fingerprint=fingerprint(vault.card_bytes()),
        seq=vault.bundles.next_seq(),
        prev=vault.bundles.prev(),
        log_head=LogHead(seq=head.seq, hash=head.hash),
        day=vault.clock.now().date().isoformat(),
    )


def write_consent(
    vault: Vault, testimony: Testimony, events: Sequence[ConsentEvent], recipients: Sequence[Card], out_folder: Path
) -> BundleFile:
    """Return a bundle that carries acts of consent about a testimony sealed before, and nothing of it."""
    partners = [partner_of(vault, card) for card in recipients]
    writer, body = writer_of(vault), consent_alone.write(testimony.id, testimony.code, tuple(events))
    nothing = ItemConsent(allows=(), identity_level="", release="")
    source = Source(
        path=contents.CONSENT_PATH,
        media_type="application/json",
        byte_count=len(body),
        consent=nothing,
        open=bag.as_source(body),
    )
    page = _page(writer, testimony, partners, Group(id=new_id(), index=1, count=1), [source])
    page = msgspec.structs.replace(page, minor=contents.MINOR_WITH_CONSENT, critical=(contents.CONSENT,))
    with landing.told_plainly():
        return write_volume(page, [source], _keys(partners), writer.device, out_folder)


def write_bundle(
    vault: Vault,
    testimony: Testimony,
    recipients: Sequence[Card],
    out_folder: Path,
    *,
    progress: Progress | None = None,
) -> list[BundleFile]:
    """Return the volumes of a vault's testimony, sealed to these cards; nothing is written down in the vault."""
    packing = plan(vault, testimony, recipients, out_folder)
    try:
        return packing.write(progress)
    finally:
        packing.wipe()


def write_volumes(  # noqa: PLR0913 - everything a bundle is made of, and no vault
    writer: Writer,
    testimony: Testimony,
    identity: Identity | None,
    drafts: Drafts,
    recipients: Sequence[Partner],
    out_folder: Path,
    *,
    progress: Progress | None = None,
) -> list[BundleFile]:
    """Return the volumes written, synced and read back; on any failure none of them is left."""
    keys = _keys(recipients)
    envelope = payloads.seal_identity(identity, [one.card.keepers or one.card.recipient for one in recipients])
    volumes = payloads.share_out(*payloads.gather(testimony, envelope, drafts))
    written: list[BundleFile] = []
    group = new_id()
    tagmanifests: list[str] = []
    tally = _Tally(sum(s.byte_count for volume in volumes for s in volume), progress)
    try:
        with landing.told_plainly():
            landing.sweep(out_folder)
            for index, sources in enumerate(volumes, start=1):
                page = _page(writer, testimony, recipients, Group(id=group, index=index, count=len(volumes)), sources)
                if index == len(volumes):
                    page = msgspec.structs.replace(page, volumes=tuple(tagmanifests))
                file = write_volume(page, sources, keys, writer.device, out_folder, progress=tally.of_volume())
                written.append(file)
                tagmanifests.append(file.tagmanifest_sha512)
                writer = msgspec.structs.replace(writer, seq=writer.seq + 1, prev=file.tagmanifest_sha512)
    except BaseException:
        landing.remove(out_folder / file.name for file in written)
        raise
    return written


def write_volume(
    page: BundleJson,
    sources: Sequence[Source],
    recipients: Sequence[age.HybridRecipient],
    device: Signer,
    out_folder: Path,
    *,
    progress: Progress | None = None,
) -> BundleFile:
    """Return one volume, written under a random name, synced, read back and compared."""
    layout = bag.lay_out(page, device.signature_sizes(signing.BUNDLE))
    name = landing.new_name(out_folder, SUFFIX)
    with Secret.random(FILE_KEY) as file_key, landing.half_written(out_folder, name) as (temporary, file):
        age.write_header(file, file_key, recipients, decoys=age.decoys_for(len(recipients)))
        start = file.tell()
        if start + payload_size(layout.total) > VOLUME_CAP:
            raise BeyondLimits(what="file")
        payload = BackfilledPayload(file, file_key, head_size=layout.head_size, total=layout.total)
        try:
            page, tagmanifest = bag.write_bag(payload, page, sources, _signing(device), progress)
        finally:
            payload.abandon()
        landing.sync(file)
        sha256 = read_back(temporary, file_key, start, start + payload_size(layout.total))
        landing.settle(temporary, out_folder / name)
    return BundleFile(
        name=name,
        byte_count=start + payload_size(layout.total),
        sha256=sha256,
        tagmanifest_sha512=hashlib.sha512(tagmanifest).hexdigest(),
        bundle=BundleId(page.bundle),
        group=page.group.id,
        index=page.group.index,
        count=page.group.count,
        seq=page.seq,
        prev=page.prev,
    )


def _signing(device: Signer) -> bag.Signing:
    def sign(tagmanifest: bytes) -> tuple[bytes, bytes]:
        made = device.sign(tagmanifest, signing.BUNDLE)
        return made.ed25519.encode("ascii"), made.pq.encode("ascii")

    return sign


def _page(
    writer: Writer, testimony: Testimony, recipients: Sequence[Partner], group: Group, sources: Sequence[Source]
) -> BundleJson:
    return BundleJson(
        format="govah-bundle",
        major=1,
        minor=contents.MINOR,
        critical=(),
        bundle=new_id(),
        group=group,
        recipients=tuple(sorted(one.fingerprint for one in recipients)),
        sender=writer.fingerprint,
        seq=writer.seq,
        prev=writer.prev,
        policy=Policy(pq=True),
        testimony=testimony.id,
        code=testimony.code,
        day=writer.day,
        items=tuple(source.item() for source in sources),
        log_head=Head(seq=writer.log_head.seq, hash=writer.log_head.hash),
        volumes=(),
        ext={},
    )


def _keys(recipients: Sequence[Partner]) -> list[age.HybridRecipient]:
    if not recipients:
        raise NoRecipient
    if len(recipients) > REAL_RECIPIENTS_MAX:
        raise TooManyRecipients(most=REAL_RECIPIENTS_MAX)
    try:
        return [age.HybridRecipient.from_text(one.card.recipient) for one in recipients]
    except NotAKey:
        raise RecipientNotPostQuantum from None


def partner_of(vault: Vault, card: Card) -> Partner:
    """Return the partner whose pinned card this is: its fingerprint is that of the bytes that were compared."""
    for partner in vault.partners.all():
        if partner.card == card and not partner.revoked_at:
            return partner
    raise NoRecipient


class _Tally:
    """One progress over all volumes."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self._before, self._whole, self._progress = 0, whole, progress

    def of_volume(self) -> Progress:
        """Return the progress of the next volume."""
        last = 0

        def tell(done: int, _volume: int) -> None:
            nonlocal last
            self._before += done - last
            last = done
            if self._progress is not None:
                self._progress(self._before, self._whole)

        return tell
