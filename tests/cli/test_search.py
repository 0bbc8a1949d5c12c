# SPDX-License-Identifier: Apache-2.0
"""Searching in a collector's vault: its drafts are found, what is sealed is not, and no trace is left."""

from __future__ import annotations

from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.vault.vault import Vault
from tests.cli.conftest import PASSPHRASE


def add(govah, pair, tmp_path, words):
    """Take a written draft down; return its code."""
    (tmp_path / "t.txt").write_text(words, encoding="utf-8")
    return govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]


def test_a_collector_finds_drafts_and_nothing_sealed(govah, pair, tmp_path):
    """Words find the draft that holds them; after the seal they find nothing, and the index never held them."""
    first = add(govah, pair, tmp_path, "The lantern stood by the well.")
    add(govah, pair, tmp_path, "A boat with nine sails.")

    found = govah("search", pair.collector, "lantern")
    govah("seal", pair.collector, first)
    after = govah("search", pair.collector, "lantern")

    assert [hit["code"] for hit in found.json["hits"]] == [first] and "lantern" in found.json["hits"][0]["snippet"]
    assert found.json["total"] == 1
    assert after.status == 0 and after.json["hits"] == []
    with Vault.open(pair.collector, Secret(PASSPHRASE.encode()), clock=SystemClock()) as vault:
        assert not list(vault.index.parts())


def test_a_collector_finds_people(govah, pair, tmp_path):
    """Names in a draft are found as at the archive, in either script."""
    (tmp_path / "d.json").write_text('{"people": [{"names": ["Parvin Nemooneh"]}]}', encoding="utf-8")
    code = govah("add", pair.collector, "--details", tmp_path / "d.json").json["code"]

    (person,) = govah("search", pair.collector, "parvin", "--people").json["people"]

    assert (person["name"], person["testimonies"]) == ("Parvin Nemooneh", [code])
