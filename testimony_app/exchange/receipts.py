# SPDX-License-Identifier: Apache-2.0
"""Receipts between vaults: an archive writes them for what it took in, a collector checks them.

Writing chains each receipt to the one before it to the same sender. What was refused gets one, too, where its
signature shows whose it is. Checking keeps the signed tar as evidence, marks a testimony as received when the archive
holds every volume of it, lets one that came damaged be carried again, and never deletes anything: that is a person's
decision, and `removal.may_remove` tells what still stands against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto.chunks import write_all
from testimony_app.errors import GovahError
from testimony_app.exchange import landing, receipt, turned_away
from testimony_app.exchange.limits import RECEIPT_FILE_MAX
from testimony_app.exchange.quarantine import read_small
from testimony_app.exchange.receipt import ACCEPTED, WITH_WARNINGS, Receipt, SignedReceipt, Volume
from testimony_app.exchange.receipt_errors import (
    ReceiptNotForUs,
    ReceiptRepeated,
    ReceiptUnknownArchive,
    ReceiptUnknownBundle,
)
from testimony_app.exchange.report import Finding
from testimony_app.exchange.standing import is_trusted, lineage, own_card_among, own_cards
from testimony_app.exchange.turned_away import TurnedAway
from testimony_app.exchange.wire import KnownSigner
from testimony_app.model.bundle import SIGNED_PAGE, Outcome
from testimony_app.model.ids import Code
from testimony_app.model.partner import Partner, Role
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.bundles import TESTIMONY

if TYPE_CHECKING:
    from testimony_app.vault.bundles import KnownBundle
    from testimony_app.vault.receipts import KnownReceipt
    from testimony_app.vault.vault import Vault

SUFFIX = ".RCP"
_NOT_ARRIVED = (State.SEALED, State.CARRIED)
IN, OUT = "in", "out"
_HELD_HERE = (Outcome.IMPORTED, Outcome.DUPLICATE)


class RefusedReceipt(msgspec.Struct, frozen=True):
    """A file that isn't a receipt we can use, and why."""

    file: Path
    error: GovahError


class _Addressed(msgspec.Struct):
    """What is read again of a signed page: whom it was made for."""

    recipients: tuple[str, ...]


class CheckedReceipts(msgspec.Struct, frozen=True):
    """What came of looking at receipts."""

    accepted: tuple[Code, ...] = ()
    """Testimonies that an archive holds whole."""
    refused: tuple[RefusedReceipt, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()
    """Testimonies that an archive refused, says its receipt; they stay here as they are."""


def write(vault: Vault, findings: Iterable[Finding], folder: Path, *, copies: int = 1) -> tuple[Path, ...]:
    """Return the receipts written to a folder: for each group of volumes held here, and each one that was refused.

    `copies` is how many copies the archive keeps on media of their own, this vault included. Nothing can be written
    for a file whose signer isn't known and trusted here, or of which not even the signed page could be read.
    """
    groups: dict[str, list[str]] = {}
    refusals: dict[str, Finding] = {}
    for finding in findings:
        if turned_away.is_verdict(vault, finding):
            refusals[finding.bundle] = finding
        if finding.outcome in _HELD_HERE and finding.bundle:
            known = vault.bundles.find(finding.bundle, direction=IN)
            if known:
                groups.setdefault(known[0].file.group, []).extend(finding.warnings)
    written = []
    with landing.told_plainly():
        for group, warnings in groups.items():
            written.append(_write_one(vault, group, folder, copies, has_warnings=bool(warnings)))
        for finding in refusals.values():
            made = turned_away.refusal(vault, finding)
            known = vault.bundles.of_group(made.group, direction=IN)
            written.append(_put(vault, _chained(vault, made), folder, known[0].testimony if known else ""))
    return tuple(written)


def receipt_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to look at: those named, and from named folders, one level deep, all named as receipts."""
    return landing.files_in(paths, SUFFIX)


def check(vault: Vault, paths: Iterable[Path]) -> CheckedReceipts:
    """Check every receipt among files and folders, in the order in which the archives wrote them."""
    accepted: list[Code] = []
    refused: list[RefusedReceipt] = []
    refusals: list[tuple[Testimony, Receipt]] = []
    opened: list[tuple[SignedReceipt, bytes, Path]] = []
    for path in receipt_files(paths):
        try:
            opened.append((*_open(vault, path), path))
        except GovahError as error:
            refused.append(RefusedReceipt(file=path, error=error))
    # A stick may hold several; read in another order, the chain would seem broken.
    for signed, tar, path in sorted(opened, key=lambda one: (one[0].receipt.archive, one[0].receipt.seq)):
        try:
            testimony, is_whole = _take(vault, signed, tar)
        except GovahError as error:
            refused.append(RefusedReceipt(file=path, error=error))
            continue
        if is_whole:
            accepted.append(testimony.code)
        elif signed.receipt.is_refusal:
            refusals.append((testimony, signed.receipt))
    # Only now: what was refused at first may have been accepted by a later receipt on the same stick.
    away = {
        one.code: turned_away.told(one.code, made)
        for one, made in refusals
        if not turned_away.is_settled(vault, one, made)
    }
    return CheckedReceipts(
        accepted=tuple(dict.fromkeys(accepted)), refused=tuple(refused), turned_away=tuple(away.values())
    )


def known_archives(partners: Sequence[Partner]) -> tuple[KnownSigner, ...]:
    """Return the keys of the archives that are trusted now, under each card that they have had."""
    return tuple(
        KnownSigner(fingerprint=one.fingerprint, ed25519=one.card.ed25519, composite=one.card.composite)
        for one in partners
        if one.card.role is Role.ARCHIVE and is_trusted(one, partners)
    )


def chain_of(vault: Vault, partner: str, *, direction: str = IN) -> tuple[KnownReceipt, ...]:
    """Return every receipt from a partner, or to one, in its order, whichever of their cards it names."""
    cards = lineage(vault, partner)
    found = [known for card in cards for known in vault.receipts.of_partner(card, direction=direction)]
    return tuple(sorted(found, key=lambda known: known.seq))


def _write_one(vault: Vault, group: str, folder: Path, copies: int, *, has_warnings: bool) -> Path:
    volumes = sorted(vault.bundles.of_group(group, direction=IN), key=lambda known: known.file.index)
    made = Receipt(
        bundle=volumes[0].file.bundle,
        group=group,
        volumes=tuple(_volume(known) for known in volumes),
        missing=_missing(volumes),
        status=WITH_WARNINGS if has_warnings else ACCEPTED,
        copies=copies,
        archive=_card_that_was_meant(vault, volumes[0]),
        sender=volumes[0].sender,
        seq=1,
        prev=None,
        day=vault.clock.now().date().isoformat(),
    )
    return _put(vault, _chained(vault, made), folder, volumes[0].testimony)


def _chained(vault: Vault, made: Receipt) -> Receipt:
    """Return a receipt as the next one to its sender."""
    earlier = chain_of(vault, made.sender, direction=OUT)
    if not earlier:
        return made
    before = receipt.unpack(earlier[-1].body)
    return msgspec.structs.replace(made, seq=before.receipt.seq + 1, prev=before.sha512)


def _put(vault: Vault, made: Receipt, folder: Path, testimony: str) -> Path:
    """Sign a receipt, keep it, and return the file that was written for its sender alone."""
    signed = receipt.sign(made, vault.device)
    recipient = vault.partners.by_fingerprint(made.sender).card.recipient
    name = landing.new_name(folder, SUFFIX)
    with landing.half_written(folder, name) as (temporary, file):
        write_all(file, memoryview(receipt.seal(signed, recipient)))
        landing.sync(file)
        _keep(vault, signed, receipt.pack(signed), OUT, testimony)
        landing.settle(temporary, folder / name)
    return folder / name


def _card_that_was_meant(vault: Vault, known: KnownBundle) -> str:
    """Return which of this archive's cards the sender sealed to: the newest may not have reached them yet."""
    if len(own_cards(vault)) > 1:
        for attachment in vault.testimonies.get(known.testimony).attachments:
            if attachment.role == SIGNED_PAGE:
                with vault.blobs.open(attachment.blob) as reader:
                    return own_card_among(vault, msgspec.json.decode(reader.read(), type=_Addressed).recipients)
    return own_card_among(vault, ())


def _volume(known: KnownBundle) -> Volume:
    file = known.file
    return Volume(
        index=file.index,
        tagmanifest_sha512=file.tagmanifest_sha512,
        ciphertext_sha256=file.sha256,
        bytes=file.byte_count,
    )


def _missing(volumes: Sequence[KnownBundle]) -> tuple[int, ...]:
    here = {known.file.index for known in volumes}
    return tuple(index for index in range(1, volumes[0].file.count + 1) if index not in here)


def _open(vault: Vault, path: Path) -> tuple[SignedReceipt, bytes]:
    """Return a receipt that is well made, signed by a trusted archive, and made for us."""
    tar = receipt.unseal(read_small(path, RECEIPT_FILE_MAX), vault.identity)
    signed = receipt.unpack(tar)
    if receipt.check_signed(signed, known_archives(vault.partners.all())) is None:
        raise ReceiptUnknownArchive
    if signed.receipt.sender not in own_cards(vault):
        raise ReceiptNotForUs(where="list")
    return signed, tar


def _take(vault: Vault, signed: SignedReceipt, tar: bytes) -> tuple[Testimony, bool]:
    """Keep a receipt; return the testimony it is about, and whether it proves that one whole at the archive."""
    made = signed.receipt
    ours = {known.file.tagmanifest_sha512: known for known in vault.bundles.sealed()}
    matching = [ours[v.tagmanifest_sha512] for v in made.volumes if v.tagmanifest_sha512 in ours]
    if len(matching) != len(made.volumes) or len({known.testimony for known in matching}) != 1:
        raise ReceiptUnknownBundle
    testimony = vault.testimonies.get(matching[0].testimony)
    is_whole = made.status == ACCEPTED and not made.missing and len(matching) == matching[0].file.count
    if vault.receipts.is_known(tar):
        # Looking at a stick twice is no mistake, and changes nothing.
        return testimony, is_whole
    before = chain_of(vault, made.archive)
    if before and made.seq <= before[-1].seq:
        raise ReceiptRepeated(seq=made.seq)
    with vault.transaction():
        _keep(vault, signed, tar, IN, testimony.id)
        carries_it = matching[0].carries == TESTIMONY
        if is_whole and carries_it and testimony.state in (State.SEALED, State.CARRIED):
            vault.testimonies.set_state(testimony.id, State.RECEIVED)
        elif made.reason in turned_away.CAME_DAMAGED and testimony.state in _NOT_ARRIVED:
            turned_away.let_carry_again(vault, testimony, matching)
    return testimony, is_whole


def _keep(vault: Vault, signed: SignedReceipt, tar: bytes, direction: str, testimony: str) -> None:
    made = signed.receipt
    vault.receipts.add(
        bundle=made.bundle,
        testimony=testimony,
        direction=direction,
        partner=made.sender if direction == OUT else made.archive,
        seq=made.seq,
        status=made.status,
        body=tar,
    )
