# SPDX-License-Identifier: Apache-2.0
"""Creating, opening, locking."""

from __future__ import annotations

import os
import shutil
import stat

import pytest

from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.vault.errors import (
    FolderNotEmpty,
    NotAVault,
    NotRemovable,
    VaultDamaged,
    VaultInUse,
    VaultLocked,
    VaultTooNew,
    WrongPassphrase,
)
from testimony_app.vault.lockfile import Lock
from testimony_app.vault.vault import Vault
from tests.builders import a_bundle_file, a_full_testimony


def test_a_vault_remembers_what_it_is(create, reopen):
    """Role, name, card and keys are the same after opening as at creation."""
    vault = create(role=Role.ARCHIVE, name="The archive", keep_until_receipt=True)
    card, public = vault.card_bytes(), vault.device.public_keys()

    vault = reopen(vault)

    assert (vault.role, vault.name, vault.keep_until_receipt) == (Role.ARCHIVE, "The archive", True)
    assert vault.card_bytes() == card
    assert vault.device.public_keys() == public
    assert vault.card().recipient == vault.identity.recipient().text()
    assert vault.card().valid_from == "2026-01-31"
    assert len(fingerprint(card)) == 64


def test_the_card_says_the_device_keys(vault):
    """The keys on the card are those the device signs with."""
    assert vault.device.public_keys().to_base64() == (vault.card().ed25519, vault.card().composite)


def test_a_wrong_passphrase_is_refused(vault, reopen):
    """Another passphrase opens nothing and changes nothing."""
    with pytest.raises(WrongPassphrase):
        reopen(vault, passphrase=Secret(b"seven quiet words nobody would ever guess!"))

    assert reopen().name == "Laptop 3"


def test_a_folder_that_is_no_vault_is_refused(tmp_path, clock):
    """An empty folder, a folder of other things and a missing one are no vaults."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "db").write_text("not ours")

    for name in (".", "letters", "missing"):
        with pytest.raises(NotAVault):
            Vault.open(tmp_path / name, Secret(b"x"), clock=clock)


def test_a_vault_is_not_made_over_something_else(folder, create):
    """A folder that holds a file is left alone."""
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")

    with pytest.raises(FolderNotEmpty):
        create()

    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_vault_is_not_made_over_a_vault(vault, create):
    """Creating where a vault is refuses and leaves it as it was."""
    with pytest.raises(FolderNotEmpty):
        create()

    assert vault.name == "Laptop 3"


def test_an_empty_folder_with_missing_parents_will_do(tmp_path, create):
    """Folders on the way are made, for this user alone."""
    vault = create(folder=tmp_path / "a" / "b" / "vault")

    assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700


def test_what_a_power_cut_left_of_a_creation_is_no_obstacle(folder, create):
    """A folder in which a vault was being made is taken as empty."""
    folder.mkdir()
    (folder / "FOUNDING").touch()
    (folder / "blobs").mkdir()
    (folder / "db").write_bytes(os.urandom(4096))

    assert create().name == "Laptop 3"


def test_only_the_owner_may_read_the_files(vault):
    """No file of a vault is readable for others."""
    vault.testimonies.add(a_full_testimony())

    for path in vault.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_a_second_opener_is_refused_until_the_first_locks(vault, reopen):
    """A vault is open once at a time."""
    with pytest.raises(VaultInUse):
        reopen()

    assert reopen(vault).name == "Laptop 3"


def test_lock_forgets_and_may_be_said_twice(vault):
    """After locking nothing can be read and no key is left in the vault's hands."""
    device, blob_keys = vault.device, vault._blob_keys
    testimony = vault.testimonies.add(a_full_testimony())

    vault.lock()
    vault.lock()

    assert vault.is_locked
    assert blob_keys.is_wiped
    assert device.seeds is not None
    with pytest.raises(VaultLocked):
        vault.testimonies.get(testimony.id)
    with pytest.raises(VaultLocked):
        _ = vault.keyring


def test_a_vault_of_a_later_version_is_refused(vault, reopen):
    """A database with a migration we don't know is not touched."""
    vault.database.execute("PRAGMA user_version = 9999")

    with pytest.raises(VaultTooNew):
        reopen(vault)


def test_lost_key_files_are_called_damage(vault, reopen):
    """A vault without its key files is a damaged vault, not some folder."""
    vault.lock()
    for name in ("KEYS", "KEYS.B"):
        (vault.folder / name).unlink()

    with pytest.raises(VaultDamaged) as refusal:
        reopen()

    assert refusal.value.facts == {"what": "keys"}


def test_a_lost_database_is_called_damage(vault, reopen):
    """A vault without its database is a damaged vault, and no empty one is made in its place."""
    vault.lock()
    (vault.folder / "db").unlink()

    with pytest.raises(VaultDamaged) as refusal:
        reopen()

    assert refusal.value.facts == {"what": "database"}
    assert not (vault.folder / "db").exists()


def test_a_moved_vault_opens(vault, reopen, tmp_path):
    """Nothing in a vault depends on where its folder is."""
    vault.lock()
    shutil.move(vault.folder, tmp_path / "elsewhere")

    assert reopen(folder=tmp_path / "elsewhere").name == "Laptop 3"


def test_a_sealed_file_without_its_seal_is_removed(vault, reopen):
    """A power cut between writing a bundle and sealing leaves the draft; the file goes at the next opening."""
    testimony = vault.testimonies.add(a_full_testimony())
    file = a_bundle_file()
    vault.bundles.add(testimony.id, file)
    for name in (file.name, "ABCDEFGH.AGE", "JKLMNPQR.TMP"):
        (vault.out / name).write_bytes(b"?")

    vault = reopen(vault)

    assert [path.name for path in vault.out.iterdir()] == [file.name]


def test_after_a_rollback_no_sealed_file_is_removed(vault, reopen):
    """Where rows may have been lost, a sealed file may be the only copy: it stays."""
    (vault.out / "ABCDEFGH.AGE").write_bytes(b"?")
    (vault.out / "JKLMNPQR.TMP").write_bytes(b"?")

    vault = reopen(reopen(vault, despite_rollback=True))

    assert [path.name for path in vault.out.iterdir()] == ["ABCDEFGH.AGE"]


def test_a_second_passphrase_opens_too_and_can_be_dropped(vault, reopen):
    """Ways of opening are added and dropped; the last one stays."""
    second = b"another way in"
    slot = vault.ways.add_passphrase(Secret(second))

    vault = reopen(vault, passphrase=Secret(second))
    assert [way.kind for way in vault.ways.all()] == [Kind.PASSPHRASE, Kind.PASSPHRASE]
    assert [way.is_mine for way in vault.ways.all() if way.slot == slot] == [True]
    vault.ways.drop(slot)
    with pytest.raises(NotRemovable):
        vault.ways.drop(vault.ways.all()[0].slot)

    with pytest.raises(WrongPassphrase):
        reopen(vault, passphrase=Secret(second))
    reopen()


def test_a_changed_passphrase_replaces_the_old_in_both_copies(vault, reopen):
    """After a change neither copy of the key file opens with the old passphrase."""
    vault.ways.change(vault.ways.all()[0].slot, Secret(b"new words"))
    vault.lock()
    both = [(vault.folder / name).read_bytes() for name in ("KEYS", "KEYS.B")]

    for lost in ("KEYS", "KEYS.B"):
        (vault.folder / "KEYS").write_bytes(both[0])
        (vault.folder / "KEYS.B").write_bytes(both[1])
        (vault.folder / lost).unlink()
        with pytest.raises(WrongPassphrase):
            reopen()
    reopen(passphrase=Secret(b"new words"))


def test_a_recovery_secret_opens(vault, reopen):
    """A recovery secret opens without the passphrase."""
    secret = os.urandom(32)
    vault.ways.add_recovery(Secret(secret))

    assert reopen(vault, passphrase=Secret(secret), kind=Kind.RECOVERY).name == "Laptop 3"


def test_a_key_file_is_half_of_the_key(create, reopen):
    """A vault made with a key file needs both halves."""
    half = os.urandom(32)
    vault = create(key_file=Secret(half))

    with pytest.raises(WrongPassphrase):
        reopen(vault)

    assert reopen(key_file=Secret(half)).name == "Laptop 3"


def test_a_vault_that_is_being_made_in_another_window_is_not_cleared(folder, create):
    """Its maker holds the lock: what lies there is no crash's leftover."""
    folder.mkdir()
    (folder / "FOUNDING").touch()
    (folder / "db").write_bytes(os.urandom(4096))
    maker = Lock(folder)

    with pytest.raises(VaultInUse):
        create()

    assert (folder / "db").stat().st_size == 4096
    maker.release()
    assert create().name == "Laptop 3"
