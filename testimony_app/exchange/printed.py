# SPDX-License-Identifier: Apache-2.0
"""Cards and receipts on paper: for people who meet without a stick, and for what a stick may not say.

A card's page holds what is compared (sixty digits) and what is sealed to (the recipient, as a code). A receipt's
page holds the signed receipt with its short signature as a code: it tells that something arrived, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from testimony_app.crypto.fingerprint import fingerprint, safety_number
from testimony_app.exchange import landing, receipt
from testimony_app.exchange.receipt import ACCEPTED, REFUSED, SignedReceipt
from testimony_app.exchange.report import Finding
from testimony_app.exchange.trust import recipient_qr_text
from testimony_app.i18n import paper
from testimony_app.model.partner import Card

if TYPE_CHECKING:
    from testimony_app.vault.receipts import KnownReceipt
    from testimony_app.vault.vault import Vault

SUFFIX = ".HTM"
_WRITTEN_HERE, _TAKEN_IN = "out", "in"
_CARDS_ON_A_PAGE = 8
_LONGEST_CODE = 2331
"""Bytes that the largest QR code holds at middle error correction."""


def write_card_page(vault: Vault, path: Path) -> None:
    """Write a vault's card as a page to print, replacing a file of that name in one step."""
    with landing.told_plainly():
        landing.write_small(path, card_page(vault.card(), vault.card_bytes()))


def write_receipt_pages(vault: Vault, findings: Iterable[Finding], folder: Path) -> tuple[Path, ...]:
    """Write the newest receipt for each testimony among the findings as a page to print; return the files.

    The names say nothing; the pages do, and anybody can read them.
    """
    newest: dict[str, KnownReceipt] = {}
    for finding in findings:
        for bundle in vault.bundles.find(finding.bundle, direction=_TAKEN_IN) if finding.bundle else ():
            for known in vault.receipts.for_testimony(bundle.testimony):
                if known.direction == _WRITTEN_HERE and not known.status.startswith(REFUSED):
                    newest[known.testimony] = known
    written = []
    with landing.told_plainly():
        for testimony, known in newest.items():
            page = receipt_page(receipt.unpack(known.body), vault.testimonies.get(testimony).code)
            written.append(folder / landing.new_name(folder, SUFFIX))
            landing.write_small(written[-1], page)
    return tuple(written)


def write_witness_cards(contact: str, folder: Path) -> Path:
    """Write a page of cards that a witness may carry, into a folder under a name that says nothing; return the file.

    A card has a line for the code, written by hand, and how the archive is reached: no name, no title, not a word of
    what it is. The page knows no testimony, so whoever finds it learns of none.
    """
    path = folder / landing.new_name(folder, SUFFIX)
    with landing.told_plainly():
        landing.write_small(path, witness_cards(contact))
    return path


def witness_cards(contact: str) -> bytes:
    """Return a page of cards for witnesses, to print and to cut."""
    lines = "".join(f"<p>{paper.set_apart(line)}</p>" for line in contact.splitlines() if line.strip())
    return paper.skeleton("witness", cards="\n".join([f"<div><hr>{lines}</div>"] * _CARDS_ON_A_PAGE))


def card_page(card: Card, card_bytes: bytes) -> bytes:
    """Return a vault's card as a page to print."""
    facts: dict[str, str | int] = {
        "name": paper.set_apart(card.name),
        "day": paper.mark(card.valid_until),
        "mark": paper.mark(fingerprint(card_bytes)),
    }
    who = [f"card_{card.role}"]
    who += ["card_keepers"] if card.keepers else []
    who += ["card_valid"] if card.valid_until else []
    return paper.skeleton(
        "card",
        title=paper.title("card_title"),
        who="\n".join(paper.paragraphs(name, facts) for name in who),
        number_title=paper.paragraphs("card_number", facts),
        number="\n".join(f"<span>{group}</span>" for group in safety_number(card_bytes).split()),
        compare=paper.paragraphs("card_compare", facts),
        code=paper.drawn_code(recipient_qr_text(card)),
        under_code=paper.paragraphs("card_code", facts),
        fingerprint=paper.paragraphs("card_fingerprint", facts),
    )


def receipt_page(signed: SignedReceipt, code: str) -> bytes:
    """Return a receipt for the testimony with this code as a page to print."""
    made = signed.receipt
    facts: dict[str, str | int] = {"code": paper.mark(code), "count": len(made.volumes), "day": paper.mark(made.day)}
    status = "incomplete" if made.missing and made.status == ACCEPTED else made.status
    text = receipt.qr_text(signed)
    fits = len(text.encode()) <= _LONGEST_CODE
    return paper.skeleton(
        "receipt",
        title=paper.title("receipt_title"),
        facts=paper.paragraphs("receipt_fact", facts),
        status=paper.paragraphs(f"receipt_{status}", facts),
        # Of some ten volumes on, no code can hold their digests; then the page says what it can without one.
        code=paper.drawn_code(text) if fits else "",
        under_code=paper.paragraphs("receipt_code", facts) if fits else "",
        burn=paper.paragraphs("receipt_burn", facts),
    )
