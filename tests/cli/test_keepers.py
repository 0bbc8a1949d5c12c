# SPDX-License-Identifier: Apache-2.0
"""Who spoke is sealed to the keepers: the archive works on the testimony and can't learn the name alone."""

from __future__ import annotations

import json
import os
import re
import stat

import pytest

from testimony_app.clock import SystemClock
from testimony_app.crypto.age import HybridIdentity
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import removal
from testimony_app.safekeeping import sheet_words
from testimony_app.vault.vault import Vault
from tests.cli.conftest import PASSPHRASE
from tests.cli.test_recovery import given

NAME = "Parvin of the lantern"


def opened(folder):
    """Return a vault, opened."""
    return Vault.open(folder, Secret(PASSPHRASE.encode()), clock=SystemClock())


@pytest.fixture
def keepers(govah, pair, tmp_path):
    """Return the files of three keepers' sheets, any two of which open identities."""
    made = govah("recovery", pair.archive, "keepers", "2/3", "--out", tmp_path / "keepers")
    assert made.status == 0, made.err
    return [tmp_path / "keepers" / f"keepers-sheet-{number}-of-3.html" for number in (1, 2, 3)]


def hand_out(govah, pair, tmp_path):
    """Give the archive's new card to the collector, compared."""
    card = govah("card", pair.archive, "--out", tmp_path / "new.card")
    return govah("trust", pair.collector, tmp_path / "new.card", "--safety-number", card.json["safety_number"])


def deliver(govah, pair, tmp_path, name=NAME):
    """Take a testimony with a name down, seal it, carry it, take it in; return its code."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    (tmp_path / "d.json").write_text(json.dumps({"identity": {"names": [name]}}), encoding="utf-8")
    added = govah("add", pair.collector, "--text", tmp_path / "t.txt", "--details", tmp_path / "d.json")
    assert added.status == 0, added.err
    sealed = govah("seal", pair.collector, "--all")
    assert sealed.status == 0, sealed.err
    assert govah("export", pair.collector, "--to", pair.stick).status == 0
    taken = govah("import", pair.archive, pair.stick, "--receipts", pair.stick)
    assert taken.status == 0, taken.err
    return added.json["code"]


def test_an_archivist_cannot_learn_the_name_and_two_keepers_can(govah, pair, keepers, tmp_path):
    """The archive's own key does not open the envelope; any two sheets do; one does not."""
    assert hand_out(govah, pair, tmp_path).status == 0
    code = deliver(govah, pair, tmp_path)
    envelope = tmp_path / "identity.age"

    shown = govah("show", pair.archive, code, "--identity-envelope", envelope)
    govah("recovery", pair.archive, "paper", "--out", tmp_path / "archive.html")
    key = re.findall(r"AGE-SECRET-KEY-PQ-1\w+", (tmp_path / "archive.html").read_text(encoding="utf-8"))[0]
    (tmp_path / "key.txt").write_text(key + "\n", encoding="ascii")
    own_key = ("--identity", tmp_path / "key.txt")
    as_archive = govah("unseal", envelope, *own_key, "--out", tmp_path / "a", passphrase=False)
    as_one = govah("unseal", envelope, *given(keepers[0]), "--out", tmp_path / "b", passphrase=False)
    as_two = govah("unseal", envelope, *given(keepers[2], keepers[0]), "--out", tmp_path / "c", passphrase=False)

    assert shown.status == 0, shown.err
    assert NAME not in shown.out and NAME.encode() not in envelope.read_bytes()
    assert (as_archive.status, as_archive.json["error"]["code"]) == (1, "crypto.no-matching-key")
    assert (as_one.status, as_one.json["error"]["code"]) == (1, "safekeeping.too-few-sheets")
    assert as_two.status == 0, as_two.err
    assert json.loads((tmp_path / "c").read_text(encoding="utf-8"))["names"] == [NAME]
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()


def test_keepers_open_neither_vault_nor_bundle(govah, pair, keepers, tmp_path):
    """What the keepers hold is good for identities and for nothing else."""
    hand_out(govah, pair, tmp_path)
    deliver(govah, pair, tmp_path)
    (bundle,) = pair.stick.glob("*.AGE")

    opened = govah("unseal", bundle, *given(*keepers[:2]), "--out", tmp_path / "bag.tar", passphrase=False)
    new = tmp_path / "new"
    new.write_text("a boat with nine white sails\n", encoding="utf-8")
    words = ("recovery", pair.archive, "restore", *given(*keepers[:2]), "--new-passphrase-file", new)

    assert opened.json["error"]["code"] == "crypto.no-matching-key"
    assert govah(*words, passphrase=False).json["error"]["code"] == "safekeeping.sheets-do-not-open"


def test_the_private_half_is_nowhere_in_the_archive(govah, pair, keepers):
    """No file of the vault holds the key, in any form, and neither does what is in its database."""
    secret = sheet_words.secret_of(sheet_words.read_files(keepers[:2]))
    seed, text = bytes(secret.view), HybridIdentity(secret).text()
    with opened(pair.archive) as vault:
        tables = [row[0] for row in vault.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'", ())]
        rows = [row for table in tables for row in vault.database.rows(f'SELECT * FROM "{table}"', ())]  # noqa: S608
        assert bytes(vault.identity.seed.view) != seed
    haystack = [value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row]
    haystack += [path.read_bytes() for path in pair.archive.rglob("*") if path.is_file()]

    for needle in (seed, seed.hex().encode(), bytes(text.view)):
        assert not any(needle in content for content in haystack)


def test_trying_proves_the_keepers_sheets(govah, pair, keepers, tmp_path):
    """With the passphrase, the card tells whose sheets they are; without it, only that they don't open the vault."""
    tried = govah("recovery", pair.archive, "try", *given(*keepers))
    blind = govah("recovery", pair.archive, "try", *given(*keepers[:2]), passphrase=False)
    other = govah("recovery", pair.collector, "try", *given(*keepers[:2]))

    assert tried.status == 0, tried.err
    assert tried.json["opens_identities"] and not tried.json["opens"]
    assert (tried.json["sheets"], tried.json["needed"]) == (3, 2)
    assert blind.json["error"]["code"] == other.json["error"]["code"] == "safekeeping.sheets-do-not-open"


def test_a_second_keepers_key_is_asked_for_by_name(govah, pair, keepers, tmp_path):
    """The old sheets stay good for what was sealed to them, and no longer are the card's."""
    again = ("recovery", pair.archive, "keepers", "2/2", "--out", tmp_path / "again")
    refused = govah(*again)
    left = list((tmp_path / "again").iterdir()) if (tmp_path / "again").exists() else []
    hand_out(govah, pair, tmp_path)
    code = deliver(govah, pair, tmp_path)
    replaced = govah(*again, "--replace")

    govah("show", pair.archive, code, "--identity-envelope", tmp_path / "identity.age")
    words = ("unseal", tmp_path / "identity.age", "--out")
    new = [tmp_path / "again" / f"keepers-sheet-{number}-of-2.html" for number in (1, 2)]

    assert refused.json["error"]["code"] == "safekeeping.keepers-there" and left == []
    assert replaced.status == 0, replaced.err
    assert govah(*words, tmp_path / "1", *given(*keepers[:2]), passphrase=False).status == 0
    assert govah(*words, tmp_path / "2", *given(*new), passphrase=False).status == 1
    assert govah("recovery", pair.archive, "try", *given(*keepers)).status == 1
    assert govah("recovery", pair.archive, "try", *given(*new)).status == 0


def test_only_an_archive_has_keepers(govah, pair, tmp_path):
    """A collector's vault is refused, and nothing is written."""
    said = govah("recovery", pair.collector, "keepers", "2/3", "--out", tmp_path / "keepers")

    assert said.json["error"]["code"] == "safekeeping.keepers-of-an-archive"
    assert not (tmp_path / "keepers").exists()


def test_the_old_card_works_until_the_new_one_arrives(govah, pair, keepers, tmp_path):
    """What is sealed to the old card is taken in, its receipt holds, before and after the cards were changed."""
    before = deliver(govah, pair, tmp_path)
    first = govah("receipts", pair.collector, pair.stick)
    traded = hand_out(govah, pair, tmp_path)
    for old in pair.stick.iterdir():
        old.unlink()
    after = deliver(govah, pair, tmp_path)
    second = govah("receipts", pair.collector, pair.stick)
    listed = govah("trust", pair.collector).json["partners"]

    assert first.json == {"accepted": [before], "refused": [], "turned_away": []}
    assert len(traded.json["replaced"]) == 1
    assert second.json == {"accepted": [after], "refused": [], "turned_away": []}
    assert sorted(one["standing"] for one in listed) == ["replaced", "trusted"]
    with opened(pair.collector) as vault:
        for code in (before, after):
            testimony = vault.testimonies.by_code(code).id
            # Chain, signature and trust hold; what lacks is a second copy and a week for second thoughts.
            assert removal.why_not(vault, testimony, is_confirmed=True) == ("too-few-copies", "too-early")


def test_a_receipt_may_arrive_after_the_cards_were_changed(govah, pair, tmp_path):
    """A receipt that names the archive's old card is that archive's still."""
    code = deliver(govah, pair, tmp_path)
    made = govah("recovery", pair.archive, "keepers", "2/2", "--out", tmp_path / "keepers")
    hand_out(govah, pair, tmp_path)

    assert made.status == 0
    assert govah("receipts", pair.collector, pair.stick).json == {"accepted": [code], "refused": [], "turned_away": []}


def test_keepers_sheets_say_what_they_are(keepers):
    """The page tells keepers in both languages what the words open, is for its owner alone, and holds no key of age."""
    for file in keepers:
        text = file.read_text(encoding="utf-8")
        assert "Keepers' sheet" in text and "names of its witnesses" in text and 'lang="fa" dir="rtl"' in text
        assert "archive's own key" not in text and "AGE-SECRET" not in text and "$" not in text
        if os.name != "nt":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_identity_no_envelope(govah, pair, tmp_path):
    """A testimony without a name has no envelope; nothing is written."""
    (tmp_path / "t.txt").write_text("The lantern stood by the well.", encoding="utf-8")
    code = govah("add", pair.collector, "--text", tmp_path / "t.txt").json["code"]
    govah("seal", pair.collector, "--all")
    govah("export", pair.collector, "--to", pair.stick)
    govah("import", pair.archive, pair.stick)

    said = govah("show", pair.archive, code, "--identity-envelope", tmp_path / "identity.age")

    assert said.json["error"]["code"] == "archive.no-identity-envelope"
    assert not (tmp_path / "identity.age").exists()
