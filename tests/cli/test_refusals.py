# SPDX-License-Identifier: Apache-2.0
"""What the command line says when something can't be done: one line, an exit status, nothing half done."""

from __future__ import annotations

import pytest

from testimony_app.cli import main as command_line
from testimony_app.cli.main import main


def line(said):
    """Return the one line on standard error."""
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith("govah: ")
    assert said.err.count("; ") >= 1
    return said.err


def test_a_wrong_passphrase_is_refused_in_one_line(govah, pair):
    """The vault stays closed and nothing is said about how wrong it was."""
    govah.passphrase_file.write_text("not the right one\n")

    said = govah("list", pair.collector)

    assert said.status == 1
    assert said.json["error"]["code"] == "vault.wrong-passphrase"
    line(said)


def test_a_folder_that_is_no_vault_is_left_as_it_is(govah, tmp_path):
    """A folder with somebody's files is never touched."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("mine")

    said = govah("list", tmp_path / "letters")

    assert said.status == 1
    assert said.json["error"]["code"] == "vault.not-a-vault"
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["one.txt"]
    line(said)


def test_a_vault_is_never_made_over_something_else(govah, tmp_path):
    """Creating in a folder that holds anything is refused."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "one.txt").write_text("mine")

    said = govah("create", tmp_path / "full", "--role", "archive", "--name", "x")

    assert said.json["error"]["code"] == "vault.folder-not-empty"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["one.txt"]


def test_a_card_with_another_number_is_not_trusted(govah, pair, tmp_path):
    """One digit off is a different key."""
    said = govah("trust", pair.collector, tmp_path / "archive.card", "--safety-number", "00000 " * 12)

    assert said.status == 1
    assert said.json["error"]["code"] == "exchange.safety-number-differs"


def test_recording_without_a_microphone_makes_no_draft(govah, pair):
    """Nothing is begun that can't be done."""
    said = govah("record", pair.collector, "--seconds", "1")

    assert said.status == 1
    assert said.json["error"]["code"] == "cli.no-microphone"
    assert govah("list", pair.collector).json["testimonies"] == []


def test_sealing_without_an_archive_keeps_the_draft(govah, tmp_path):
    """Nobody to seal to: the draft stays, readable, and the reason is said."""
    vault = tmp_path / "alone"
    govah("create", vault, "--role", "collector", "--name", "alone")
    (tmp_path / "t.txt").write_text("words")
    code = govah("add", vault, "--text", tmp_path / "t.txt").json["code"]

    said = govah("seal", vault, code)

    assert said.status == 1
    assert said.json["refused"] == [{"code": code, "reason": "intake.no-archive"}]
    assert govah("show", vault, code).json["text"] == "words"


def test_nothing_is_removed_without_a_receipt(govah, pair, tmp_path):
    """A draft or sealed testimony stays until an archive has confirmed it."""
    (tmp_path / "t.txt").write_text("words")
    code = govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]
    govah("seal", pair.collector, code)

    said = govah("remove", pair.collector, code)

    assert said.status == 1
    assert said.json["removed"] == []
    assert len(govah("list", pair.collector).json["testimonies"]) == 1


def test_a_file_that_cannot_be_read_leaves_no_draft(govah, pair, tmp_path):
    """All files are looked at before anything is begun."""
    said = govah("add", pair.collector, "--text", tmp_path / "missing.txt")

    assert said.json["error"]["code"] == "intake.attachment-unreadable"
    assert govah("list", pair.collector).json["testimonies"] == []


@pytest.mark.parametrize("words", [["nonsense"], ["create"], ["seal"], ["create", "x", "--role", "king"]])
def test_wrong_usage_ends_with_two(words, capsys):
    """The usage is printed."""
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: govah" in capsys.readouterr().err


@pytest.mark.parametrize("command", command_line.commands())
def test_every_command_explains_itself_with_an_example(command, capsys):
    """`--help` says what a command does and shows it at work."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert f"govah {command}" in capsys.readouterr().out
