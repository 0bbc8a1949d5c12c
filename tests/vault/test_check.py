# SPDX-License-Identifier: Apache-2.0
"""A check reads everything and names what is wrong; damage anywhere is noticed with the right word."""

from __future__ import annotations

import hashlib
import random

import pytest

from testimony_app.vault.check import check
from testimony_app.vault.errors import VaultDamaged, WrongPassphrase
from tests.builders import a_bundle_file, a_full_testimony, write_recording

KEYS = ("KEYS", "KEYS.B")


@pytest.fixture
def blob(vault):
    """Return a blob of a recording in the vault."""
    testimony = vault.testimonies.add(a_full_testimony())
    return write_recording(vault, testimony.id, bytes(300_000)).segments[0].blob


def flip(path, place):
    """Turn one bit of a file."""
    altered = bytearray(path.read_bytes())
    altered[place] ^= 0x10
    path.write_bytes(altered)


def test_what_is_damaged_names_its_testimony(vault, blob):
    """A blob, a sealed file that is missing: each with the code of the testimony that it belongs to."""
    code = vault.testimonies.rows(0, 1).rows[0].code
    flip(vault.blobs.path(blob), 100)
    other = vault.testimonies.add(a_full_testimony())
    vault.bundles.add(other.id, a_bundle_file())

    result = check(vault)

    assert {(found.what.split()[0], found.reason, found.testimony) for found in result.damaged} == {
        ("blob", "altered", code),
        ("bundle", "missing", other.code),
    }


def test_a_whole_vault_passes(vault, blob):
    """Nothing is damaged, and the log says that it was checked."""
    steps = []

    result = check(vault, progress=lambda done, total: steps.append((done, total)))

    assert result.ok
    assert result.checked == 3
    assert steps == [(300_000, 300_000)]
    assert vault.custody.entries()[-1].event == "checked"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda path: flip(path, 70_000), "altered"),
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:100_000]), "altered"),
        (lambda path: path.write_bytes(path.read_bytes()[: 16 + 65_552]), "cut-short"),
        (lambda path: path.write_bytes(b""), "cut-short"),
    ],
    ids=["bit", "missing", "cut", "cut at a chunk", "empty"],
)
def test_a_damaged_blob_is_named(vault, blob, act, reason):
    """The check says which blob and why."""
    act(vault.blobs.path(blob))

    result = check(vault)

    assert [(found.what, found.reason) for found in result.damaged] == [(f"blob {blob[:8]}", reason)]


def test_a_quick_check_looks_at_lengths(vault, blob):
    """A missing or shortened blob shows without reading the rest."""
    assert check(vault, quick=True).ok
    path = vault.blobs.path(blob)
    path.write_bytes(path.read_bytes()[:-1])
    assert [found.reason for found in check(vault, quick=True).damaged] == ["length"]
    path.unlink()
    assert [found.reason for found in check(vault, quick=True).damaged] == ["missing"]


def test_a_sealed_bundle_is_checked_until_it_is_carried(vault, blob):
    """A sealed file that is missing or altered is named; once carried it may be gone."""
    content = bytes(5000)
    sha256 = hashlib.sha256(content).hexdigest()
    file = a_bundle_file(byte_count=len(content), sha256=sha256)
    vault.bundles.add("aa" * 16, file)
    path = vault.out / file.name

    assert [found.reason for found in check(vault).damaged] == ["missing"]
    path.write_bytes(content)
    assert check(vault).ok
    flip(path, 100)
    assert [(found.what, found.reason) for found in check(vault).damaged] == [("bundle K7QF2M9X.AGE", "altered")]
    assert check(vault, quick=True).ok
    path.write_bytes(b"")
    assert [found.reason for found in check(vault, quick=True).damaged] == ["length"]
    path.unlink()
    vault.bundles.mark_carried(file.bundle, 1)
    assert check(vault).ok


def test_a_bit_in_any_page_of_the_database_is_noticed(vault, blob, reopen):
    """Opening or checking names the database, whichever page it is."""
    vault.lock()
    database = vault.folder / "db"
    whole = {path: path.read_bytes() for path in (database, *(vault.folder / name for name in KEYS))}
    chance = random.Random(3)
    for page in range(len(whole[database]) // 4096):
        for path, content in whole.items():
            path.write_bytes(content)
        flip(database, page * 4096 + chance.randrange(4096))
        assert "database" in damage_met(reopen), page


def damage_met(reopen):
    """Return what opening and checking call damaged."""
    try:
        vault = reopen()
    except VaultDamaged as damage:
        return [damage.facts["what"]]
    found = [found.what for found in check(vault).damaged]
    vault.lock()
    return found


@pytest.mark.parametrize("copy", KEYS)
def test_a_bit_in_one_key_file_is_repaired_from_the_other(vault, reopen, copy):
    """Either copy alone opens the vault; the other is made whole again."""
    vault.lock()
    chance = random.Random(5)
    repaired = 0
    for _ in range(12):
        flip(vault.folder / copy, chance.randrange(4096))
        again = reopen()
        assert again.name == "Laptop 3"
        repaired += "keys_repaired" in [entry.event for entry in again.custody.entries()[-2:]]
        again.lock()
    for name in KEYS:
        (vault.folder / name).rename(vault.folder / "away")
        reopen().lock()
        (vault.folder / "away").unlink()
    assert repaired


def test_a_bit_in_both_key_files_is_damage_or_a_wrong_passphrase(vault, reopen):
    """Where neither copy is whole there is no way in; in the slots it can't be told from a wrong passphrase."""
    vault.lock()
    whole = {name: (vault.folder / name).read_bytes() for name in KEYS}
    for place, expected in ((75, VaultDamaged), (2000, VaultDamaged), (4090, VaultDamaged), (150, VaultDamaged)):
        for name in KEYS:
            (vault.folder / name).write_bytes(whole[name])
            flip(vault.folder / name, place)
        with pytest.raises(expected):
            reopen()
    for name in KEYS:
        slots = bytearray(whole[name])
        slots[304:1392] = bytes(1088)
        (vault.folder / name).write_bytes(slots)
    with pytest.raises(WrongPassphrase):
        reopen()


def test_a_key_file_of_another_vault_opens_nothing(create, tmp_path, reopen):
    """Key files don't fit another vault's database."""
    one, two = create(), create(folder=tmp_path / "two")
    one.lock()
    two.lock()
    for name in KEYS:
        (one.folder / name).write_bytes((two.folder / name).read_bytes())

    with pytest.raises(VaultDamaged) as damage:
        reopen()

    assert damage.value.facts == {"what": "database"}
