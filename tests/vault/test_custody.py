# SPDX-License-Identifier: Apache-2.0
"""The custody log: one chain, and nothing that a page put back could undo."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from testimony_app.model.testimony import State
from testimony_app.vault.errors import LogBroken, RolledBack, VaultDamaged
from tests.builders import a_bundle_file, a_card, a_consent, a_full_testimony, a_testimony

PAGE = 4096


def test_each_entry_covers_the_one_before(vault):
    """Anyone can recompute the chain from the entries alone."""
    testimony = vault.testimonies.add(a_full_testimony())
    vault.custody.append("carried", testimony.id, stick="blue", seconds=1.5, count=3, nothing=None)

    previous = bytes(64)
    for entry in vault.custody.entries():
        body = {
            "at": entry.at,
            "event": entry.event,
            "facts": entry.facts,
            "seq": entry.seq,
            "testimony": entry.testimony,
        }
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert entry.prev_hash == previous.hex()
        previous = hashlib.sha512(previous + text).digest()
        assert entry.hash == previous.hex()
    assert vault.custody.head().hash == previous.hex()
    assert vault.custody.verify() == vault.custody.head()
    assert vault.custody.entries(testimony.id)[-1].facts == {
        "count": 3,
        "nothing": None,
        "seconds": "1.500",
        "stick": "blue",
    }


def test_the_log_only_grows(vault):
    """The database itself refuses to change or drop an entry."""
    with pytest.raises(IntegrityError):
        vault.database.execute("UPDATE custody SET testimony = 'x' WHERE seq = 1")
    with pytest.raises(IntegrityError):
        vault.database.execute("DELETE FROM custody")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE custody SET body = replace(body, 'collector', 'archive') WHERE seq = 1",
        "DELETE FROM custody WHERE seq = 3",
        "UPDATE custody SET testimony = 'x' WHERE seq = 2",
        "UPDATE custody SET hash = zeroblob(64) WHERE seq = 4",
    ],
)
def test_a_changed_entry_breaks_the_chain(vault, reopen, act):
    """Whoever has the key and changes history is noticed at the next opening."""
    for trigger in ("custody_no_update", "custody_no_delete"):
        vault.database.execute(f"DROP TRIGGER {trigger}")
    vault.database.execute(act)

    with pytest.raises(LogBroken):
        reopen(vault)


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ("UPDATE consent SET body = replace(body, '\"yes\"', '\"no\"')", "consent"),
        ("DELETE FROM consent", "consent"),
        ("UPDATE testimony SET state = 'draft'", "state"),
        ("DELETE FROM testimony", "consent"),
        ("UPDATE bundle SET carried_at = '2026'", "bundle"),
        ("DELETE FROM receipt", "receipt"),
        ("UPDATE partner SET revoked_at = ''", "partner"),
        ("UPDATE setting SET value = x'31' WHERE name = 'keep_until_receipt'", "setting"),
    ],
)
def test_a_table_that_says_otherwise_than_the_log_is_noticed(vault, reopen, act, what):
    """Consent, state, bundles, receipts, partners and settings are compared at every opening."""
    testimony = vault.testimonies.add(a_full_testimony(state=State.SEALED))
    file = a_bundle_file()
    vault.bundles.add(testimony.id, file)
    vault.receipts.add(
        bundle=file.bundle, testimony=testimony.id, direction="in", partner="x", seq=1, status="accepted", body=b"{}"
    )
    vault.partners.pin(a_card(), "ab" * 32, b"{}")
    vault.partners.revoke("ab" * 32)
    vault = reopen(vault)
    vault.database.execute(act)

    with pytest.raises(RolledBack) as damage:
        reopen(vault)

    assert damage.value.facts["what"] == what


def test_yesterdays_database_is_noticed(vault, reopen, tmp_path):
    """A whole database put back is older than the key file's head."""
    vault.lock()
    shutil.copy(vault.folder / "db", tmp_path / "db")
    vault = reopen()
    testimony = vault.testimonies.add(a_full_testimony())
    vault.consents.add(testimony.id, a_consent(note="withdrawn"))
    vault.lock()
    shutil.copy(tmp_path / "db", vault.folder / "db")

    with pytest.raises(RolledBack) as damage:
        reopen()

    assert damage.value.facts == {"what": "log"}


def test_an_old_page_put_back_is_noticed(vault, reopen):
    """Every page of an earlier database, put back alone, is noticed at the next opening or changes nothing."""
    testimony = vault.testimonies.add(a_testimony())
    vault.consents.add(testimony.id, a_consent())
    vault.lock()
    database = vault.folder / "db"
    before = database.read_bytes()
    vault = reopen()
    vault.consents.add(testimony.id, a_consent(note="I take it back"))
    vault.lock()
    after = database.read_bytes()

    noticed = 0
    for place in range(0, min(len(before), len(after)), PAGE):
        if before[place : place + PAGE] == after[place : place + PAGE]:
            continue
        database.write_bytes(after[:place] + before[place : place + PAGE] + after[place + PAGE :])
        try:
            vault = reopen()
        except (RolledBack, LogBroken, VaultDamaged):
            noticed += 1
            continue
        assert [event.note for event in vault.consents.of(testimony.id)] == ["", "I take it back"]
        vault.lock()
    assert noticed >= 2


def test_a_rollback_can_be_accepted_knowingly(vault, reopen, tmp_path):
    """Nobody is locked out for good: opening despite it is possible, and stands in the log for ever."""
    testimony = vault.testimonies.add(a_full_testimony())
    vault.database.execute("UPDATE testimony SET state = 'sealed'")
    vault.database.execute("DELETE FROM consent")

    vault = reopen(vault, despite_rollback=True)

    events = [entry.event for entry in vault.custody.entries()]
    assert events[-3:] == ["rollback_noticed", "accepted_as_gone", "accepted_as_found"]
    assert reopen(vault).testimonies.state(testimony.id) is State.SEALED


def test_the_head_is_in_the_key_file_after_each_commit(vault):
    """The key file knows the newest entry without waiting for the lock."""
    vault.testimonies.add(a_full_testimony())

    head = vault.custody.head()

    assert vault.keyring.log_head == (head.seq, head.hash)
    newest = {vault.keyring.serialise()}
    assert newest & {(vault.folder / name).read_bytes() for name in ("KEYS", "KEYS.B")}
    assert vault.custody.hash_at(head.seq).hex() == head.hash
    assert vault.custody.hash_at(head.seq + 1) is None


def test_the_latest_moment_is_told_also_after_the_clock_was_set_back(vault, clock):
    """What has certainly passed is the latest time in the log, whatever a clock set back has written since."""
    clock.forward(3600)
    vault.custody.append("checked")
    latest = datetime.fromisoformat(vault.custody.last_moment())
    clock.forward(-7200)
    vault.custody.append("checked")

    assert datetime.fromisoformat(vault.custody.last_moment()) == latest
    assert abs((latest - clock.now()).total_seconds() - 7200) <= 1
