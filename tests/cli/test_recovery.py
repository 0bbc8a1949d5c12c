# SPDX-License-Identifier: Apache-2.0
"""A passphrase is lost and found again on paper: sheets made, tried, mixed up, mistyped, and used."""

from __future__ import annotations

import hashlib
import os
import re
import stat

import pytest

from testimony_app.crypto import shares
from testimony_app.crypto.secret import Secret
from testimony_app.safekeeping import sheet_words
from tests.cli.conftest import PASSPHRASE

NEW = "a boat with nine white sails at noon"


@pytest.fixture
def vault(govah, tmp_path):
    """Return a collector's vault with a written testimony in it."""
    folder = tmp_path / "vault"
    govah("create", folder, "--role", "collector", "--name", "Laptop 4")
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    assert govah("add", folder, "--text", tmp_path / "t.txt").status == 0
    return folder


@pytest.fixture
def three(govah, vault, tmp_path):
    """Return the files of three sheets, of which any two open the vault."""
    made = govah("recovery", vault, "shares", "2/3", "--out", tmp_path / "sheets")
    assert made.status == 0, made.err
    return [tmp_path / "sheets" / f"sheet-{number}-of-3.html" for number in (1, 2, 3)]


@pytest.fixture
def new_passphrase(tmp_path):
    """Return a file with a new passphrase."""
    path = tmp_path / "new passphrase"
    path.write_text(NEW + "\n", encoding="utf-8")
    return path


def given(*files):
    """Return files as arguments."""
    return [word for file in files for word in ("--share", file)]


def state_of(folder):
    """Return every byte of a folder, and every file's times."""
    return {
        path.relative_to(folder): (
            path.stat().st_mtime_ns,
            path.is_file() and hashlib.sha256(path.read_bytes()).digest(),
        )
        for path in folder.rglob("*")
    }


def test_a_lost_passphrase_is_replaced_with_two_of_three_sheets(govah, vault, three, new_passphrase):
    """Any two sheets open the vault; the new passphrase opens it from then on, and everything is there."""
    govah.passphrase_file.write_text("forgotten\n", encoding="utf-8")
    assert govah("list", vault).status == 1

    words = ("recovery", vault, "restore", *given(three[2], three[0]), "--new-passphrase-file", new_passphrase)
    restored = govah(*words, passphrase=False)

    govah.passphrase_file.write_text(NEW + "\n", encoding="utf-8")
    assert restored.status == 0, restored.err
    assert [row["state"] for row in govah("list", vault).json["testimonies"]] == ["draft"]
    assert govah("check", vault).json["ok"]


def test_the_old_passphrase_opens_until_only_the_new_one_may(govah, vault, three, new_passphrase):
    """A passphrase that somebody else may have found is shut out when that is asked for."""
    words = ("recovery", vault, "restore", *given(*three[:2]), "--new-passphrase-file", new_passphrase)
    govah(*words, passphrase=False)
    assert govah("list", vault).status == 0

    govah(*words, "--only", passphrase=False)

    assert govah("list", vault).json["error"]["code"] == "vault.wrong-passphrase"
    govah.passphrase_file.write_text(NEW + "\n", encoding="utf-8")
    kinds = [way["kind"] for way in govah("passphrase", vault, "list").json["ways"]]
    assert sorted(kinds) == ["passphrase", "recovery"]


def test_trying_proves_the_sheets_and_changes_nothing(govah, vault, three):
    """Every byte and every time in the vault's folder is as it was."""
    before = state_of(vault)

    tried = govah("recovery", vault, "try", *given(*three), passphrase=False)

    assert tried.status == 0, tried.err
    assert tried.json["opens"] and tried.json["sheets"] == 3 and tried.json["needed"] == 2
    assert state_of(vault) == before


def test_one_sheet_alone_opens_a_vault(govah, vault, tmp_path, new_passphrase):
    """A paper key is one sheet of one."""
    made = govah("recovery", vault, "paper", "--out", tmp_path / "sheet.html")

    assert made.json == {
        "files": [str(tmp_path / "sheet.html")],
        "needed": 1,
        "sheets": 1,
        "set": made.json["set"],
        "archive_key": False,
    }
    assert govah("recovery", vault, "try", *given(tmp_path / "sheet.html"), passphrase=False).status == 0
    words = ("recovery", vault, "restore", *given(tmp_path / "sheet.html"), "--new-passphrase-file", new_passphrase)
    assert govah(*words, passphrase=False).status == 0


def test_words_copied_by_hand_do_as_well(govah, vault, three, tmp_path):
    """A text with the words, numbered, in capitals and over several lines, is a sheet."""
    copies = []
    for number, file in enumerate(three[:2]):
        (words,) = sheet_words.read_files([file])
        lines = [f"{place}. {word.upper()}" for place, word in enumerate(words.split(), 1)]
        copies.append(tmp_path / f"copy{number}.txt")
        copies[-1].write_text("# from the sheet\n" + "\n".join(lines), encoding="utf-8")

    assert govah("recovery", vault, "try", *given(*copies), passphrase=False).status == 0


def test_the_code_on_a_sheet_holds_its_words(three):
    """What the page draws is the code of the very words beside it."""
    import segno

    for file in three:
        (words,) = sheet_words.read_files([file])
        drawn = segno.make_qr(words.upper(), error="m").svg_inline(scale=3, border=4)
        assert drawn in file.read_text(encoding="utf-8")
        assert len(words.split()) == 33


def test_a_sheet_refers_to_nothing_and_runs_nothing(three):
    """A sheet is one file: no script, no address but the name of SVG, both languages, readable by its owner alone."""
    for file in three:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<script|<link|<img|@import|url\(|\bon\w+=", text)
        assert re.findall(r"\w+://[^\"' ]+", text) in ([], ["http://www.w3.org/2000/svg"])
        assert "Recovery sheet" in text and 'lang="fa" dir="rtl"' in text
        assert "$" not in text
        if os.name != "nt":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def words_of(file):
    """Return the words of a sheet's file."""
    return sheet_words.read_files([file])[0].split()


def other_set(govah, vault, three, tmp_path):
    """Give the second sheet of another set."""
    govah("recovery", vault, "shares", "2/2", "--out", tmp_path / "others")
    return [three[0], tmp_path / "others" / "sheet-2-of-2.html", three[2]]


def mistyped(govah, vault, three, tmp_path):
    """Give a second sheet whose fifth word is another word of the list."""
    words = words_of(three[1])
    words[4] = "academic" if words[4] != "academic" else "acid"
    (tmp_path / "typed.txt").write_text(" ".join(words), encoding="utf-8")
    return [three[0], tmp_path / "typed.txt"]


def no_word(govah, vault, three, tmp_path):
    """Give a second sheet whose fifth word is in no list."""
    words = words_of(three[1])
    words[4] = "qwerty"
    (tmp_path / "typed.txt").write_text(" ".join(words), encoding="utf-8")
    return [three[0], tmp_path / "typed.txt"]


def too_short(govah, vault, three, tmp_path):
    """Give a second sheet without its last word."""
    (tmp_path / "typed.txt").write_text(" ".join(words_of(three[1])[:-1]), encoding="utf-8")
    return [three[0], tmp_path / "typed.txt"]


def twice(govah, vault, three, tmp_path):
    """Give the first sheet again in place of the second."""
    return [three[0], three[0]]


def alone(govah, vault, three, tmp_path):
    """Give one sheet where two are needed."""
    return three[:1]


def a_picture(govah, vault, three, tmp_path):
    """Give a file that is no text."""
    (tmp_path / "photo.jpg").write_bytes(bytes(range(256)))
    return [three[0], tmp_path / "photo.jpg"]


def another_vaults(govah, vault, three, tmp_path):
    """Give good sheets of another vault."""
    govah("create", tmp_path / "other", "--role", "collector", "--name", "Laptop 5")
    govah("recovery", tmp_path / "other", "shares", "2/2", "--out", tmp_path / "others")
    return sorted((tmp_path / "others").iterdir())


WRONG = [
    (other_set, "sheet-of-another-set", "2"),
    (mistyped, "sheet-mistyped", "2"),
    (no_word, "unknown-word", "5"),
    (too_short, "sheet-mistyped", "32"),
    (twice, "sheet-twice", "2"),
    (alone, "too-few-sheets", "1"),
    (a_picture, "not-a-sheet", "2"),
    (another_vaults, "sheets-do-not-open", "vault"),
]


@pytest.mark.parametrize(("choose", "code", "named"), WRONG, ids=[case[0].__name__ for case in WRONG])
def test_what_is_wrong_with_sheets_is_said_of_the_one_sheet(  # noqa: PLR0917
    govah, vault, three, tmp_path, new_passphrase, choose, code, named
):
    """The refusal names the sheet, or the word; neither trying nor restoring changes the vault."""
    files = choose(govah, vault, three, tmp_path)
    before = state_of(vault)

    tried = govah("recovery", vault, "try", *given(*files), passphrase=False)
    words = ("recovery", vault, "restore", *given(*files), "--new-passphrase-file", new_passphrase)
    restored = govah(*words, passphrase=False)

    assert tried.status == restored.status == 1
    assert tried.json["error"]["code"] == restored.json["error"]["code"] == f"safekeeping.{code}"
    assert named in tried.json["error"]["what"]
    assert tried.err.count("\n") == 1
    assert state_of(vault) == before


def test_sheets_never_replace_a_file_and_none_stays_behind(govah, vault, three, tmp_path):
    """Where one of the files is taken, no sheet is written and no way of opening is added."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "sheet-2-of-3.html").write_text("mine", encoding="utf-8")

    said = govah("recovery", vault, "shares", "2/3", "--out", tmp_path / "full")

    assert said.json["error"]["code"] == "safekeeping.file-exists"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["sheet-2-of-3.html"]
    assert len(govah("passphrase", vault, "list").json["ways"]) == 2


def test_an_archive_s_sheets_open_its_bundles_without_any_vault(govah, pair, tmp_path):
    """With the archive's computer gone, the keepers' sheets still open what was sealed to it."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    govah("add", pair.collector, "--text", tmp_path / "t.txt")
    govah("seal", pair.collector, "--all")
    govah("export", pair.collector, "--to", pair.stick)
    made = govah("recovery", pair.archive, "shares", "2/3", "--out", tmp_path / "sheets")
    (bundle,) = pair.stick.glob("*.AGE")

    sheets = [tmp_path / "sheets" / f"sheet-{number}-of-3.html" for number in (2, 3)]
    unsealed = govah("unseal", bundle, *given(*sheets), "--out", tmp_path / "bag.tar", passphrase=False)

    assert made.json["archive_key"] and "archive's own key" in made.err
    assert unsealed.status == 0, unsealed.err
    assert b"lantern" in (tmp_path / "bag.tar").read_bytes()


def test_an_archive_s_paper_holds_the_key_that_public_tools_take(govah, pair, tmp_path):
    """The line on the sheet, copied into a file, opens what was sealed to the archive; a collector's has none."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    govah("add", pair.collector, "--text", tmp_path / "t.txt")
    govah("seal", pair.collector, "--all")
    govah("export", pair.collector, "--to", pair.stick)
    for vault, name in ((pair.archive, "archive.html"), (pair.collector, "collector.html")):
        assert govah("recovery", vault, "paper", "--out", tmp_path / name).status == 0
    pages = [(tmp_path / name).read_text(encoding="utf-8") for name in ("archive.html", "collector.html")]
    (bundle,) = pair.stick.glob("*.AGE")

    (tmp_path / "key.txt").write_text(re.findall(r"AGE-SECRET-KEY-PQ-1\w+", pages[0])[0] + "\n", encoding="ascii")
    key = ("--identity", tmp_path / "key.txt")

    assert govah("unseal", bundle, *key, "--out", tmp_path / "bag.tar", passphrase=False).status == 0
    assert "AGE-SECRET" not in pages[1]


def test_an_archive_s_second_set_takes_no_second_way(govah, pair, tmp_path):
    """The archive's sheets are its one key, split anew: both sets open it, by the same slot."""
    for name in ("first", "second"):
        assert govah("recovery", pair.archive, "shares", "2/2", "--out", tmp_path / name).status == 0

    kinds = [way["kind"] for way in govah("passphrase", pair.archive, "list").json["ways"]]
    assert sorted(kinds) == ["passphrase", "recovery"]
    for name in ("first", "second"):
        sheets = sorted((tmp_path / name).iterdir())
        assert govah("recovery", pair.archive, "try", *given(*sheets), passphrase=False).status == 0


@pytest.mark.parametrize("first", range(256))
def test_every_leading_byte_comes_back(first):
    """A secret that begins with zero, or with any other byte, is restored whole from a sheet and from two of three."""
    secret = Secret(bytes([first]) + os.urandom(31))

    alone, split = shares.split(secret, 1, 1), shares.split(secret, 2, 3)

    assert sheet_words.secret_of(alone) == secret
    assert sheet_words.secret_of([split[2], split[0]]) == secret


@pytest.mark.parametrize(
    "words",
    [["shares"], ["shares", "1/3"], ["shares", "4/3"], ["shares", "2/17"], ["paper"], ["paper", "2/3"], ["frame"]],
    ids=" ".join,
)
def test_wrong_usage_is_told_before_anything_is_opened(govah, tmp_path, words):
    """K of N is 2 of 2 to 16 of 16, and what is written must be said where."""
    out = ["--out", tmp_path / "x"] if words[0] == "shares" and len(words) > 1 else []
    out += ["--out", tmp_path / "x"] if words == ["paper", "2/3"] else []

    assert govah("recovery", tmp_path / "nothing", *words, *out).status == 2


def test_without_sheets_and_without_a_person_nothing_is_asked(govah, vault):
    """A script that forgot the sheets is told so."""
    said = govah("recovery", vault, "try", passphrase=False)

    assert said.json["error"]["code"] == "cli.no-sheets"
    assert PASSPHRASE not in said.err
