# SPDX-License-Identifier: Apache-2.0
"""Pages to print: what stands on a card's and a receipt's page, in both languages, and what doesn't."""

from __future__ import annotations

import pytest

from testimony_app.exchange import printed, receipt
from testimony_app.exchange.receipt import Receipt, Volume
from tests.exchange.people import an_archive, replaced


def a_receipt(archive, *, volumes=1, missing=(), status="accepted"):
    """Return a signed receipt for so many volumes."""
    named = tuple(
        Volume(index=index, tagmanifest_sha512=f"{index:0128x}", ciphertext_sha256="b" * 64, bytes=5)
        for index in range(1, volumes + 1)
    )
    made = Receipt(
        bundle="1" * 32, group="2" * 32, volumes=named, missing=missing, status=status, copies=2,
        archive=archive.fingerprint, sender="d" * 64, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip
    return receipt.sign(made, archive.device)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "holds it whole"),
        ({"missing": (2,)}, "volumes are still missing"),
        ({"status": "accepted_with_warnings"}, "ask the archive"),
        ({"status": "accepted_with_warnings", "missing": (2,)}, "ask the archive"),
    ],
)
def test_a_receipt_s_page_says_what_the_receipt_says(facts, said):
    """Whole, in part, or with a question: in words, beside the code."""
    page = printed.receipt_page(a_receipt(an_archive(), **facts), "T-7K2F-Q9").decode()

    assert said in page and "T-7K2F-Q9" in page and "<svg" in page and 'lang="fa" dir="rtl"' in page
    assert "$" not in page


def test_a_receipt_for_many_volumes_has_a_page_without_a_code():
    """What no code can hold is left out, with the sentence about it."""
    page = printed.receipt_page(a_receipt(an_archive(), volumes=40), "T-7K2F-Q9").decode()

    assert "<svg" not in page and "The code holds" not in page and "holds it whole" in page


def test_the_largest_receipt_with_a_code_fits_into_one():
    """At every number of volumes the page is made."""
    archive = an_archive()
    pages = [printed.receipt_page(a_receipt(archive, volumes=count), "T-7K2F-Q9") for count in range(1, 12)]

    with_code = [b"<svg" in page for page in pages]
    assert with_code[0] and not with_code[-1] and with_code == sorted(with_code, reverse=True)


def test_a_card_s_page_tells_its_day_and_its_keepers():
    """Only what the card has stands on its page."""
    plain = an_archive()
    full = an_archive(keepers=plain.identity.recipient().text(), valid_until="2030-12-31")

    pages = [printed.card_page(one.card, one.card_bytes).decode() for one in (plain, full)]

    assert "2030-12-31" not in pages[0] and "keepers of this archive" not in pages[0]
    assert "2030-12-31" in pages[1] and "keepers of this archive" in pages[1]
    assert full.fingerprint in pages[1]


def test_numbers_are_written_as_each_language_writes_them():
    """The count of volumes has Persian digits in the Persian line; day and code keep theirs."""
    signed = a_receipt(an_archive(), volumes=3)
    page = printed.receipt_page(replaced(signed), "T-7K2F-Q9").decode()

    assert chr(0x06F3) in page and "2026-05-01" in page
