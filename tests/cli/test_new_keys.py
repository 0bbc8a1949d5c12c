# SPDX-License-Identifier: Apache-2.0
"""Signing keys that may be stolen are replaced: by a new card that the old keys signed, compared like any other."""

from __future__ import annotations

import pytest

from testimony_app.exchange import trust


def write(govah, pair, tmp_path):
    """Seal a written testimony; return its code."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    code = govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]
    assert govah("seal", pair.collector, "--all").status == 0
    return code


def deliver(govah, pair):
    """Carry what is sealed to the archive and its receipts home; return what both said."""
    govah("export", pair.collector, "--to", pair.stick)
    taken = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    home = govah("receipts", pair.collector, pair.stick)
    for file in pair.stick.iterdir():
        file.unlink()
    return taken, home


def test_a_collector_s_stolen_keys_are_replaced(govah, pair, tmp_path):
    """The archive's card list says so by name; what the new keys sign is taken in, in one chain of receipts."""
    old = tmp_path / "collector.card"
    before = write(govah, pair, tmp_path)
    deliver(govah, pair)

    said = govah("card", pair.collector, "--out", tmp_path / "new.card", "--new-keys")
    again = govah("card", pair.collector, "--out", tmp_path / "again.card")
    trusted = govah("trust", pair.archive, tmp_path / "new.card", "--safety-number", said.json["safety_number"])

    assert said.status == 0, said.err
    assert (tmp_path / "new.card").read_bytes() == (tmp_path / "again.card").read_bytes()
    read = trust.read_card_file(tmp_path / "new.card")
    was = trust.read_card_file(old)
    assert read.replaces == was.fingerprint and read.card.recipient == was.card.recipient
    assert (read.card.ed25519, read.card.composite) != (was.card.ed25519, was.card.composite)
    assert again.json["safety_number"] == said.json["safety_number"]
    assert trusted.json["replaced"] == [was.fingerprint]
    assert [one["standing"] for one in govah("trust", pair.archive).json["partners"]] == ["revoked", "trusted"]

    after = write(govah, pair, tmp_path)
    taken, home = deliver(govah, pair)
    (result,) = taken.json["results"]
    assert (result["outcome"], result["code"], result["warnings"]) == ("imported", after, [])
    assert home.json["accepted"] == [after] and home.json["refused"] == []
    states = {one["code"]: one["state"] for one in govah("list", pair.collector).json["testimonies"]}
    assert states == {before: "received", after: "received"}
    assert govah("check", pair.collector).json["ok"]


def test_nothing_sealed_is_left_on_its_way_unasked(govah, pair, tmp_path):
    """What the old keys signed would be refused: so it is said first, and done only when it is asked for."""
    write(govah, pair, tmp_path)
    govah("export", pair.collector, "--to", pair.stick)

    held = govah("card", pair.collector, "--out", tmp_path / "new.card", "--new-keys")
    assert held.json["error"]["code"] == "exchange.sealed-on-the-way" and not (tmp_path / "new.card").exists()
    said = govah("card", pair.collector, "--out", tmp_path / "new.card", "--new-keys", "--despite-sealed")
    govah("trust", pair.archive, tmp_path / "new.card", "--safety-number", said.json["safety_number"])
    (result,) = govah("import", pair.archive, pair.stick).json["results"]

    assert said.status == 0 and result["reason"] == "exchange.signer-revoked"


def test_an_archive_s_stolen_keys_are_replaced(govah, pair, tmp_path):
    """What was sealed to the old card is still for it; its receipts come with the new keys, in the same chain."""
    write(govah, pair, tmp_path)
    deliver(govah, pair)
    said = govah("card", pair.archive, "--out", tmp_path / "new.card", "--new-keys")
    code = write(govah, pair, tmp_path)

    trusted = govah("trust", pair.collector, tmp_path / "new.card", "--safety-number", said.json["safety_number"])
    taken, home = deliver(govah, pair)

    assert len(trusted.json["replaced"]) == 1
    assert taken.json["results"][0]["outcome"] == "imported"
    assert home.json["accepted"] == [code] and home.json["refused"] == []


def test_an_archive_that_knows_an_older_card_of_the_same_keys(govah, pair, tmp_path):
    """The card that is replaced needn't be the one that was pinned: the signature of its keys tells."""
    pinned = trust.read_card_file(tmp_path / "collector.card").fingerprint
    govah("card", pair.collector, "--out", tmp_path / "renewed.card", "--valid-until", "2199-01-01")
    said = govah("card", pair.collector, "--out", tmp_path / "new.card", "--new-keys")

    trusted = govah("trust", pair.archive, tmp_path / "new.card", "--safety-number", said.json["safety_number"])

    assert trusted.json["replaced"] == [pinned]


@pytest.mark.parametrize("words", [("--despite-sealed",), ("--new-keys", "--valid-until", "2199-01-01")])
def test_what_does_not_go_together(govah, pair, tmp_path, words):
    """It is wrong usage, and changes nothing."""
    assert govah("card", pair.collector, "--out", tmp_path / "x.card", *words).status == 2
