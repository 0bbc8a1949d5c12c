# SPDX-License-Identifier: Apache-2.0
"""Before a border: everything is sealed, carried out and compared, and the laptop holds nothing any more."""

from __future__ import annotations

import pytest


@pytest.fixture
def write(govah, pair, tmp_path):
    """Return what adds a written testimony to the collector's vault."""

    def add(words):
        (tmp_path / "t.txt").write_text(words, encoding="utf-8")
        return govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]

    return add


def test_everything_is_carried_out_and_an_empty_vault_is_left(govah, pair, write):
    """A draft and a testimony sealed before arrive at the archive; the laptop's vault is empty and new."""
    sealed = write("The first lantern.")
    govah("seal", pair.collector, sealed)
    govah("export", pair.collector, "--to", pair.stick)
    draft = write("The second lantern.")
    number = govah("card", pair.collector, "--out", pair.stick.parent / "old.card").json["safety_number"]
    blobs = [path for path in pair.collector.rglob("*") if path.is_file() and path.stat().st_size > 100_000]
    home = pair.stick.parent / "home"

    left = govah("border", pair.collector, "--to", home)

    assert left.status == 0, left.err
    assert left.json["sealed"] == [draft]
    assert sorted(one["code"] for one in left.json["written"]) == sorted([sealed, draft])
    assert govah("list", pair.collector).json["testimonies"] == []
    assert left.json["safety_number"] != number
    assert govah("check", pair.collector).json["ok"]
    assert not [path for path in blobs if path.exists() and path.name not in {"db", "KEYS", "KEYS.B"}]
    imported = govah("import", pair.archive, home)
    assert [one["outcome"] for one in imported.json["results"]] == ["imported", "imported"]
    assert {hit["code"] for hit in govah("search", pair.archive, "lantern").json["hits"]} == {sealed, draft}


def test_old_sheets_open_nothing_after_a_border(govah, pair, write):
    """The keys are gone: the recovery sheets of the old vault don't open the empty one."""
    write("The lantern.")
    sheet = pair.stick.parent / "sheet.html"
    govah("recovery", pair.collector, "paper", "--out", sheet)

    assert govah("border", pair.collector, "--to", pair.stick).status == 0

    tried = govah("recovery", pair.collector, "try", "--share", sheet, passphrase=False)
    assert tried.json["error"]["code"] == "safekeeping.sheets-do-not-open"


def test_what_cannot_be_sealed_stops_everything_and_is_named(govah, tmp_path):
    """Without an archive's card nothing is sealed, carried or dropped."""
    vault = tmp_path / "alone"
    govah("create", vault, "--role", "collector", "--name", "alone")
    (tmp_path / "t.txt").write_text("words", encoding="utf-8")
    codes = [govah("add", vault, "--text", tmp_path / "t.txt").json["code"] for _ in range(2)]

    said = govah("border", vault, "--to", tmp_path / "home")

    assert said.status == 1
    assert said.json["left"] is False
    assert sorted(one["code"] for one in said.json["refused"]) == sorted(codes)
    assert {one["reason"] for one in said.json["refused"]} == {"intake.no-archive"}
    assert [govah("show", vault, code).json["text"] for code in codes] == ["words", "words"]
    assert not (tmp_path / "home").exists()


def test_a_sealed_file_that_is_damaged_stops_the_dropping(govah, pair, write):
    """What can't be copied as it was sealed is named, and the vault keeps everything."""
    code = write("The lantern.")
    govah("seal", pair.collector, code)
    (file,) = (pair.collector / "out").iterdir()
    harmed = bytearray(file.read_bytes())
    harmed[1000] ^= 1
    file.write_bytes(harmed)

    said = govah("border", pair.collector, "--to", pair.stick)

    assert said.status == 1
    assert said.json["refused"] == [{"code": code, "reason": "exchange.sealed-file-missing"}]
    assert [row["code"] for row in govah("list", pair.collector).json["testimonies"]] == [code]
    assert not list(pair.stick.iterdir())


def test_a_folder_inside_the_vault_is_no_way_out(govah, pair, write):
    """Copies that would be dropped with the vault are not copies."""
    code = write("The lantern.")

    said = govah("border", pair.collector, "--to", pair.collector / "out")

    assert said.json["error"]["code"] == "border.folder-inside"
    assert [row["code"] for row in govah("list", pair.collector).json["testimonies"]] == [code]


def test_other_files_in_the_vault_s_folder_stop_the_dropping(govah, pair, write):
    """Somebody's own file in there is neither carried nor destroyed."""
    write("The lantern.")
    (pair.collector / "notes.txt").write_text("mine", encoding="utf-8")

    said = govah("border", pair.collector, "--to", pair.stick)

    assert said.json["error"]["code"] == "border.other-files-inside"
    assert (pair.collector / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_archive_is_not_emptied(govah, pair):
    """What an archive holds is sealed to nobody else."""
    said = govah("border", pair.archive, "--to", pair.stick)

    assert said.json["error"]["code"] == "border.not-for-an-archive"
    assert govah("check", pair.archive).json["ok"]


def test_a_vault_without_testimonies_is_left_empty_too(govah, pair):
    """Nothing to carry is no obstacle: cards and log go."""
    said = govah("border", pair.collector, "--to", pair.stick)

    assert said.status == 0, said.err
    assert said.json["written"] == []
