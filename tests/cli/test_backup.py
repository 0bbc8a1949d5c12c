# SPDX-License-Identifier: Apache-2.0
"""A second copy of a vault by command line: made, renewed, restored by passphrase or on paper."""

from __future__ import annotations

import pytest

WORDS = "The lantern stood by the well."


@pytest.fixture
def vault(govah, tmp_path):
    """Return a vault with a testimony that has an attachment."""
    folder = tmp_path / "vault"
    govah("create", folder, "--role", "collector", "--name", "Laptop 4")
    add(govah, folder, tmp_path)
    return folder


def add(govah, folder, tmp_path):
    """Add a testimony with a file of its own; return its code."""
    (tmp_path / "t.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "letter.bin").write_bytes(b"letter" * 1000)
    added = govah("add", folder, "--text", tmp_path / "t.txt", "--attach", tmp_path / "letter.bin")
    assert added.status == 0, added.err
    return added.json["code"]


def test_a_lost_vault_comes_back_from_its_backup(govah, vault, tmp_path):
    """What was backed up is there again, every byte of it checked, and nothing readable was on the way."""
    done = govah("backup", vault, "--to", tmp_path / "backup")
    codes = [row["code"] for row in govah("list", vault).json["testimonies"]]

    restored = govah("restore", tmp_path / "backup", "--to", tmp_path / "again")

    assert done.json == {"backup": str(tmp_path / "backup"), "copied": 1, "kept": 0, "bytes": done.json["bytes"]}
    assert restored.status == 0, restored.err
    assert restored.json["ok"] and restored.json["damaged"] == []
    assert govah("show", tmp_path / "again", codes[0]).json["text"] == WORDS
    assert all(b"lantern" not in path.read_bytes() for path in (tmp_path / "backup").rglob("*") if path.is_file())


def test_a_renewed_backup_copies_only_what_is_new(govah, vault, tmp_path):
    """Of a changed vault, the new blobs are copied and the old ones kept."""
    govah("backup", vault, "--to", tmp_path / "backup")
    blobs = {path: path.stat().st_ino for path in (tmp_path / "backup" / "blobs").rglob("*") if path.is_file()}
    code = add(govah, vault, tmp_path)

    again = govah("backup", vault, "--to", tmp_path / "backup")

    assert (again.json["copied"], again.json["kept"]) == (1, 1)
    assert {path: path.stat().st_ino for path in blobs} == blobs
    govah("restore", tmp_path / "backup", "--to", tmp_path / "again")
    assert code in [row["code"] for row in govah("list", tmp_path / "again").json["testimonies"]]


def test_a_backup_is_restored_with_sheets_and_a_new_passphrase_set(govah, vault, tmp_path):
    """Vault and passphrase both lost: the backup and two of three sheets bring everything back."""
    govah("recovery", vault, "shares", "2/3", "--out", tmp_path / "sheets")
    govah("backup", vault, "--to", tmp_path / "backup")
    sheets = [
        "--share",
        tmp_path / "sheets" / "sheet-1-of-3.html",
        "--share",
        tmp_path / "sheets" / "sheet-3-of-3.html",
    ]
    (tmp_path / "new").write_text("a boat with nine white sails at noon\n", encoding="utf-8")

    restored = govah("restore", tmp_path / "backup", "--to", tmp_path / "again", *sheets, passphrase=False)
    new = ("--new-passphrase-file", tmp_path / "new", "--only")
    reset = govah("recovery", tmp_path / "again", "restore", *sheets, *new, passphrase=False)

    assert (restored.status, reset.status) == (0, 0), restored.err + reset.err
    govah.passphrase_file.write_text("a boat with nine white sails at noon\n", encoding="utf-8")
    assert len(govah("list", tmp_path / "again").json["testimonies"]) == 1


def test_a_backup_is_never_restored_over_something(govah, vault, tmp_path):
    """A folder that holds anything is refused and left as it is."""
    govah("backup", vault, "--to", tmp_path / "backup")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "one.txt").write_text("mine", encoding="utf-8")

    said = govah("restore", tmp_path / "backup", "--to", tmp_path / "full")

    assert said.json["error"]["code"] == "vault.folder-not-empty"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["one.txt"]


def test_a_wrong_passphrase_or_wrong_sheets_leave_no_folder(govah, vault, tmp_path):
    """What can't be opened is not left lying about."""
    govah("backup", vault, "--to", tmp_path / "backup")
    govah("create", tmp_path / "other", "--role", "collector", "--name", "Laptop 5")
    govah("recovery", tmp_path / "other", "paper", "--out", tmp_path / "sheet.html")
    sheet = ("--share", tmp_path / "sheet.html")
    govah.passphrase_file.write_text("not the right one\n", encoding="utf-8")

    by_passphrase = govah("restore", tmp_path / "backup", "--to", tmp_path / "again")
    by_sheet = govah("restore", tmp_path / "backup", "--to", tmp_path / "again", *sheet, passphrase=False)

    assert by_passphrase.json["error"]["code"] == "vault.wrong-passphrase"
    assert by_sheet.json["error"]["code"] == "safekeeping.sheets-do-not-open"
    assert not (tmp_path / "again").exists()


def test_a_damaged_backup_gives_what_is_whole_and_names_the_rest(govah, vault, tmp_path):
    """The vault is restored in part, and the status says so."""
    govah("backup", vault, "--to", tmp_path / "backup")
    (blob,) = (path for path in (tmp_path / "backup" / "blobs").rglob("*") if path.is_file())
    harmed = bytearray(blob.read_bytes())
    harmed[100] ^= 1
    blob.write_bytes(harmed)

    said = govah("restore", tmp_path / "backup", "--to", tmp_path / "again")

    assert said.status == 3
    assert [found["reason"] for found in said.json["damaged"]] == ["altered"]
    assert govah("list", tmp_path / "again").status == 0


def test_no_backup_in_a_folder_is_said(govah, vault, tmp_path):
    """A folder of other things is no backup, and becomes none."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("mine", encoding="utf-8")

    assert govah("restore", tmp_path / "letters", "--to", tmp_path / "x").json["error"]["code"] == "vault.not-a-backup"
    assert govah("backup", vault, "--to", tmp_path / "letters").json["error"]["code"] == "vault.folder-not-empty"
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["one.txt"]
