# SPDX-License-Identifier: Apache-2.0
"""A backup is encrypted, incremental, checked, and a vault can be made of it."""

from __future__ import annotations

import hashlib
import os

import pytest

from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.vault import backup, restoring
from testimony_app.vault.backup import back_up
from testimony_app.vault.blobs import BlobWriter, FinishedBlob
from testimony_app.vault.errors import BackupDamaged, FolderNotEmpty, NotABackup, NotAVault, WrongPassphrase
from testimony_app.vault.restoring import restore
from testimony_app.vault.vault import Vault
from tests.builders import a_bundle_file, a_full_testimony, write_recording
from tests.vault.conftest import passphrase

CANARY = b"the lilac by the eastern wall "


@pytest.fixture
def testimony(vault):
    """Return a testimony with a recording and a sealed bundle beside it."""
    testimony = vault.testimonies.add(a_full_testimony(title=CANARY.decode()))
    write_recording(vault, testimony.id, CANARY * 10_000)
    sealed = os.urandom(1000)
    sha256 = hashlib.sha256(sealed).hexdigest()
    vault.bundles.add(testimony.id, a_bundle_file(byte_count=1000, sha256=sha256))
    (vault.out / "K7QF2M9X.AGE").write_bytes(sealed)
    return vault.testimonies.get(testimony.id)


def test_a_restored_vault_holds_what_was_backed_up(vault, testimony, tmp_path, clock):
    """Every byte comes back, the copy passes its check, and nothing readable was on the way."""
    done = back_up(vault, tmp_path / "backup")
    for path in (tmp_path / "backup").rglob("*"):
        assert path.is_dir() or CANARY not in path.read_bytes()

    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)

    assert (done.copied, done.kept) == (1, 0)
    assert result.ok
    assert restored.testimonies.get(testimony.id) == testimony
    assert (restored.out / "K7QF2M9X.AGE").read_bytes() == (vault.out / "K7QF2M9X.AGE").read_bytes()
    assert restored.card_bytes() == vault.card_bytes()
    with restored.blobs.open(testimony.recordings[0].segments[0].blob) as reader:
        assert reader.read() == CANARY * 10_000
    restored.lock()


def an_adopted(vault, content):
    """Return a blob that came in without a digest of its file, as imported ones do."""
    key = os.urandom(16)
    with BlobWriter(vault.quarantine / ("cd" * 16), Secret(key)) as writer:
        writer.write(content)
        finished = writer.finish()
    file = vault.quarantine / finished.blob
    return vault.blobs.adopt(file, Secret(key), FinishedBlob(finished.blob, finished.byte_count, sha512=""))


def test_what_was_imported_gets_its_digest_with_the_first_backup(vault, tmp_path):
    """Every chunk is opened, then the digest of the file is taken and kept."""
    blob = an_adopted(vault, CANARY * 10_000)

    back_up(vault, tmp_path / "backup")

    sha512 = hashlib.sha512(vault.blobs.path(blob).read_bytes()).hexdigest()
    assert vault.database.value("SELECT sha512 FROM blob WHERE id = ?", (blob,)) == sha512
    assert vault.blobs.digest(blob) == sha512
    assert (tmp_path / "backup" / "blobs" / blob[:2] / blob).read_bytes() == vault.blobs.path(blob).read_bytes()


@pytest.mark.parametrize("place", [0, 100, 70_000, -1])
def test_what_was_imported_and_decayed_is_not_backed_up_as_if_it_were_whole(vault, tmp_path, place):
    """One changed bit, anywhere, and there is no copy of it and no digest either."""
    blob = an_adopted(vault, CANARY * 10_000)
    content = bytearray(vault.blobs.path(blob).read_bytes())
    content[place] ^= 1
    vault.blobs.path(blob).write_bytes(content)

    with pytest.raises(BackupDamaged):
        back_up(vault, tmp_path / "backup")

    assert not (tmp_path / "backup" / "blobs" / blob[:2] / blob).exists()
    assert vault.database.value("SELECT sha512 FROM blob WHERE id = ?", (blob,)) == ""


def test_a_second_backup_copies_what_is_new_and_drops_what_was_erased(vault, testimony, tmp_path, clock):
    """Blobs are copied once; what is erased leaves with the next backup, its keys too."""
    back_up(vault, tmp_path / "backup")
    other = vault.testimonies.add(a_full_testimony())
    write_recording(vault, other.id, bytes(1000))
    assert back_up(vault, tmp_path / "backup").copied == 1
    vault.testimonies.erase(testimony.id, "witness")

    assert back_up(vault, tmp_path / "backup").copied == 0

    assert len(list((tmp_path / "backup" / "blobs").glob("*/*"))) == 1
    assert sorted(path.name for path in (tmp_path / "backup").glob("*.[0-9]*")) == ["KEYS.3", "db.3"]
    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)
    assert result.ok
    assert not restored.testimonies.exists(testimony.id)
    restored.lock()


def test_a_backup_is_restored_by_recovery_too(vault, testimony, tmp_path, clock):
    """Whatever opens the vault opens its backup."""
    secret = os.urandom(32)
    vault.ways.add_recovery(Secret(secret))
    back_up(vault, tmp_path / "backup")

    restored, _ = restore(tmp_path / "backup", tmp_path / "again", Secret(secret), clock=clock, kind=Kind.RECOVERY)

    assert restored.testimonies.exists(testimony.id)
    restored.lock()


def test_a_rotated_vault_backs_up_onto_its_older_backup(vault, testimony, tmp_path, clock):
    """A backup holds one database and the key file that fits it."""
    back_up(vault, tmp_path / "backup")
    vault.rotate()
    back_up(vault, tmp_path / "backup")

    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)

    assert result.ok
    restored.lock()


def test_a_wrong_passphrase_restores_nothing(vault, testimony, tmp_path, clock):
    """A refused restore leaves no folder behind."""
    back_up(vault, tmp_path / "backup")

    with pytest.raises(WrongPassphrase):
        restore(tmp_path / "backup", tmp_path / "again", Secret(b"wrong"), clock=clock)

    assert not (tmp_path / "again").exists()


def test_folders_of_other_things_are_refused(vault, tmp_path, clock):
    """A backup goes nowhere but into an empty folder or its own, and comes from nowhere but a backup."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear")

    with pytest.raises(FolderNotEmpty):
        back_up(vault, tmp_path / "letters")
    with pytest.raises(NotABackup):
        restore(tmp_path / "letters", tmp_path / "again", passphrase(), clock=clock)


def test_a_backup_without_its_state_is_damaged(vault, testimony, tmp_path, clock):
    """Blobs alone are no backup."""
    back_up(vault, tmp_path / "backup")
    (tmp_path / "backup" / "KEYS.1").unlink()

    with pytest.raises(BackupDamaged):
        restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)


def test_a_damaged_blob_is_not_backed_up_in_silence(vault, testimony, tmp_path):
    """A blob that is not what was written stops the backup and is named."""
    path = vault.blobs.path(testimony.recordings[0].segments[0].blob)
    altered = bytearray(path.read_bytes())
    altered[100] ^= 1
    path.write_bytes(altered)

    with pytest.raises(BackupDamaged):
        back_up(vault, tmp_path / "backup")


def test_damage_in_the_backup_shows_at_restoring(vault, testimony, tmp_path, clock):
    """The restored vault's check names the blob that is damaged."""
    back_up(vault, tmp_path / "backup")
    (path,) = (tmp_path / "backup" / "blobs").glob("*/*")
    altered = bytearray(path.read_bytes())
    altered[100] ^= 1
    path.write_bytes(altered)

    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)

    assert [found.reason for found in result.damaged] == ["altered"]
    restored.lock()


class Stopped(Exception):
    """Somebody cancelled."""


def stop(done, total):
    """Stop at the first bytes."""
    raise Stopped


def everything(folder):
    """Return every file in a folder with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_first_backup_that_is_stopped_leaves_nothing(vault, testimony, tmp_path):
    """Neither a part of a file nor a folder that looks like a backup."""
    plan = backup.plan(vault, tmp_path / "backup")

    with pytest.raises(Stopped):
        backup.copy_blobs(plan, progress=stop)
    halfway = [path.name for path in (tmp_path / "backup").rglob("*.TMP")]
    backup.discard(plan)

    assert halfway == []
    assert not (tmp_path / "backup").exists()


def test_a_later_backup_that_is_stopped_leaves_the_one_before(vault, testimony, tmp_path, clock):
    """Byte for byte, and it can be restored."""
    back_up(vault, tmp_path / "backup")
    before = everything(tmp_path / "backup")
    other = vault.testimonies.add(a_full_testimony())
    write_recording(vault, other.id, bytes(1000))
    write_recording(vault, other.id, bytes(2000))
    plan = backup.plan(vault, tmp_path / "backup")
    seen = []

    def stop_later(done, total):
        seen.append(done)
        if len(seen) > 1:
            raise Stopped

    with pytest.raises(Stopped):
        backup.copy_blobs(plan, progress=stop_later)
    backup.discard(plan)

    assert everything(tmp_path / "backup") == before
    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)
    assert result.ok
    restored.lock()


def test_progress_counts_every_byte_once(vault, testimony, tmp_path):
    """It ends at the whole, for the backup and for the way back."""
    there, back = [], []
    back_up(vault, tmp_path / "backup", progress=lambda *step: there.append(step))
    fetched = restoring.fetch(tmp_path / "backup", tmp_path / "again", progress=lambda *step: back.append(step))
    restoring.discard(fetched)

    for told in (there, back):
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1] > 0


def test_a_restore_that_is_stopped_leaves_the_folder_as_it_was(vault, testimony, tmp_path):
    """A folder that stood there empty stands there empty; one that did not is gone."""
    back_up(vault, tmp_path / "backup")
    (tmp_path / "here").mkdir()

    for name in ("here", "there"):
        with pytest.raises(Stopped):
            restoring.fetch(tmp_path / "backup", tmp_path / name, progress=stop)

    assert list((tmp_path / "here").iterdir()) == []
    assert not (tmp_path / "there").exists()


def test_what_was_fetched_is_no_vault_until_it_is_opened(vault, testimony, tmp_path, clock):
    """A power cut between the two leaves a folder in which the next restore simply begins."""
    back_up(vault, tmp_path / "backup")
    restoring.fetch(tmp_path / "backup", tmp_path / "again")

    with pytest.raises(NotAVault):
        Vault.open(tmp_path / "again", passphrase(), clock=clock)
    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)

    assert result.ok
    restored.lock()


def test_what_does_not_open_after_it_was_fetched_is_removed(vault, testimony, tmp_path, clock):
    """As when the way of opening was another one than the one that was tried."""
    back_up(vault, tmp_path / "backup")
    fetched = restoring.fetch(tmp_path / "backup", tmp_path / "again")

    with pytest.raises(WrongPassphrase):
        restoring.open_fetched(fetched, Secret(b"wrong"), clock=clock)

    assert not (tmp_path / "again").exists()


def test_another_vaults_backup_is_not_taken_for_ours(vault, testimony, create, tmp_path, clock):
    """One stick for two vaults: the second is refused before anything changes, and the first backup still opens."""
    back_up(vault, tmp_path / "backup")
    before = everything(tmp_path / "backup")

    with pytest.raises(FolderNotEmpty):
        back_up(create(folder=tmp_path / "other"), tmp_path / "backup")

    assert everything(tmp_path / "backup") == before
    back_up(vault, tmp_path / "backup")
    restored, result = restore(tmp_path / "backup", tmp_path / "again", passphrase(), clock=clock)
    assert result.ok
    # A restored vault is the same vault: it goes on with its backup.
    back_up(restored, tmp_path / "backup")
    restored.lock()
