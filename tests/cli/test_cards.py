# SPDX-License-Identifier: Apache-2.0
"""Cards in people's hands: printed, renewed, out of their time, withdrawn; and what a stolen key looks like."""

from __future__ import annotations

import html
import json
import re
import shutil

import pytest
import segno

from testimony_app.exchange import receipt, trust
from testimony_app.model.partner import Role
from tests.exchange.people import Party
from tests.fakes.clock import HeldClock

DAY = 24 * 3600


def written(govah, vault, tmp_path, words="The lantern stood by the well."):
    """Take a written testimony down and seal it; return its code."""
    (tmp_path / "t.txt").write_text(words, encoding="utf-8")
    code = govah("add", vault, "--text", tmp_path / "t.txt").json["code"]
    sealed = govah("seal", vault, "--all")
    assert sealed.status == 0, sealed.err
    return code


def is_self_contained(page):
    """Tell whether a page refers to nothing outside itself and runs nothing."""
    addresses = re.findall(r"\w+://[^\"' ]+", page)
    return not re.search(r"<script|<link|<img|@import|url\(|\bon\w+=", page) and set(addresses) <= {
        "http://www.w3.org/2000/svg"
    }


def test_a_card_on_paper_holds_what_is_compared_and_what_is_sealed_to(govah, pair, tmp_path):
    """Name, role, sixty digits in twelve groups, the recipient as a code; in English and in Persian, on A4."""
    said = govah("card", pair.archive, "--out", tmp_path / "a.card", "--sheet", tmp_path / "card.html")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    card = trust.read_card_file(tmp_path / "a.card").card

    drawn = segno.make_qr(card.recipient.upper(), error="m")
    assert said.json["sheet"] == str(tmp_path / "card.html")
    assert re.findall(r"<span>(\d{5})</span>", page) == said.json["safety_number"].split()
    assert drawn.mode == "alphanumeric" and drawn.svg_inline(scale=3, border=4) in page
    assert "the archive" in page and 'dir="rtl"' in page and "size: A4" in page
    assert is_self_contained(page) and "$" not in page


def test_a_name_on_a_card_stays_a_name(govah, tmp_path):
    """What somebody put into a name for its looks is shown, and not obeyed."""
    name = "<img src=x onerror=alert(1)> & $name"
    govah("create", tmp_path / "v", "--role", "collector", "--name", name)
    govah("card", tmp_path / "v", "--out", tmp_path / "v.card", "--sheet", tmp_path / "card.html")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")

    assert "<img" not in page and html.escape(name) in page


def test_a_receipt_on_paper_holds_what_the_archive_signed(govah, pair, tmp_path):
    """The code is the very receipt of the file beside it, good under the archive's key."""
    code = written(govah, pair.collector, tmp_path)
    govah("export", pair.collector, "--to", pair.stick)
    paper = tmp_path / "paper"
    paper.mkdir()

    said = govah("import", pair.archive, pair.stick, "--receipts", pair.stick, "--sheets", paper)
    (file,) = paper.iterdir()
    page = file.read_text(encoding="utf-8")
    govah("receipts", pair.collector, pair.stick)

    assert said.json["receipt_sheets"] == [str(file)] and code not in file.name
    assert code in page and is_self_contained(page) and "Burn" not in page and "burn it" in page
    assert drawn_text(pair, govah) in page
    assert not list(pair.stick.glob("*.HTM"))


def drawn_text(pair, govah):
    """Return the drawing of the code that the collector's own copy of the receipt would have."""
    from testimony_app.clock import SystemClock
    from testimony_app.crypto.secret import Secret
    from testimony_app.vault.vault import Vault
    from tests.cli.conftest import PASSPHRASE

    with Vault.open(pair.collector, Secret(PASSPHRASE.encode()), clock=SystemClock()) as vault:
        (known,) = vault.receipts.of_partner(vault.partners.all()[0].fingerprint, direction="in")
        signed = receipt.unpack(known.body)
        text = receipt.qr_text(signed)
        assert receipt.read_qr_text(text, ed25519_of(vault.partners.all()[0])) == signed.receipt
        return segno.make_qr(text, error="m").svg_inline(scale=3, border=4)


def ed25519_of(partner):
    """Return the bytes of a partner's older signing key."""
    import base64

    return base64.b64decode(partner.card.ed25519)


def test_sheets_beside_the_receipts_when_no_folder_is_named(govah, pair, tmp_path):
    """They lie where the receipts lie, and it is said that anybody can read them; without receipts there are none."""
    written(govah, pair.collector, tmp_path)
    govah("export", pair.collector, "--to", pair.stick)

    alone = govah("import", pair.archive, pair.stick, "--sheets")
    said = govah("import", pair.archive, pair.stick, "--receipts", tmp_path, "--sheets")

    assert alone.status == 2
    assert len(list(tmp_path.glob("*.HTM"))) == len(list(tmp_path.glob("*.RCP"))) == 1
    assert "read by anybody" in said.err


def test_a_withdrawn_card_is_withdrawn_for_good(govah, pair, tmp_path):
    """After --revoke nothing is sealed to it or taken from it, and it can't be trusted again."""
    number = govah("card", pair.collector, "--out", tmp_path / "c.card").json["safety_number"]
    written(govah, pair.collector, tmp_path)
    govah("export", pair.collector, "--to", pair.stick)

    gone = govah("trust", pair.archive, tmp_path / "c.card", "--revoke")
    again = govah("trust", pair.archive, "the collector", "--revoke")
    back = govah("trust", pair.archive, tmp_path / "c.card", "--safety-number", number)
    taken = govah("import", pair.archive, pair.stick)

    assert gone.status == 0 and len(gone.json["revoked"]) == 1
    assert again.status == 0 and again.json["revoked"] == []
    assert back.json["error"]["code"] == "exchange.card-revoked"
    assert taken.json["results"][0]["reason"] == "exchange.signer-revoked"
    assert [one["standing"] for one in govah("trust", pair.archive).json["partners"]] == ["revoked"]


def test_a_withdrawn_key_does_not_come_back_on_a_new_card(govah, pair, tmp_path):
    """A new card of the same keys is no way round: whoever has the keys could have made it."""
    govah("trust", pair.archive, "the collector", "--revoke")
    renewed = govah("card", pair.collector, "--out", tmp_path / "c.card", "--valid-until", "2199-01-01")

    said = govah("trust", pair.archive, tmp_path / "c.card", "--safety-number", renewed.json["safety_number"])

    assert said.json["error"]["code"] == "exchange.card-revoked"


@pytest.mark.parametrize("named", ["nobody", "the", "0123abcd"])
def test_withdrawing_nobody_in_particular(govah, pair, named):
    """What names no card, or not one alone, withdraws nothing."""
    said = govah("trust", pair.archive, named, "--revoke")

    assert said.json["error"]["code"] == "exchange.card-unknown"
    assert [one["standing"] for one in govah("trust", pair.archive).json["partners"]] == ["trusted"]


@pytest.mark.parametrize(
    "words", [("x.card",), ("--revoke",), ("--safety-number", "1"), ("x.card", "--revoke", "--safety-number", "1")]
)
def test_what_to_do_with_a_card_is_said_in_full(govah, pair, words):
    """A card without its number, or a number without its card, is wrong usage."""
    assert govah("trust", pair.archive, *words).status == 2


def test_a_renewed_card_takes_the_old_one_s_place(govah, pair, tmp_path):
    """The archive compares the collector's new card; bundles made before and after are taken in, in one chain."""
    before = written(govah, pair.collector, tmp_path)
    renewed = govah("card", pair.collector, "--out", tmp_path / "c.card", "--valid-until", "2199-01-01")
    traded = govah("trust", pair.archive, tmp_path / "c.card", "--safety-number", renewed.json["safety_number"])
    after = written(govah, pair.collector, tmp_path)
    govah("export", pair.collector, "--to", pair.stick)

    taken = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    home = govah("receipts", pair.collector, pair.stick)

    assert traded.json["valid_until"] == "2199-01-01" and len(traded.json["replaced"]) == 1
    assert sorted(one["code"] for one in taken.json["results"]) == sorted([before, after])
    assert [(one["outcome"], one["warnings"]) for one in taken.json["results"]] == [("imported", [])] * 2
    assert sorted(home.json["accepted"]) == sorted([before, after]) and not home.json["refused"]


def test_a_lost_key_is_replaced_by_what_the_old_one_signed(govah, pair, tmp_path):
    """A card with new keys that the old keys signed withdraws the old card; it is told by name."""
    old, new = Party("Old hands", Role.COLLECTOR), Party("New hands", Role.COLLECTOR)
    for party, name, replaces in ((old, "old.card", None), (new, "new.card", (old.device, old.fingerprint))):
        (tmp_path / name).write_bytes(trust.sign_card(party.card_bytes, party.device, replaces))
    numbers = [trust.read_card_file(tmp_path / name).safety_number for name in ("old.card", "new.card")]
    govah("trust", pair.archive, tmp_path / "old.card", "--safety-number", numbers[0])

    said = govah("trust", pair.archive, tmp_path / "new.card", "--safety-number", numbers[1], as_json=False)

    assert "New hands" in said.out and "Old hands" in said.out
    listed = {one["name"]: one["standing"] for one in govah("trust", pair.archive).json["partners"]}
    assert listed == {"the collector": "trusted", "Old hands": "revoked", "New hands": "trusted"}


def test_a_card_past_its_day_is_told_in_words(govah, tmp_path):
    """The list says since when; sealing warns and goes on; pinning it then is refused."""
    govah.clock = HeldClock()
    for role in ("collector", "archive"):
        govah("create", tmp_path / role, "--role", role, "--name", f"the {role}")
    card = govah("card", tmp_path / "archive", "--out", tmp_path / "a.card", "--valid-until", "2026-02-10")
    number = card.json["safety_number"]
    trusted = govah("trust", tmp_path / "collector", tmp_path / "a.card", "--safety-number", number, as_json=False)
    (tmp_path / "t.txt").write_text("words", encoding="utf-8")
    govah("add", tmp_path / "collector", "--text", tmp_path / "t.txt")

    govah.clock.forward(30 * DAY)
    listed = govah("trust", tmp_path / "collector", as_json=False)
    sealed = govah("seal", tmp_path / "collector", "--all")
    again = govah("trust", tmp_path / "collector", tmp_path / "a.card", "--safety-number", number)
    past = govah("card", tmp_path / "archive", "--out", tmp_path / "b.card", "--valid-until", "2026-02-20")

    assert "valid until 10 February 2026" in trusted.out
    assert "not valid since 10 February 2026" in listed.out
    assert sealed.status == 0 and "not valid since 10 February 2026" in sealed.err
    assert again.json["error"]["code"] == "exchange.card-expired"
    assert past.status == 2


def test_two_bundles_with_one_number_are_both_taken_and_both_told(govah, pair, tmp_path):
    """A copied vault seals a second bundle number one: verify and import say so, in words and in JSON, and the
    receipt says there is a question.
    """
    shutil.copytree(pair.collector, tmp_path / "copy")
    codes = []
    for vault, stick in ((pair.collector, tmp_path / "s1"), (tmp_path / "copy", tmp_path / "s2")):
        stick.mkdir()
        codes.append(written(govah, vault, tmp_path, words=f"words of {stick.name}"))
        assert govah("export", vault, "--to", stick).status == 0
    (second,) = (tmp_path / "s2").glob("*.AGE")

    first = govah("import", pair.archive, tmp_path / "s1", "--receipts", tmp_path / "s1")
    verified = govah("verify", second, "--vault", pair.archive)
    taken = govah("import", pair.archive, tmp_path / "s2", "--receipts", tmp_path / "s2")
    plain = govah("verify", second, "--vault", pair.archive, as_json=False)
    home = govah("receipts", tmp_path / "copy", tmp_path / "s2")

    assert first.json["results"][0]["warnings"] == []
    for said in (verified, taken):
        (result,) = said.json["results"]
        assert said.status == 0 and "sequence-fork" in result["warnings"]
        assert "the same number" in said.err and json.loads(said.out)
    assert taken.json["results"][0]["outcome"] == "imported"
    assert "in the archive already" in plain.err
    # Accepted with a question is not the receipt on which anything may be removed.
    assert not any(home.json.values()) and codes[1] not in str(home.json)


def test_a_fork_within_one_import_is_told(govah, pair, tmp_path):
    """Two sticks of one number in one go: the second is told like one that comes a year later."""
    shutil.copytree(pair.collector, tmp_path / "copy")
    for vault, stick in ((pair.collector, tmp_path / "s1"), (tmp_path / "copy", tmp_path / "s2")):
        stick.mkdir()
        written(govah, vault, tmp_path, words=f"words of {stick.name}")
        assert govah("export", vault, "--to", stick).status == 0

    taken = govah("import", pair.archive, tmp_path / "s1", tmp_path / "s2", tmp_path / "s1")

    outcomes = [(one["outcome"], "sequence-fork" in one["warnings"]) for one in taken.json["results"]]
    assert outcomes == [("imported", False), ("imported", True)]
    again = govah("import", pair.archive, tmp_path / "s1")
    assert [one["outcome"] for one in again.json["results"]] == ["duplicate"]
