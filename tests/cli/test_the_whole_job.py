# SPDX-License-Identifier: Apache-2.0
"""The main job by command line alone: add, seal, carry, verify, import, receipt, find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

WORDS = "They called the names after dark. The lantern stood by the well."


@pytest.fixture
def text(tmp_path):
    """Return a file with a written testimony."""
    path = tmp_path / "statement.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


@pytest.fixture
def sealed(govah, pair, text):
    """Return the code of a testimony that was added and sealed."""
    added = govah("add", pair.collector, "--text", text)
    assert added.status == 0, added.err
    assert govah("seal", pair.collector, "--all").json["refused"] == []
    return added.json["code"]


def test_a_written_testimony_goes_from_field_to_archive(govah, pair, sealed):
    """What was typed at the collector is found at the archive, and the receipt comes home."""
    exported = govah("export", pair.collector, "--to", pair.stick)
    imported = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    found = govah("search", pair.archive, "lantern")
    receipts = govah("receipts", pair.collector, pair.stick)

    assert [one["code"] for one in exported.json["written"]] == [sealed]
    assert [one["outcome"] for one in imported.json["results"]] == ["imported"]
    assert [hit["code"] for hit in found.json["hits"]] == [sealed]
    assert receipts.json == {"accepted": [sealed], "refused": [], "turned_away": []}
    states = {role: govah("list", getattr(pair, role)).json["testimonies"] for role in ("collector", "archive")}
    assert [row["state"] for row in states["collector"]] == ["received"]
    assert [row["state"] for row in states["archive"]] == ["to_review"]


def test_after_sealing_this_vault_shows_the_code_and_no_word(govah, pair, sealed):
    """Sealed is sealed: the collector's vault can't show a word of it any more."""
    shown = govah("show", pair.collector, sealed)

    assert shown.json["state"] == "sealed"
    assert "lantern" not in shown.out


def test_a_second_import_is_a_duplicate_and_changes_nothing(govah, pair, sealed):
    """A stick that is read twice leaves one testimony."""
    govah("export", pair.collector, "--to", pair.stick)
    govah("import", pair.archive, pair.stick)

    again = govah("import", pair.archive, pair.stick)

    assert [one["outcome"] for one in again.json["results"]] == ["duplicate"]
    assert len(govah("list", pair.archive).json["testimonies"]) == 1


def test_verify_reads_all_and_writes_nothing(govah, pair, sealed):
    """Verifying leaves the vault as it was; importing afterwards is still the first time."""
    govah("export", pair.collector, "--to", pair.stick)
    files = sorted(pair.stick.glob("*.AGE"))

    verified = govah("verify", *files, "--vault", pair.archive)

    assert verified.status == 0
    assert [one["outcome"] for one in verified.json["results"]] == ["verified"]
    assert govah("list", pair.archive).json["testimonies"] == []


@pytest.mark.parametrize("harm", ["cut", "bit", "nothing-of-ours"])
def test_a_harmed_file_is_refused_and_the_good_one_taken(govah, pair, sealed, harm):
    """One bad file of two: the good one is in the archive, the exit status says in part."""
    govah("export", pair.collector, "--to", pair.stick)
    good = next(pair.stick.glob("*.AGE"))
    whole = good.read_bytes()
    bad = {
        "cut": whole[: len(whole) // 2],
        "bit": whole[:700_000] + bytes([whole[700_000] ^ 1]) + whole[700_001:],
        "nothing-of-ours": b"hello" * 1000,
    }[harm]
    (pair.stick / "AAAAAAAA.AGE").write_bytes(bad)

    imported = govah("import", pair.archive, pair.stick)

    outcomes = {Path(one["file"]).name: one["outcome"] for one in imported.json["results"]}
    assert imported.status == 3
    assert outcomes[good.name] == "imported"
    assert outcomes["AAAAAAAA.AGE"] in ("damaged", "refused")
    assert "AAAAAAAA.AGE: " in imported.err


def test_a_bundle_for_another_archive_is_not_for_us(govah, pair, sealed, tmp_path):
    """An archive that isn't named can't even open it."""
    other = tmp_path / "other"
    govah("create", other, "--role", "archive", "--name", "another archive")
    govah("export", pair.collector, "--to", pair.stick)

    imported = govah("import", other, pair.stick)

    assert imported.status == 1
    assert [one["outcome"] for one in imported.json["results"]] == ["not-for-us"]


def test_details_fill_witness_people_and_consent(govah, pair, tmp_path):
    """A details file goes through the same doors as the desktop's pages."""
    details = {
        "languages": ["pes"],
        "witness": {"pseudonym": "Sima"},
        "people": [{"names": ["Lantern Bearer"], "happened": "was called and did not come back"}],
        "consent": {"language": "en", "answers": {"P1": "yes"}},
    }
    path = tmp_path / "details.json"
    path.write_text(json.dumps(details), encoding="utf-8")

    added = govah("add", pair.collector, "--details", path)
    shown = govah("show", pair.collector, added.json["code"])

    assert shown.json["witness"]["pseudonym"] == "Sima"
    assert shown.json["people"][0]["names"] == ["Lantern Bearer"]
    assert shown.json["consent"][0]["answers"] == {"P1": "yes"}
