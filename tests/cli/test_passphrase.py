# SPDX-License-Identifier: Apache-2.0
"""The ways of opening a vault, by command line: changed, added, dropped, and split over a stick."""

from __future__ import annotations

import os
import stat

import pytest

from tests.cli.conftest import PASSPHRASE

NEW = "a boat with nine white sails at noon"


@pytest.fixture
def vault(govah, tmp_path):
    """Return a collector's vault."""
    folder = tmp_path / "vault"
    assert govah("create", folder, "--role", "collector", "--name", "Laptop 4").status == 0
    return folder


@pytest.fixture
def new(tmp_path):
    """Return a file with a new passphrase, as arguments."""
    path = tmp_path / "new"
    path.write_text(NEW + "\n", encoding="utf-8")
    return ("--new-passphrase-file", path)


def type_from_now_on(govah, passphrase):
    """Let the person type another passphrase."""
    govah.passphrase_file.write_text(passphrase + "\n", encoding="utf-8")


def kinds(said):
    """Return the kinds of the ways that a command listed."""
    return sorted(way["kind"] for way in said.json["ways"])


def test_a_changed_passphrase_opens_and_the_old_one_does_not(govah, vault, new):
    """Changing without naming a way changes one's own."""
    changed = govah("passphrase", vault, *new)

    assert changed.status == 0, changed.err
    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"
    type_from_now_on(govah, NEW)
    assert govah("list", vault).status == 0
    assert kinds(govah("passphrase", vault, "list")) == ["passphrase"]


def test_a_second_person_s_passphrase_is_added_and_dropped(govah, vault, new):
    """Both open while both are there; the dropped one opens nothing."""
    added = govah("passphrase", vault, "add", *new)
    assert added.status == 0 and kinds(added) == ["passphrase", "passphrase"]
    assert govah("list", vault).status == 0

    dropped = govah("passphrase", vault, "drop", added.json["slot"])

    assert dropped.status == 0 and kinds(dropped) == ["passphrase"]
    assert "older backup" in dropped.err
    type_from_now_on(govah, NEW)
    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"


def test_the_last_way_stays(govah, vault):
    """A vault is never left without a way of opening it."""
    (mine,) = govah("passphrase", vault, "list").json["ways"]

    said = govah("passphrase", vault, "drop", mine["slot"])

    assert said.json["error"]["code"] == "vault.not-removable"
    assert govah("list", vault).status == 0


def test_a_vault_with_a_second_half_opens_with_neither_alone(govah, vault, new, tmp_path):
    """The file on the stick and the passphrase are asked for together, and both survive a change of passphrase."""
    (mine,) = govah("passphrase", vault, "list").json["ways"]
    half = tmp_path / "half.key"
    assert govah("passphrase", vault, "add", *new, "--make-key-file", half).status == 0
    assert govah("passphrase", vault, "drop", mine["slot"]).status == 0
    type_from_now_on(govah, NEW)

    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"
    assert govah("list", vault, "--key-file", half).status == 0
    assert half.stat().st_size == 32
    if os.name != "nt":
        assert stat.S_IMODE(half.stat().st_mode) == 0o600

    new[1].write_text("and now another one altogether\n", encoding="utf-8")
    assert govah("passphrase", vault, *new, "--key-file", half).status == 0
    type_from_now_on(govah, "and now another one altogether")
    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"
    assert kinds(govah("passphrase", vault, "list", "--key-file", half)) == ["passphrase_and_file"]


def test_a_second_half_never_replaces_a_file(govah, vault, new, tmp_path):
    """A file that is there stays, and no way is added."""
    (tmp_path / "half.key").write_text("mine", encoding="utf-8")

    said = govah("passphrase", vault, "add", *new, "--make-key-file", tmp_path / "half.key")

    assert said.json["error"]["code"] == "safekeeping.file-exists"
    assert (tmp_path / "half.key").read_text(encoding="utf-8") == "mine"
    assert kinds(govah("passphrase", vault, "list")) == ["passphrase"]


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_file_of_another_size_is_no_second_half(govah, vault, tmp_path, size):
    """A wrong file is told from a wrong passphrase."""
    (tmp_path / "half.key").write_bytes(bytes(size))

    said = govah("list", vault, "--key-file", tmp_path / "half.key")

    assert said.json["error"]["code"] == "safekeeping.not-a-key-file"


def test_eight_ways_are_all_there_are(govah, vault, new, tmp_path):
    """The ninth is refused and leaves no file of its second half; the eight still open."""
    for _ in range(7):
        assert govah("passphrase", vault, "add", *new).status == 0

    said = govah("passphrase", vault, "add", *new, "--make-key-file", tmp_path / "half.key")

    assert said.json["error"]["code"] == "crypto.key-slots-full"
    assert not (tmp_path / "half.key").exists()
    assert govah("list", vault).status == 0


def test_sheets_are_not_changed_into_a_passphrase(govah, vault, new, tmp_path):
    """A way that is on paper is dropped, not changed."""
    govah("recovery", vault, "paper", "--out", tmp_path / "sheet.html")
    (sheet,) = [way for way in govah("passphrase", vault, "list").json["ways"] if way["kind"] == "recovery"]

    assert govah("passphrase", vault, "change", sheet["slot"], *new).json["error"]["code"] == "vault.not-removable"
    assert govah("passphrase", vault, "drop", sheet["slot"]).status == 0
    tried = govah("recovery", vault, "try", "--share", tmp_path / "sheet.html", passphrase=False)
    assert tried.json["error"]["code"] == "safekeeping.sheets-do-not-open"


def test_a_weak_passphrase_is_called_weak(govah, vault, new):
    """It is the owner's choice, and it is said."""
    new[1].write_text("1234\n", encoding="utf-8")

    assert "weak" in govah("passphrase", vault, *new).err


def test_drop_needs_a_number(govah, vault):
    """Nothing is dropped by guessing."""
    assert govah("passphrase", vault, "drop").status == 2


@pytest.fixture
def other(govah, tmp_path, new):
    """Return another collector's vault beside the first, with the passphrase that stands in the file of `new`."""
    folder = tmp_path / "other"
    type_from_now_on(govah, NEW)
    assert govah("create", folder, "--role", "collector", "--name", "Holiday").status == 0
    type_from_now_on(govah, PASSPHRASE)
    return folder


def test_a_passphrase_under_duress_opens_the_other_vault(govah, vault, new, other, tmp_path):
    """Its limits are said before it is set; given, every command works on the other vault alone."""
    (tmp_path / "words.txt").write_text("the lantern by the well", encoding="utf-8")
    code = govah("add", vault, "--text", tmp_path / "words.txt").json["code"]

    said = govah("passphrase", vault, "duress", "--other", other, *new)

    assert said.status == 0 and kinds(said) == ["duress", "passphrase"]
    assert "does not hide" in said.err and "destroys" not in said.err
    type_from_now_on(govah, NEW)
    assert govah("list", vault).json == {"testimonies": []}
    assert govah("show", vault, code).json["error"]["code"] == "vault.unknown-code"
    assert govah("card", vault, "--out", tmp_path / "c.card").json["name"] == "Holiday"
    added = govah("add", vault, "--text", tmp_path / "words.txt").json["code"]
    assert [one["code"] for one in govah("list", other).json["testimonies"]] == [added]
    type_from_now_on(govah, PASSPHRASE)
    assert [one["code"] for one in govah("list", vault).json["testimonies"]] == [code]


def test_a_passphrase_under_duress_that_erases(govah, vault, new, other):
    """What it costs is said before it is set; given once, the first vault's passphrase is a wrong one."""
    said = govah("passphrase", vault, "duress", "--other", other, "--erase-others", *new)

    assert kinds(said) == ["duress_erasing", "passphrase"]
    assert "can be a crime" in said.err and "lost for good" in said.err
    assert govah("list", vault).status == 0
    type_from_now_on(govah, NEW)
    assert govah("check", vault).json["ok"]
    type_from_now_on(govah, PASSPHRASE)
    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"


def test_a_passphrase_under_duress_is_dropped(govah, vault, new, other):
    """By its number, like any way of opening; it opens nothing here then."""
    slot = govah("passphrase", vault, "duress", "--other", other, *new).json["slot"]

    assert kinds(govah("passphrase", vault, "drop", slot)) == ["passphrase"]
    type_from_now_on(govah, NEW)
    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"


@pytest.mark.parametrize(
    "words", [("duress",), ("list", "--other", "x"), ("--erase-others",), ("duress", "3", "--other", "x")]
)
def test_duress_is_said_in_full(govah, vault, words):
    """Without the other vault, or with what belongs to another act, it is wrong usage."""
    assert govah("passphrase", vault, *words).status == 2
