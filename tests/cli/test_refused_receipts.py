# SPDX-License-Identifier: Apache-2.0
"""What an archive refuses is told to its sender, where the signature shows who that is."""

from __future__ import annotations

import msgspec
import pytest

from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import receipt, turned_away
from testimony_app.vault.vault import Vault
from testimony_app.workspace import over
from tests.cli.conftest import PASSPHRASE


def open_vault(folder):
    """Return a vault, open."""
    return Vault.open(folder, Secret(PASSPHRASE.encode()), clock=SystemClock())


@pytest.fixture
def carried(govah, pair, tmp_path):
    """Return the code of a testimony on the stick, and its file."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well. " * 4000, encoding="utf-8")
    code = govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]
    assert govah("seal", pair.collector, "--all").status == 0
    assert govah("export", pair.collector, "--to", pair.stick).status == 0
    return code, next(pair.stick.glob("*.AGE"))


def damage(file):
    """Alter the last byte but one: far behind the signed pages."""
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(bytes(content))


def test_a_damaged_copy_is_told_and_carried_again(govah, pair, carried):
    """The archive says why on the stick; the collector keeps it and the next export takes it along; then it arrives."""
    code, file = carried
    damage(file)

    taken = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    home = govah("receipts", pair.collector, pair.stick)
    again = govah("receipts", pair.collector, pair.stick)

    (result,) = taken.json["results"]
    assert result["outcome"] == "damaged" and len(taken.json["receipts"]) == 1
    assert (result["code"], result["signer"]) == (code, "the collector") and len(result["signer_fingerprint"]) == 64
    (away,) = home.json["turned_away"]
    assert home.status == 1 and (away["code"], away["reason"]) == (code, "exchange.bundle-altered")
    assert "damaged on its way" in home.err and "Send it again" in home.err and "Nothing is removed" in home.err
    assert again.json["turned_away"] == [away] and home.json["accepted"] == home.json["refused"] == []
    assert govah("list", pair.collector).json["testimonies"][0]["state"] == "sealed"
    assert govah("remove", pair.collector, code).status == 1

    file.unlink()
    assert [one["code"] for one in govah("export", pair.collector, "--to", pair.stick).json["written"]] == [code]
    taken = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    home = govah("receipts", pair.collector, pair.stick)

    assert taken.json["results"][0]["outcome"] == "imported"
    assert home.json["accepted"] == [code] and home.json["turned_away"] == []
    assert govah("check", pair.collector).json["ok"] and govah("check", pair.archive).json["ok"]


def test_refusals_stand_in_the_chain(govah, pair, carried):
    """A receipt after a refusal names it as the one before, so that removing is possible later."""
    _code, file = carried
    whole = file.read_bytes()
    damage(file)
    govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    file.write_bytes(whole)
    govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    govah("receipts", pair.collector, pair.stick)

    with open_vault(pair.collector) as vault:
        (partner,) = vault.partners.all()
        chain = [receipt.unpack(one.body) for one in vault.receipts.of_partner(partner.fingerprint, direction="in")]
    assert [one.receipt.status for one in chain] == ["refused:exchange.bundle-altered", "accepted"]
    assert chain[1].receipt.prev == chain[0].sha512
    assert chain[0].receipt.volumes[0].ciphertext_sha256 == "0" * 64 and chain[0].receipt.copies == 0


def test_a_refusal_is_understood_by_who_knows_an_older_card(govah, pair, carried, tmp_path):
    """An archive with a newer card of the same keys signs as the one that the sender sealed to."""
    code, file = carried
    govah("card", pair.archive, "--out", tmp_path / "newer.card", "--valid-until", "2199-01-01")
    damage(file)

    govah("import", pair.archive, pair.stick, "--receipts", pair.stick)

    assert [one["code"] for one in govah("receipts", pair.collector, pair.stick).json["turned_away"]] == [code]


def test_a_withdrawn_sender_gets_no_receipt(govah, pair, carried):
    """Whoever has stolen keys is told nothing."""
    govah("trust", pair.archive, "the collector", "--revoke")

    said = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)

    assert said.json["results"][0]["reason"] == "exchange.signer-revoked"
    assert said.json["results"][0]["signer"] == "the collector"
    assert said.json["receipts"] == [] and not list(pair.stick.glob("*.RCP"))


def test_what_can_not_be_opened_gets_no_receipt(govah, pair, carried):
    """When not even the signed page is whole, nobody knows whom to tell."""
    _code, file = carried
    content = bytearray(file.read_bytes())
    content[9000] ^= 1
    file.write_bytes(bytes(content))

    said = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)

    (result,) = said.json["results"]
    assert result["outcome"] == "damaged" and result["signer_fingerprint"] == ""
    assert said.json["receipts"] == []


def test_verify_names_the_signer_s_card(govah, pair, carried):
    """Names can be alike: the fingerprint says which card is meant."""
    _code, file = carried
    (partner,) = govah("trust", pair.archive).json["partners"]

    (result,) = govah("verify", file, "--vault", pair.archive).json["results"]

    assert (result["signer"], result["signer_fingerprint"]) == ("the collector", partner["fingerprint"])


@pytest.mark.parametrize(
    ("reason", "is_told"),
    [("exchange.bundle-altered", True), ("vault.disk-full", False), ("exchange.no-room", False)],
)
def test_an_archives_own_trouble_is_no_refusal(govah, pair, carried, reason, is_told):
    """A full disk at the archive says nothing about a bundle, so no receipt calls it refused."""
    _code, file = carried
    damage(file)
    with open_vault(pair.archive) as archive:
        (finding,) = over(archive, SystemClock()).import_bundles([file]).findings
        changed = msgspec.structs.replace(finding, reason=reason)

        assert turned_away.is_verdict(archive, changed) is is_told
