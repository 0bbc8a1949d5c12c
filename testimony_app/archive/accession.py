# SPDX-License-Identifier: Apache-2.0
"""Takes a VerifiedBundle into the vault, in one transaction.

After it the testimony is in the archive with all its parts, or the vault is as it was before. The signed pages
are kept beside it as they came, so that the signatures can be checked again in thirty years. A bundle in several
volumes is taken in volume by volume; until the last has come the testimony counts as incomplete.
"""

from __future__ import annotations

import hashlib
from io import BytesIO

import msgspec

from testimony_app.archive import access, amending, indexing
from testimony_app.archive.errors import AlreadyHere, AnotherVersion, Destroyed, NotAnArchive, VolumesDiffer
from testimony_app.clock import Clock, stamp
from testimony_app.crypto.secret import Secret
from testimony_app.model.bundle import (
    IDENTITY,
    SIGNED_PAGE,
    SIGNED_TESTIMONY,
    BundleFile,
    PayloadBlob,
    VerifiedBundle,
)
from testimony_app.model.changes import Changes
from testimony_app.model.ids import AttachmentId, BlobId, new_id
from testimony_app.model.partner import Role
from testimony_app.model.recording import Recording, RecordingState
from testimony_app.model.testimony import Attachment, State, Testimony
from testimony_app.vault.blobs import FinishedBlob
from testimony_app.vault.bundles import IN
from testimony_app.vault.vault import Vault

EVIDENCE = frozenset({IDENTITY, SIGNED_PAGE, SIGNED_TESTIMONY, amending.SIGNED_CONSENT_PAGE})
"""Roles of attachments that are evidence of the carrying, not the witness's own."""

_IDENTITY_PATH = "data/identity.age"
_TESTIMONY_PATH = "data/testimony.json"
_Blobs = dict[str, BlobId]


def is_here(vault: Vault, bundle: str, index: int = 1) -> bool:
    """Tell whether a volume was taken in before."""
    return any(known.file.index == index for known in vault.bundles.find(bundle, direction=IN))


def accept(vault: Vault, verified: VerifiedBundle, clock: Clock) -> Changes:
    """Take a verified bundle in and return what changed; the bundle's keys are forgotten either way.

    A bundle that carries consent alone is added to the testimony that it is about (amending.py).
    Raises NotAnArchive, AlreadyHere, AnotherVersion, VolumesDiffer, Destroyed.
    """
    try:
        if verified.is_consent:
            return amending.accept(vault, verified, clock)
        _refuse(vault, verified)
        with vault.transaction():
            _take_in(vault, verified, clock)
    finally:
        verified.forget()
    return Changes(
        testimonies=frozenset({verified.testimony.id}), topics=frozenset({"testimony", "bundle", "catalogue"})
    )


def _refuse(vault: Vault, verified: VerifiedBundle) -> None:
    testimony = verified.testimony
    if vault.role is not Role.ARCHIVE:
        raise NotAnArchive
    if is_here(vault, verified.bundle, verified.index) or (verified.is_take and _has_whole(vault, testimony)):
        raise AlreadyHere(code=testimony.code)
    if vault.testimonies.exists(testimony.id) and not _belongs(vault, verified):
        raise AnotherVersion(code=testimony.code)
    if amending.was_destroyed(vault, testimony.id):
        raise Destroyed(testimony=testimony.code)


def _belongs(vault: Vault, verified: VerifiedBundle) -> bool:
    """Tell whether a bundle may add to the testimony that is here: a further volume, or a take from the same sender."""
    if not verified.is_take:
        return bool(vault.bundles.of_group(verified.group))
    known = vault.bundles.for_testimony(verified.testimony.id, direction=IN)
    return bool(known) and all(one.sender == verified.sender for one in known)


def _has_whole(vault: Vault, take: Testimony) -> bool:
    """Tell whether the recording that a take is a piece of came whole, in the testimony's own bundle."""
    if not vault.testimonies.exists(take.id):
        return False
    wanted = {recording.id for recording in take.recordings}
    return any(
        known.id in wanted
        and known.state is RecordingState.COMPLETE
        and sum(segment.frames for segment in known.segments) == known.frames
        for known in vault.recordings.of(take.id)
    )


def _take_in(vault: Vault, verified: VerifiedBundle, clock: Clock) -> None:
    testimony = verified.testimony
    blobs = _adopted(vault, verified)
    is_new = not vault.testimonies.exists(testimony.id)
    carried = _with_blobs(testimony, blobs)
    if is_new:
        vault.testimonies.add(msgspec.structs.replace(carried, state=State.INCOMPLETE), signer=verified.signer)
    elif verified.is_take:
        _add_take(vault, carried)
    else:
        _extend(vault, carried)
    _keep_evidence(vault, verified, blobs)
    vault.bundles.add(
        testimony.id, _as_file(verified), direction=IN, sender=verified.sender, log_head=verified.log_head
    )
    vault.custody.append("received_from", testimony.id, **_facts(verified, clock))
    if _is_whole(vault, verified) and vault.testimonies.state(testimony.id) is not State.WITHDRAWN:
        remark = verified.warnings[0] if verified.warnings else ""
        vault.testimonies.set_state(testimony.id, State.TO_REVIEW, remark=remark)
    whole = vault.testimonies.get(testimony.id)
    vault.index.put(testimony.id, [] if access.is_closed(whole) else indexing.parts(whole))


def _adopted(vault: Vault, verified: VerifiedBundle) -> _Blobs:
    """Move the payloads that are kept as files among the vault's blobs; text went into the database already."""
    wanted = _parts_of(verified.testimony) | {_IDENTITY_PATH, _TESTIMONY_PATH}
    blobs: _Blobs = {}
    for payload, key in zip(verified.payloads, verified.keys, strict=True):
        if payload.path in wanted:
            blobs[payload.path] = _adopt(vault, verified, payload, key)
    return blobs


def _adopt(vault: Vault, verified: VerifiedBundle, payload: PayloadBlob, key: bytearray) -> BlobId:
    # Its chunks are authentic under a key of their own; the digest that backups compare is taken with the first one.
    finished = FinishedBlob(blob=BlobId(payload.blob), byte_count=payload.byte_count, sha512="")
    with Secret(bytearray(key)) as file_key:
        return vault.blobs.adopt(verified.folder / payload.blob, file_key, finished)


def _parts_of(testimony: Testimony) -> set[str]:
    sound = {segment.blob for recording in testimony.recordings for segment in recording.segments}
    return {*sound, *(attachment.blob for attachment in testimony.attachments)}


def _with_blobs(testimony: Testimony, blobs: _Blobs) -> Testimony:
    """Return the testimony with its parts pointing at blobs; parts of other volumes are left out until they come."""
    recordings = tuple(_recording_with_blobs(recording, blobs) for recording in testimony.recordings)
    attachments = tuple(
        msgspec.structs.replace(attachment, blob=blobs[attachment.blob])
        for attachment in testimony.attachments
        if attachment.blob in blobs
    )
    return msgspec.structs.replace(testimony, recordings=recordings, attachments=attachments)


def _recording_with_blobs(recording: Recording, blobs: _Blobs) -> Recording:
    segments = tuple(
        msgspec.structs.replace(segment, blob=blobs[segment.blob])
        for segment in recording.segments
        if segment.blob in blobs
    )
    return msgspec.structs.replace(recording, segments=segments)


def _extend(vault: Vault, carried: Testimony) -> None:
    for recording in carried.recordings:
        vault.recordings.extend(recording.id, recording.segments)
    for attachment in carried.attachments:
        vault.testimonies.add_attachment(carried.id, attachment)


def _add_take(vault: Vault, carried: Testimony) -> None:
    known = {recording.id for recording in vault.recordings.of(carried.id)}
    for recording in carried.recordings:
        if recording.id in known:
            vault.recordings.extend(recording.id, recording.segments, grows=True)
        else:
            vault.recordings.add(carried.id, recording)


def _keep_evidence(vault: Vault, verified: VerifiedBundle, blobs: _Blobs) -> None:
    testimony = verified.testimony.id
    vault.testimonies.attach(
        testimony, BytesIO(verified.bundle_json), media_type="application/json", title="", role=SIGNED_PAGE
    )
    roles = {_IDENTITY_PATH: (IDENTITY, "application/age"), _TESTIMONY_PATH: (SIGNED_TESTIMONY, "application/json")}
    for path, (role, media_type) in roles.items():
        if path in blobs:
            vault.testimonies.add_attachment(testimony, _evidence(vault, blobs[path], role, media_type))


def _evidence(vault: Vault, blob: BlobId, role: str, media_type: str) -> Attachment:
    with vault.blobs.open(blob) as reader:
        content = reader.read()
    return Attachment(
        id=AttachmentId(new_id()),
        blob=blob,
        media_type=media_type,
        title="",
        byte_count=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        role=role,
    )


def _as_file(verified: VerifiedBundle) -> BundleFile:
    return BundleFile(
        name="",
        byte_count=verified.byte_count,
        sha256=verified.ciphertext_sha256,
        tagmanifest_sha512=verified.tagmanifest_sha512,
        bundle=verified.bundle,
        group=verified.group,
        index=verified.index,
        count=verified.count,
        seq=verified.seq,
        prev=verified.prev,
    )


def _facts(verified: VerifiedBundle, clock: Clock) -> dict[str, str | int]:
    return {
        "at": stamp(clock.now()),
        "sender": verified.sender,
        "signer": verified.signer,
        "bundle": verified.bundle,
        "volume": verified.index,
        "volumes": verified.count,
        "seq": verified.seq,
        "ciphertext_sha256": verified.ciphertext_sha256,
        "tagmanifest_sha512": verified.tagmanifest_sha512,
        "warnings": " ".join(verified.warnings),
    }


def _is_whole(vault: Vault, verified: VerifiedBundle) -> bool:
    """Tell whether every volume is here; raises VolumesDiffer when one is not what the last one names."""
    digests = {known.file.index: known.file.tagmanifest_sha512 for known in vault.bundles.of_group(verified.group)}
    if len(digests) < verified.count:
        return False
    named = verified.volumes if verified.index == verified.count else _named_by_the_last(vault, verified)
    before_last = tuple(digests[index] for index in range(1, verified.count))
    # The last volume names those before it; a writer may or may not name itself as well.
    if tuple(named[: verified.count - 1]) != before_last:
        raise VolumesDiffer(code=verified.testimony.code)
    return True


class _Group(msgspec.Struct):
    index: int
    count: int


class _Page(msgspec.Struct):
    group: _Group
    volumes: tuple[str, ...] = ()


def _named_by_the_last(vault: Vault, verified: VerifiedBundle) -> tuple[str, ...]:
    for attachment in vault.testimonies.get(verified.testimony.id).attachments:
        if attachment.role == SIGNED_PAGE:
            with vault.blobs.open(attachment.blob) as reader:
                page = msgspec.json.decode(reader.read(), type=_Page)
            if page.group.index == page.group.count:
                return page.volumes
    return ()
