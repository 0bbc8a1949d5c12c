# SPDX-License-Identifier: Apache-2.0
"""Reads a sealed recording to wherever it ends, in the process that has given up nearly everything.

The end may be missing, since that is what such a file is for; everything before it must be authentic, whole and
signed. Who signed is settled before the page is looked at, as with a bundle.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import FileIO
from typing import Protocol

from testimony_app.crypto import age, certificate, signing
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.chunks import CHUNK, payload_size
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import Signatures
from testimony_app.crypto.stream import PayloadReader, PayloadWriter
from testimony_app.exchange import live, signers, wire
from testimony_app.exchange.envelope import open_envelope, sort_damage
from testimony_app.exchange.errors import BundleCutShort, BundleJsonRefused, NotForUs, SignatureInvalid
from testimony_app.exchange.limits import MIB
from testimony_app.exchange.live import LivePage
from testimony_app.model.bundle import PayloadBlob


class SealedSound(Protocol):
    """An encrypted file in quarantine."""

    name: str
    key: Secret
    payload: PayloadWriter

    def finish(self) -> None:
        """Mark its end and put it on the disk."""


def read(
    task: wire.Task,
    file: FileIO,
    ask: Callable[[wire.HeadRead], None],
    new_file: Callable[[], SealedSound | None],
    note: Callable[[int], None],
) -> wire.Heard:
    """Return what there is, its sound sealed anew; raises what is wrong with it."""
    envelope = open_envelope(file, Secret(bytearray(task.identity)), allow_unterminated=True)
    try:
        with envelope.plain as plain:
            page, page_bytes, signer = _opening(file, plain, task)
            ask(
                wire.HeadRead(
                    signer=signer.fingerprint if signer else "",
                    bundle_json=page_bytes,
                    tagmanifest_sha512=hashlib.sha512(page_bytes).hexdigest(),
                    is_mixed=not age.inspect(file).is_quantum_safe,
                )
            )
            return _sound(plain, page, new_file, note)
    except (crypto_errors.PayloadTampered, crypto_errors.PayloadTruncated, crypto_errors.HeaderDamaged) as error:
        raise sort_damage(error, envelope, None) from None


def _opening(file: FileIO, plain: PayloadReader, task: wire.Task) -> tuple[LivePage, bytes, wire.KnownSigner | None]:
    untrusted_opening = plain.read(CHUNK) or b""
    if len(untrusted_opening) < CHUNK:
        raise BundleCutShort(at_byte=file.seek(0, 2))
    page_bytes, signatures = live.parts_of(untrusted_opening)
    signer = signers.find_signer(page_bytes, signatures, task.signers, signing.LIVE)
    page = live.read(page_bytes)
    size = age.inspect(file).size
    file.seek(0)
    live.check(page, page_bytes, signatures, untrusted_opening, file.read(size) or b"")
    _check_addresses(page, signer, signatures, task)
    return page, page_bytes, signer


def _check_addresses(page: LivePage, signer: wire.KnownSigner | None, signatures: Signatures, task: wire.Task) -> None:
    if certificate.serial_of(signatures) not in (None, page.seq):
        raise BundleJsonRefused(file="live.json", why="one-time-number")
    if signer is not None and page.sender not in signers.cards_of(signer, task.signers):
        raise BundleJsonRefused(file="live.json", why="sender")
    if signer is None and any(page.sender == one.fingerprint for one in task.signers):
        raise SignatureInvalid
    if task.own and task.own.isdisjoint(page.recipients):
        raise NotForUs(where="list")


def _sound(
    plain: PayloadReader, page: LivePage, new_file: Callable[[], SealedSound | None], note: Callable[[int], None]
) -> wire.Heard:
    byte_count = (plain.size() - CHUNK) // page.frame_bytes * page.frame_bytes
    if not byte_count:
        raise BundleCutShort(at_byte=plain.size())
    sealed = new_file()
    sha256, sha512 = _pour(plain, byte_count, sealed, note)
    if sealed is not None:
        sealed.finish()
    return wire.Heard(
        frames=byte_count // page.frame_bytes,
        sha256=sha256,
        is_unterminated=plain.is_unterminated,
        payload=_blob(sealed, byte_count, sha512) if sealed is not None else None,
        key=bytes(sealed.key.view) if sealed is not None else None,
    )


def _pour(plain: PayloadReader, left: int, sealed: SealedSound | None, note: Callable[[int], None]) -> tuple[str, str]:
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    buffer = memoryview(bytearray(MIB))
    while left:
        count = plain.readinto(buffer[: min(left, MIB)])
        if not count:
            raise BundleCutShort(at_byte=plain.tell())
        piece = buffer[:count]
        sha256.update(piece)
        sha512.update(piece)
        if sealed is not None:
            sealed.payload.write(piece)
        note(count)
        left -= count
    return sha256.hexdigest(), sha512.hexdigest()


def _blob(sealed: SealedSound, byte_count: int, sha512: str) -> PayloadBlob:
    return PayloadBlob(
        path=live.PATH,
        media_type="audio/wav",
        byte_count=byte_count,
        sha512=sha512,
        blob=sealed.name,
        blob_byte_count=payload_size(byte_count),
    )
