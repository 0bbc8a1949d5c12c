# SPDX-License-Identifier: Apache-2.0
"""Partners, bundles, receipts, the search index, the database itself."""

from __future__ import annotations

import msgspec
import pytest

from testimony_app.crypto import canonical
from testimony_app.model.consent import Answer, ConsentKind
from testimony_app.model.custody import LogHead
from testimony_app.model.person import NamedPerson
from testimony_app.vault.errors import NotFound
from testimony_app.vault.migrate import migrate, migrations, newest
from tests.builders import a_bundle_file, a_card, a_consent, a_testimony, write_recording


def test_a_pinned_card_is_kept_to_the_byte(vault, reopen):
    """The card comes back as it was pinned; revoked it stays listed and is trusted no more."""
    card = a_card()
    card_bytes = canonical.dumps(msgspec.to_builtins(card))
    vault.partners.pin(card, "ab" * 32, card_bytes)
    vault.partners.pin(a_card(name="Another"), "cd" * 32, b"{}")

    vault.partners.revoke("cd" * 32)

    vault = reopen(vault)
    assert vault.partners.card_bytes("ab" * 32) == card_bytes
    assert vault.partners.by_fingerprint("ab" * 32).card == card
    assert [partner.card.name for partner in vault.partners.trusted()] == ["An archive"]
    assert len(vault.partners.all()) == 2
    for act in (vault.partners.revoke, vault.partners.by_fingerprint, vault.partners.card_bytes):
        with pytest.raises(NotFound):
            act("ef" * 32)


def test_bundles_form_a_chain(vault):
    """Each bundle has the next number and knows the digest of the one before."""
    testimony = vault.testimonies.add(a_testimony())
    assert (vault.bundles.next_seq(), vault.bundles.prev()) == (1, None)
    first = a_bundle_file(1)
    vault.bundles.add(testimony.id, first, kept_content=True)

    assert (vault.bundles.next_seq(), vault.bundles.prev()) == (2, first.tagmanifest_sha512)
    second = a_bundle_file(2, prev=vault.bundles.prev())
    vault.bundles.add(testimony.id, second)
    assert [known.file for known in vault.bundles.for_testimony(testimony.id)] == [first, second]
    assert [known.kept_content for known in vault.bundles.sealed()] == [True, False]
    assert vault.bundles.by_tagmanifest(first.tagmanifest_sha512).file == first


def test_a_carried_bundle_waits_no_more(vault):
    """What was carried leaves the list of what waits."""
    testimony = vault.testimonies.add(a_testimony())
    files = [a_bundle_file(seq) for seq in (1, 2)]
    for file in files:
        vault.bundles.add(testimony.id, file, kept_content=True)

    vault.bundles.mark_carried(files[0].bundle, 1)
    vault.bundles.mark_forgotten(testimony.id)

    assert [known.file for known in vault.bundles.waiting()] == [files[1]]
    assert [known.kept_content for known in vault.bundles.sealed()] == [False, False]
    with pytest.raises(NotFound):
        vault.bundles.mark_carried("00" * 16, 1)
    with pytest.raises(NotFound):
        vault.bundles.by_tagmanifest("00")


def test_what_a_sender_claimed_is_kept(vault):
    """Number, digest before and log head of a received bundle are there to be compared."""
    testimony = vault.testimonies.add(a_testimony())
    file = a_bundle_file(7, prev="ee" * 64, count=2)
    head = LogHead(seq=41, hash="ff" * 64)
    vault.bundles.add(testimony.id, file, direction="in", sender="ab" * 32, log_head=head)

    (known,) = vault.bundles.received("ab" * 32)

    assert (known.file, known.log_head, known.testimony) == (file, head, testimony.id)
    assert vault.bundles.find(file.bundle, direction="in") == (known,)
    assert vault.bundles.of_group(file.group) == (known,)
    assert vault.bundles.sealed() == ()
    assert vault.bundles.next_seq() == 1


def test_receipts_are_kept_once_and_in_order(vault):
    """The signed bytes are kept as they came and known again."""
    facts = {"bundle": "bb" * 16, "testimony": "aa" * 16, "direction": "in", "partner": "cc", "status": "accepted"}
    one = vault.receipts.add(seq=1, body=b'{"a":1}', **facts)
    two = vault.receipts.add(seq=2, body=b'{"a":2}', **facts)

    assert vault.receipts.is_known(b'{"a":1}')
    assert not vault.receipts.is_known(b'{"a":3}')
    assert vault.receipts.for_bundle("bb" * 16) == (one, two) == vault.receipts.for_testimony("aa" * 16)
    assert vault.receipts.last("cc", direction="in") == two
    assert vault.receipts.last("cc", direction="out") is None


def test_the_current_consent_follows_the_events(vault):
    """Later answers replace earlier ones; nothing is overwritten."""
    testimony = vault.testimonies.add(a_testimony())
    vault.consents.add(testimony.id, a_consent())
    vault.consents.add(testimony.id, a_consent(kind=ConsentKind.AMENDMENT, answers={"P2": Answer.YES}))

    assert vault.consents.state(testimony.id).answers == {"P1": Answer.YES, "P2": Answer.YES}
    assert len(vault.consents.of(testimony.id)) == 2


def test_words_and_letters_are_found(vault):
    """By word, by how a word begins, by any three letters in a row; and no more once they are gone."""
    one, two = vault.testimonies.add(a_testimony()), vault.testimonies.add(a_testimony())
    vault.index.put(
        one.id, [("statement", None, "The Rain", "the rain", "therain"), ("note", 4.5, "Mud", "mud", "mud")]
    )
    vault.index.put(two.id, [("person", None, "Rainer", "rainer", "rainer")])

    assert {hit.testimony for hit in vault.index.search("rai*")} == {one.id, two.id}
    assert [hit.raw for hit in vault.index.search("rain")] == ["The Rain"]
    assert [hit.testimony for hit in vault.index.search('"hera"', index="letters")] == [one.id]
    assert [(hit.seconds, hit.code) for hit in vault.index.search("mud")] == [(4.5, one.code)]
    assert vault.index.count("rai*") == 2
    assert vault.index.count("rai*", kinds=("person",)) == 1
    assert vault.index.testimonies("rai*", kinds=("person",)) == [two.id]
    assert [part[1] for part in vault.index.parts()] == ["statement", "note", "person"]
    assert [part[3] for part in vault.index.parts(("person",))] == ["Rainer"]
    vault.index.compact()
    vault.index.put(one.id, [])
    assert [hit.testimony for hit in vault.index.search("rai*")] == [two.id]


def test_a_deleted_word_is_in_no_page_of_the_index(vault):
    """Deleting overwrites: the tables of the index hold nothing of what was removed."""
    testimony = vault.testimonies.add(a_testimony())
    vault.index.put(testimony.id, [("statement", None, "Zarbakht", "zarbakht", "zarbakht")])
    vault.testimonies.erase(testimony.id, "witness")

    for sql in ("SELECT block FROM part_words_data", "SELECT block FROM part_letters_data"):
        blocks = b"".join(row[0] for row in vault.database.rows(sql))
        assert b"zar" not in blocks and b"akht" not in blocks


def test_people_are_listed_with_their_testimonies(vault):
    """Those who are named can be walked through without opening each testimony."""
    person = NamedPerson(id="p", names=("Bahar",))
    named = vault.testimonies.add(a_testimony(people=(person,)))
    vault.testimonies.add(a_testimony())

    assert list(vault.testimonies.people()) == [(named.id, named.code, (person,))]
    assert named.code in vault.testimonies.codes()


def test_the_database_is_set_as_the_format_says(vault):
    """Each setting of FORMAT.md is in force."""
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
        "cipher_page_size": "4096",
        "cipher_memory_security": "1",
        "user_version": newest(),
    }

    found = {name: vault.database.value(f"PRAGMA {name}") for name in expected}

    assert found == expected


def test_migrations_run_once_and_are_numbered_without_gaps(vault):
    """A vault that is up to date stays as it is."""
    assert migrate(vault.database) == 0
    assert [number for number, _ in migrations()] == list(range(1, newest() + 1))


def test_nothing_readable_and_nothing_temporary_is_on_the_disk(vault, tmp_path):
    """Names, words and sound are in no file, and no file beside the vault's own appears."""
    canary = "lilac by the eastern wall"
    testimony = vault.testimonies.add(a_testimony(title=canary))
    vault.testimonies.save_statement(testimony.id, canary * 50, "en")
    vault.index.put(testimony.id, [("statement", None, canary, canary, canary.replace(" ", ""))])
    write_recording(vault, testimony.id, canary.encode() * 10_000)
    vault.rotate()

    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert canary.encode() not in content and canary.encode("utf-16-le") not in content, path.name
    names = {path.name for path in vault.folder.iterdir()}
    assert names == {"KEYS", "KEYS.B", "LOCK", "db", "db-wal", "db-shm", "blobs", "out", "quarantine"}


def test_rotation_makes_the_old_key_useless(vault, folder):
    """The database of before and after don't share a page, and the key changes."""
    before, old = (folder / "db").read_bytes(), vault.keyring.database_key()
    vault.rotate()
    vault.shred()

    after = (folder / "db").read_bytes()

    assert vault.keyring.database_key() != old
    assert vault.keyring.epoch == 2
    pages = {before[at : at + 4096] for at in range(0, len(before), 4096)}
    assert not [at for at in range(0, len(after), 4096) if after[at : at + 4096] in pages]
