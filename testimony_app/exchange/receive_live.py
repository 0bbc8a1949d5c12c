# SPDX-License-Identifier: Apache-2.0
"""Takes a recording that a drop box left behind: the same care as with a bundle, and a mark that says what it is.

The order of work is that of receive.py: copied, opened by the confined process, signer first, then every byte. What
comes out is a VerifiedBundle of one recording, with `is_take` set and the warning `unterminated` when its end is
missing. Its testimony holds next to nothing: what the witness agreed to and wrote is in the bundle beside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from testimony_app.errors import GovahError
from testimony_app.exchange import live, report, wire
from testimony_app.exchange.desk import Desk
from testimony_app.exchange.errors import (
    AlreadyHere,
    BundleIdReused,
    ReaderStopped,
    SignerCardExpired,
    SignerRevoked,
    UnknownSigner,
)
from testimony_app.exchange.history import ALREADY_HERE
from testimony_app.exchange.live import LivePage
from testimony_app.exchange.quarantine import Progress, copy_in, hold_apart, look_at_first_line, new_folder, opened
from testimony_app.exchange.reader import ReadingProcess
from testimony_app.exchange.report import Finding
from testimony_app.model.bundle import Outcome, VerifiedBundle
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import BundleId, Code, Fingerprint, TestimonyId
from testimony_app.model.partner import Partner
from testimony_app.model.testimony import Kind, State, Testimony

UNTERMINATED = "unterminated"


class _Signed(msgspec.Struct, frozen=True):
    """A page whose signatures fit, and what is known about it."""

    page: LivePage
    raw: wire.HeadRead
    partner: Partner | None
    warnings: tuple[str, ...]


def inspect(
    path: Path,
    desk: Desk,
    quarantine: Path,
    *,
    held: Path | None = None,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> VerifiedBundle:
    """Return the verified recording, sealed in quarantine; raises the refusal or damage otherwise."""
    folder = new_folder(quarantine)
    copy = folder / "live.age"
    sha256 = ""
    try:
        sha256 = copy_in(path, copy, progress)
        byte_count = copy.stat().st_size
        with ReadingProcess(_task(copy, desk, folder), is_cancelled) as reading:
            signed, heard = _converse(reading, desk, progress, byte_count, is_strict=True)
        _refuse_what_is_here(signed)
        copy.unlink()
        return _verified(signed, heard, folder, sha256, byte_count)
    except BaseException as error:
        try:
            if isinstance(error, UnknownSigner):
                hold_apart(copy, held, sha256, live.SUFFIX)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def verify(
    path: Path,
    desk: Desk,
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Finding:
    """Return what a file is, having read every byte of it where it lies and written nothing."""
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            look_at_first_line(file, size)
        with ReadingProcess(_task(path, desk, None), is_cancelled) as reading:
            signed, heard = _converse(reading, desk, progress, size, is_strict=False)
    except GovahError as error:
        return report.refused(path.name, error)
    partner = signed.partner
    return Finding(
        file=path.name,
        outcome=Outcome.VERIFIED if partner else Outcome.UNKNOWN_SIGNER,
        code=signed.page.code,
        signer=partner.card.name if partner else "",
        signer_fingerprint=partner.fingerprint if partner else "",
        reason="" if partner else UnknownSigner.code,
        warnings=_warnings(signed, heard),
        bundle=signed.page.part,
        seconds=heard.frames / signed.page.sample_rate,
        byte_count=size,
        is_whole=True,
    )


def _task(path: Path, desk: Desk, folder: Path | None) -> wire.Task:
    return wire.Task(
        path=str(path.absolute()),
        folder=str(folder.absolute()) if folder else "",
        identity=bytes(desk.identity_text.view),
        own_fingerprint=desk.own_fingerprint,
        former_fingerprints=desk.former_fingerprints,
        signers=desk.signers(),
        is_live=True,
    )


def _converse(
    reading: ReadingProcess, desk: Desk, progress: Progress | None, size: int, *, is_strict: bool
) -> tuple[_Signed, wire.Heard]:
    """Hear the child out; raises whatever it, or the signed page, gives reason for."""
    signed: _Signed | None = None
    while True:
        answer = reading.answer()
        if isinstance(answer, wire.HeadRead) and signed is None:
            signed = _weigh(answer, desk, is_strict=is_strict)
            reading.go_on()
        elif isinstance(answer, wire.Beat):
            if progress is not None:
                progress(min(answer.done, size), size)
        elif isinstance(answer, wire.Heard) and signed is not None:
            return signed, answer
        else:
            raise ReaderStopped(why="order")


def _weigh(head: wire.HeadRead, desk: Desk, *, is_strict: bool) -> _Signed:
    page = live.read(head.bundle_json)
    partner = desk.partner(head.signer)
    if partner is None and is_strict:
        raise UnknownSigner(testimony=page.code, bundle=page.part)
    warnings: tuple[str, ...] = ("mixed-recipients",) if head.is_mixed else ()
    if partner is not None:
        _check_partner(partner, page)
        warnings += _seen_before(desk, page, head.tagmanifest_sha512)
    return _Signed(page=page, raw=head, partner=partner, warnings=warnings)


def _seen_before(desk: Desk, page: LivePage, page_sha512: str) -> tuple[str, ...]:
    seen = desk.history.find(page.part)
    if seen is None:
        return ()
    if seen.tagmanifest_sha512 != page_sha512:
        raise BundleIdReused(bundle=page.part, testimony=page.code)
    return (ALREADY_HERE,)


def _check_partner(partner: Partner, page: LivePage) -> None:
    card = partner.card
    if partner.revoked_at:
        raise SignerRevoked(testimony=page.code, bundle=page.part)
    if (card.valid_from and page.day < card.valid_from) or (card.valid_until and page.day > card.valid_until):
        raise SignerCardExpired(testimony=page.code, bundle=page.part)


def _refuse_what_is_here(signed: _Signed) -> None:
    """Say "already here" only after the last byte, as with a bundle."""
    if ALREADY_HERE in signed.warnings:
        raise AlreadyHere(bundle=signed.page.part, testimony=signed.page.code)


def _warnings(signed: _Signed, heard: wire.Heard) -> tuple[str, ...]:
    return (*signed.warnings, UNTERMINATED) if heard.is_unterminated else signed.warnings


def _verified(signed: _Signed, heard: wire.Heard, folder: Path, sha256: str, byte_count: int) -> VerifiedBundle:
    page, partner = signed.page, signed.partner
    if partner is None:
        raise UnknownSigner
    if heard.payload is None or heard.key is None or heard.payload.path != live.PATH:
        raise ReaderStopped(why="payloads")
    if {entry.name: entry.stat().st_size for entry in folder.iterdir()} != {
        heard.payload.blob: heard.payload.blob_byte_count
    }:
        raise ReaderStopped(why="payloads")
    return VerifiedBundle(
        bundle=BundleId(page.part),
        # Its own group: the bundle beside it, should it be here, came in another.
        group=page.testimony,
        index=1,
        count=1,
        sender=Fingerprint(page.sender),
        signer=partner.card.name,
        seq=page.seq,
        prev=None,
        log_head=LogHead(seq=0, hash=""),
        day=page.day,
        tagmanifest_sha512=signed.raw.tagmanifest_sha512,
        ciphertext_sha256=sha256,
        byte_count=byte_count,
        volumes=(),
        testimony=_testimony(page, heard),
        bundle_json=signed.raw.bundle_json,
        testimony_json=b"",
        payloads=(heard.payload,),
        folder=folder,
        keys=(bytearray(heard.key),),
        warnings=_warnings(signed, heard),
        is_take=True,
    )


def _testimony(page: LivePage, heard: wire.Heard) -> Testimony:
    return Testimony(
        id=TestimonyId(page.testimony),
        code=Code(page.code),
        kind=Kind.SELF_RECORDED,
        state=State.SEALED,
        created=page.started_at,
        recordings=(page.as_recording(heard.frames, heard.sha256),),
    )
