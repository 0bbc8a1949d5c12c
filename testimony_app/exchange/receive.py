# SPDX-License-Identifier: Apache-2.0
"""Reads a bundle: decrypt, check signature, check every byte, into quarantine; nothing readable touches the disk.

The order of work is the safety:
1. A child process opens the file where it lies and gives up network, memory, time and nearly all other files. It
   reads each byte once and hashes it on the way (once.py): a stick that changes or lies can't show it two faces.
2. It opens the envelope and reads the seven pages in front. Both signatures are checked against the pinned cards
   before anything else.
3. Here, the signed page is compared with what was imported before; only then may the child go on.
4. Every payload is hashed and sealed at once under a key of its own; padding, length and end are checked.
5. Only if all agreed, a `VerifiedBundle` is made, in this file and nowhere else. Accepting it is accession's.
Whatever goes wrong, the quarantine is emptied and one error with a stable code is raised.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec

from testimony_app.errors import GovahError
from testimony_app.exchange import contents, inner, live, receive_live, report, wire
from testimony_app.exchange.contents import BundleJson
from testimony_app.exchange.desk import Desk, desk_of, desk_of_key
from testimony_app.exchange.errors import AlreadyHere, ReaderStopped, SignerCardExpired, SignerRevoked, UnknownSigner
from testimony_app.exchange.history import ALREADY_HERE
from testimony_app.exchange.quarantine import (
    Progress,
    copy_in,
    hold_apart,
    look_at_first_line,
    measured,
    new_folder,
    opened,
)
from testimony_app.exchange.reader import ReadingProcess
from testimony_app.exchange.report import Finding
from testimony_app.model.bundle import Outcome, PayloadBlob, VerifiedBundle
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import BundleId, Fingerprint
from testimony_app.model.partner import Partner

__all__ = ["Desk", "desk_of", "desk_of_key", "inspect", "verify"]


class _Signed(msgspec.Struct, frozen=True):
    """A page whose signatures fit, and what is known about it."""

    page: BundleJson
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
    """Return the verified bundle, its payloads sealed in quarantine; raises the refusal or damage otherwise.

    A whole bundle from an unknown signer is copied to `held`, still encrypted, before UnknownSigner is raised.
    A recording that a drop box left behind comes back in the same form, marked as what it is.
    """
    if live.is_one(path):
        return receive_live.inspect(path, desk, quarantine, held=held, progress=progress, is_cancelled=is_cancelled)
    folder = new_folder(quarantine)
    try:
        size = measured(path, folder)
        with ReadingProcess(_task(path, desk, folder), is_cancelled) as reading:
            signed, done = _converse(reading, desk, progress, size, is_strict=True)
        _refuse_what_is_here(signed)
        return _verified(signed, done, folder)
    except BaseException as error:
        try:
            if isinstance(error, UnknownSigner):
                _hold(path, folder, held, progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _hold(path: Path, folder: Path, held: Path | None, progress: Progress | None) -> None:
    """Keep a stranger's file: a second reading, which vouches for nothing; once its signer is known it is read anew."""
    if held is not None:
        copy = folder / "bundle.age"
        hold_apart(copy, held, copy_in(path, copy, progress))


def verify(
    path: Path,
    desk: Desk,
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Finding:
    """Return what a file is, having read every byte of it where it lies and written nothing."""
    if live.is_one(path):
        return receive_live.verify(path, desk, progress=progress, is_cancelled=is_cancelled)
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            look_at_first_line(file, size)
        with ReadingProcess(_task(path, desk, None), is_cancelled) as reading:
            signed, done = _converse(reading, desk, progress, size, is_strict=False)
    except GovahError as error:
        return report.refused(path.name, error, desk.partners)
    return _finding(path.name, signed, done, size)


def _finding(name: str, signed: _Signed, done: wire.Done, size: int) -> Finding:
    testimony = inner.check(signed.page, done.testimony_json, done.statement)
    partner = signed.partner
    return Finding(
        file=name,
        outcome=Outcome.VERIFIED if partner else Outcome.UNKNOWN_SIGNER,
        code=signed.page.code,
        signer=partner.card.name if partner else "",
        signer_fingerprint=partner.fingerprint if partner else "",
        reason="" if partner else UnknownSigner.code,
        warnings=signed.warnings,
        bundle=signed.page.bundle,
        carries=report.carries(is_consent=signed.page.is_consent),
        seconds=testimony.seconds,
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
    )


def _converse(
    reading: ReadingProcess, desk: Desk, progress: Progress | None, size: int, *, is_strict: bool
) -> tuple[_Signed, wire.Done]:
    """Hear the child out; raises whatever it, or the signed page, gives reason for."""
    signed: _Signed | None = None
    try:
        while True:
            answer = reading.answer()
            if isinstance(answer, wire.HeadRead) and signed is None:
                signed = _read_page(answer, desk, is_strict=is_strict)
                signed = _weigh(signed, desk)
                reading.go_on()
            elif isinstance(answer, wire.Beat):
                if progress is not None:
                    progress(min(answer.done, size), size)
            elif isinstance(answer, wire.Done) and signed is not None:
                return signed, answer
            else:
                raise ReaderStopped(why="order")
    except GovahError as error:
        if signed is not None and signed.partner is not None:
            report.tell_whose(error, signed.page, signed.partner.fingerprint, signed.raw.tagmanifest_sha512, size)
        raise


def _read_page(head: wire.HeadRead, desk: Desk, *, is_strict: bool) -> _Signed:
    """Return the signed page and whose it is; a stranger's is only read on when nothing is written."""
    page = contents.read(head.bundle_json)
    partner = desk.partner(head.signer)
    if partner is None and is_strict:
        raise UnknownSigner(testimony=page.code, bundle=page.bundle)
    warnings: tuple[str, ...] = ("mixed-recipients",) if head.is_mixed else ()
    return _Signed(page=page, raw=head, partner=partner, warnings=warnings)


def _weigh(signed: _Signed, desk: Desk) -> _Signed:
    """Return the signed page with its warnings, if its signer may be believed."""
    if signed.partner is None:
        return signed
    _check_partner(signed.partner, signed.page)
    judged = desk.history.judge(signed.page, signed.raw.tagmanifest_sha512)
    return msgspec.structs.replace(signed, warnings=signed.warnings + judged)


def _check_partner(partner: Partner, page: BundleJson) -> None:
    card = partner.card
    if partner.revoked_at:
        raise SignerRevoked(testimony=page.code, bundle=page.bundle)
    if (card.valid_from and page.day < card.valid_from) or (card.valid_until and page.day > card.valid_until):
        raise SignerCardExpired(testimony=page.code, bundle=page.bundle)


def _refuse_what_is_here(signed: _Signed) -> None:
    """Say "already here" only after the last byte: a damaged copy of what is here is damaged, not a duplicate."""
    if ALREADY_HERE in signed.warnings:
        signer = signed.partner.fingerprint if signed.partner else ""
        raise AlreadyHere(bundle=signed.page.bundle, testimony=signed.page.code, signer=signer)


def _verified(signed: _Signed, done: wire.Done, folder: Path) -> VerifiedBundle:
    page, partner = signed.page, signed.partner
    if partner is None:
        raise UnknownSigner
    return VerifiedBundle(
        bundle=BundleId(page.bundle),
        group=page.group.id,
        index=page.group.index,
        count=page.group.count,
        sender=Fingerprint(page.sender),
        signer=partner.card.name,
        seq=page.seq,
        prev=page.prev,
        log_head=LogHead(seq=page.log_head.seq, hash=page.log_head.hash),
        day=page.day,
        tagmanifest_sha512=signed.raw.tagmanifest_sha512,
        ciphertext_sha256=done.ciphertext_sha256,
        byte_count=done.byte_count,
        volumes=(*page.volumes, signed.raw.tagmanifest_sha512) if page.group.index == page.group.count else (),
        testimony=inner.check(page, done.testimony_json, done.statement),
        bundle_json=signed.raw.bundle_json,
        testimony_json=done.testimony_json,
        payloads=_checked_payloads(page, done, folder),
        folder=folder,
        keys=tuple(bytearray(key) for key in done.keys),
        warnings=signed.warnings,
        is_consent=page.is_consent,
    )


def _checked_payloads(page: BundleJson, done: wire.Done, folder: Path) -> tuple[PayloadBlob, ...]:
    """Return the payloads if they are the signed page's items, and their files are where the child says."""
    told = [(one.path, one.media_type, one.byte_count, one.sha512) for one in done.payloads]
    signed = [(item.path, item.media_type, item.bytes, item.sha512) for item in page.items]
    files = {entry.name: entry.stat(follow_symlinks=False) for entry in os.scandir(folder)}
    sizes = {name: entry.st_size for name, entry in files.items() if stat.S_ISREG(entry.st_mode)}
    if told != signed or len(done.keys) != len(told) or sizes != {b.blob: b.blob_byte_count for b in done.payloads}:
        raise ReaderStopped(why="payloads")
    return done.payloads
