# SPDX-License-Identifier: Apache-2.0
"""Receipts between vaults: an archive writes them for what it took in, a collector checks them.

Writing chains each receipt to the one before it to the same sender. Checking keeps the signed tar as evidence,
marks a testimony as received when the archive holds every volume of it, and never deletes anything: that is a
person's decision, and `removal.may_remove` tells what still stands against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto.chunks import write_all
from testimony_app.errors import GovahError
from testimony_app.exchange import landing, receipt
from testimony_app.exchange.errors import (
    ReceiptNotForUs,
    ReceiptRepeated,
    ReceiptUnknownArchive,
    ReceiptUnknownBundle,
)
from testimony_app.exchange.limits import RECEIPT_FILE_MAX
from testimony_app.exchange.quarantine import read_small
from testimony_app.exchange.receipt import ACCEPTED, WITH_WARNINGS, Receipt, SignedReceipt, Volume
from testimony_app.exchange.report import Finding
from testimony_app.exchange.standing import is_trusted, own_cards, same_keys
from testimony_app.exchange.wire import KnownSigner
from testimony_app.model.bundle import SIGNED_PAGE, Outcome
from testimony_app.model.ids import Code
from testimony_app.model.partner import Partner, Role
from testimony_app.model.testimony import State
from testimony_app.vault.bundles import TESTIMONY

if TYPE_CHECKING:
    from testimony_app.vault.bundles import KnownBundle
    from testimony_app.vault.receipts import KnownReceipt
    from testimony_app.vault.vault import Vault

SUFFIX = ".RCP"
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


def write(vault: Vault, findings: Iterable[Finding], folder: Path, *, copies: int = 1) -> tuple[Path, ...]:
    """Return the receipts written to a folder, one for each group of volumes that is held here.

    `copies` is how many copies the archive keeps on media of their own, this vault included.
    """
    groups: dict[str, list[str]] = {}
    for finding in findings:
        if finding.outcome in _HELD_HERE and finding.bundle:
            known = vault.bundles.find(finding.bundle, direction=IN)
            if known:
                groups.setdefault(known[0].file.group, []).extend(finding.warnings)
    written = []
    with landing.told_plainly():
        for group, warnings in groups.items():
            written.append(_write_one(vault, group, folder, copies, has_warnings=bool(warnings)))
    return tuple(written)


def receipt_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to look at: those named, and from named folders, one level deep, all named as receipts."""
    return landing.files_in(paths, SUFFIX)


def check(vault: Vault, paths: Iterable[Path]) -> CheckedReceipts:
    """Check every receipt among files and folders, in the order in which the archives wrote them."""
    accepted: list[Code] = []
    refused: list[RefusedReceipt] = []
    opened: list[tuple[SignedReceipt, bytes, Path]] = []
    for path in receipt_files(paths):
        try:
            opened.append((*_open(vault, path), path))
        except GovahError as error:
            refused.append(RefusedReceipt(file=path, error=error))
    # A stick may hold several; read in another order, the chain would seem broken.
    for signed, tar, path in sorted(opened, key=lambda one: (one[0].receipt.archive, one[0].receipt.seq)):
        try:
            accepted += _take(vault, signed, tar)
        except GovahError as error:
            refused.append(RefusedReceipt(file=path, error=error))
    return CheckedReceipts(accepted=tuple(dict.fromkeys(accepted)), refused=tuple(refused))


def known_archives(partners: Sequence[Partner]) -> tuple[KnownSigner, ...]:
    """Return the keys of the archives that are trusted now, under each card that they have had."""
    return tuple(
        KnownSigner(fingerprint=one.fingerprint, ed25519=one.card.ed25519, composite=one.card.composite)
        for one in partners
        if one.card.role is Role.ARCHIVE and is_trusted(one, partners)
    )


def chain_of(vault: Vault, partner: str, *, direction: str = IN) -> tuple[KnownReceipt, ...]:
    """Return every receipt from a partner, or to one, in its order, whichever of their cards it names."""
    cards = same_keys(vault.partners.all(), partner)
    found = [known for card in cards for known in vault.receipts.of_partner(card, direction=direction)]
    return tuple(sorted(found, key=lambda known: known.seq))


def _write_one(vault: Vault, group: str, folder: Path, copies: int, *, has_warnings: bool) -> Path:
    volumes = sorted(vault.bundles.of_group(group, direction=IN), key=lambda known: known.file.index)
    sender = vault.partners.by_fingerprint(volumes[0].sender)
    earlier = chain_of(vault, sender.fingerprint, direction=OUT)
    before = receipt.unpack(earlier[-1].body) if earlier else None
    made = Receipt(
        bundle=volumes[0].file.bundle,
        group=group,
        volumes=tuple(_volume(known) for known in volumes),
        missing=_missing(volumes),
        status=WITH_WARNINGS if has_warnings else ACCEPTED,
        copies=copies,
        archive=_card_that_was_meant(vault, volumes[0]),
        sender=sender.fingerprint,
        seq=before.receipt.seq + 1 if before else 1,
        prev=before.sha512 if before else None,
        day=vault.clock.now().date().isoformat(),
    )
    signed = receipt.sign(made, vault.device)
    name = landing.new_name(folder, SUFFIX)
    with landing.half_written(folder, name) as (temporary, file):
        write_all(file, memoryview(receipt.seal(signed, sender.card.recipient)))
        landing.sync(file)
        _keep(vault, signed, receipt.pack(signed), OUT, volumes[0].testimony)
        landing.settle(temporary, folder / name)
    return folder / name


def _card_that_was_meant(vault: Vault, known: KnownBundle) -> str:
    """Return which of this archive's cards the sender sealed to: the newest may not have reached them yet."""
    own = own_cards(vault)
    if len(own) > 1:
        for attachment in vault.testimonies.get(known.testimony).attachments:
            if attachment.role == SIGNED_PAGE:
                with vault.blobs.open(attachment.blob) as reader:
                    named = msgspec.json.decode(reader.read(), type=_Addressed).recipients
                return next((one for one in own if one in named), own[0])
    return own[0]


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


def _take(vault: Vault, signed: SignedReceipt, tar: bytes) -> list[Code]:
    """Keep a receipt and return the code of the testimony that it proves to be whole at the archive, if it does."""
    made = signed.receipt
    ours = {known.file.tagmanifest_sha512: known for known in vault.bundles.sealed()}
    matching = [ours[v.tagmanifest_sha512] for v in made.volumes if v.tagmanifest_sha512 in ours]
    if len(matching) != len(made.volumes) or len({known.testimony for known in matching}) != 1:
        raise ReceiptUnknownBundle
    testimony = vault.testimonies.get(matching[0].testimony)
    is_whole = made.status == ACCEPTED and not made.missing and len(matching) == matching[0].file.count
    if vault.receipts.is_known(tar):
        # Looking at a stick twice is no mistake, and changes nothing.
        return [testimony.code] if is_whole else []
    before = chain_of(vault, made.archive)
    if before and made.seq <= before[-1].seq:
        raise ReceiptRepeated(seq=made.seq)
    with vault.transaction():
        _keep(vault, signed, tar, IN, testimony.id)
        carries_it = matching[0].carries == TESTIMONY
        if is_whole and carries_it and testimony.state in (State.SEALED, State.CARRIED):
            vault.testimonies.set_state(testimony.id, State.RECEIVED)
    return [testimony.code] if is_whole else []


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
