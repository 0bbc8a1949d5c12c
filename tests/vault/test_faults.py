# SPDX-License-Identifier: Apache-2.0
"""The disk fails at the n-th call, for every n: nothing acknowledged is lost, nothing is left half done."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.model.recording import Segment
from testimony_app.vault.backup import back_up
from testimony_app.vault.check import check
from testimony_app.vault.errors import DiskFull, DiskTrouble, WrongPassphrase
from testimony_app.vault.recovery import recover
from testimony_app.vault.restoring import restore
from testimony_app.vault.vault import Vault
from tests.builders import a_full_testimony, a_testimony
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk
from tests.vault.conftest import PASSPHRASE

NAMES = ["short", "EIO", "ENOSPC", "EFBIG"]
EXPECTED = (DiskFull, DiskTrouble)
MANY = 400


@pytest.fixture
def tmp_path(tmp_path):
    """Return a folder in memory where the system has one: the faults are ours, and syncing would only take time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def make(folder, clock, disk):
    """Make a vault on this disk."""
    return Vault.create(
        folder, role=Role.COLLECTOR, name="n", passphrase=Secret(PASSPHRASE), clock=clock, cost=CHEAP, disk=disk
    )


def opened(folder, clock, disk=None):
    """Open the vault again, on a good disk unless another is handed in."""
    return Vault.open(folder, Secret(PASSPHRASE), clock=clock, **({"disk": disk} if disk else {}))


def each_fault(fault, act):
    """Run an act with a fault at the first call, the second, and so on until it is met no more; return how often."""
    for number in range(1, MANY):
        disk = FailingDisk(number, fault)
        act(number, disk)
        if not disk.has_failed:
            return number - 1
    raise AssertionError("the fault is met for ever")


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_creating_a_vault(tmp_path, clock, fault):
    """Either there is a whole vault, or the folder is as before and creating works the next time."""

    def act(number, disk):
        folder = tmp_path / str(number)
        disk.start()
        try:
            make(folder, clock, disk).lock()
        except EXPECTED:
            assert fault != SHORT
            assert not folder.exists()
            make(folder, clock, FailingDisk()).lock()
        vault = opened(folder, clock)
        assert check(vault).ok
        vault.lock()

    assert each_fault(fault, act) >= 10


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_adding_an_attachment(tmp_path, clock, fault):
    """Either the attachment is whole, or nothing of it is there."""
    content = os.urandom(200_000)

    def act(number, disk):
        folder = tmp_path / str(number)
        make(folder, clock, FailingDisk()).lock()
        vault = opened(folder, clock)
        testimony = vault.testimonies.add(a_testimony())
        vault.lock()
        vault = opened(folder, clock, disk)
        disk.start()
        try:
            kept = vault.testimonies.attach(testimony.id, io.BytesIO(content), media_type="a/b", title="")
        except EXPECTED:
            assert fault != SHORT
            kept = None
        disk.repair()
        vault.lock()
        vault = opened(folder, clock)
        attachments = vault.testimonies.get(testimony.id).attachments
        assert attachments == (() if kept is None else (kept,))
        for attachment in attachments:
            with vault.blobs.open(attachment.blob) as reader:
                assert reader.read() == content
        assert len(list(vault.blobs.files())) == len(attachments)
        assert check(vault).ok
        vault.lock()

    assert each_fault(fault, act) >= 4


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_recording(tmp_path, clock, fault):
    """Every chunk that was acknowledged by a sync is there afterwards, finished or recovered."""
    content = os.urandom(65_536)

    def act(number, disk):
        folder = tmp_path / str(number)
        vault = make(folder, clock, disk)
        testimony = vault.testimonies.add(a_testimony())
        recording = vault.recordings.begin(testimony.id, rate=48_000, channels=1, bits=24)
        slot = vault.recordings.new_segments(recording.id, 1)[0]
        disk.start()
        safe, done = record(vault, recording, slot, content)
        disk.repair()
        vault.lock()

        vault = opened(folder, clock)
        recovered = recover(vault)
        assert bool(recovered) is not done
        assert vault.recordings.get(recording.id).frames * 3 >= safe - 2
        assert check(vault).ok
        vault.lock()

    def record(vault, recording, slot, content):
        safe = 0
        try:
            writer = slot.writer()
            for _ in range(5):
                writer.write(content)
                writer.sync()
                safe = writer.chunks_written * len(content)
            finished = writer.finish()
            segment = Segment(index=0, blob=finished.blob, frames=finished.byte_count // 3, encoding="pcm")
            vault.recordings.finish(recording.id, frames=segment.frames, segments=[segment])
        except EXPECTED:
            assert fault != SHORT
            return safe, False
        return 5 * len(content), True

    assert each_fault(fault, act) >= 5


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_changing_the_passphrase(tmp_path, clock, fault):
    """The old or the new passphrase opens the vault, and the new one if the change was acknowledged."""
    new = b"the new words"

    def act(number, disk):
        folder = tmp_path / str(number)
        vault = make(folder, clock, disk)
        disk.start()
        try:
            vault.ways.change(vault.ways.all()[0].slot, Secret(new))
            accepted = (new,)
        except EXPECTED:
            assert fault != SHORT
            accepted = (new, PASSPHRASE)
        # What was in memory is lost, as if the power had failed right here.
        vault._close()
        assert any(opens(folder, clock, words) for words in accepted)

    def opens(folder, clock, words):
        try:
            vault = Vault.open(folder, Secret(words), clock=clock)
        except WrongPassphrase:
            return False
        assert check(vault).ok
        vault.lock()
        return True

    assert each_fault(fault, act) >= 6


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_rotating_the_database_key(tmp_path, clock, fault):
    """Wherever a rotation is cut, the vault opens with everything in it, and rotates the next time."""

    def act(number, disk):
        folder = tmp_path / str(number)
        vault = make(folder, clock, disk)
        testimony = vault.testimonies.add(a_full_testimony())
        epoch = vault.keyring.epoch
        disk.start()
        try:
            vault.rotate()
            rotated = True
        except EXPECTED:
            assert fault != SHORT
            rotated = False
        vault._close()

        vault = opened(folder, clock)
        assert vault.testimonies.get(testimony.id) == testimony
        assert vault.keyring.epoch >= epoch + rotated
        vault.rotate()
        assert check(vault).ok
        assert not list(folder.glob("db.next*"))
        vault.lock()

    assert each_fault(fault, act) >= 10


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_commit_whose_key_file_cannot_be_written(tmp_path, clock, fault):
    """The transaction stands although the log's head reached no key file, and the next one takes it along."""

    def act(number, disk):
        folder = tmp_path / str(number)
        vault = make(folder, clock, disk)
        disk.start()
        testimony = vault.testimonies.add(a_full_testimony())
        vault._close()

        vault = opened(folder, clock)
        assert vault.testimonies.get(testimony.id) == testimony
        vault.custody.append("opened")
        assert vault.keyring.log_head[0] == vault.custody.head().seq
        vault.lock()

    assert each_fault(fault, act) >= 4


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_backing_up(tmp_path, clock, fault):
    """A backup that fails leaves the one before restorable, and works the next time."""
    vault = make(tmp_path / "vault", clock, (disk := FailingDisk(0, fault)))
    testimony = vault.testimonies.add(a_full_testimony())
    attach(vault, testimony)
    back_up(vault, tmp_path / "backup")

    for number in range(1, MANY):
        attach(vault, testimony)
        disk.fail_at = number
        disk.start()
        try:
            back_up(vault, tmp_path / "backup")
        except EXPECTED:
            assert fault != SHORT
        met = disk.has_failed
        disk.repair()
        if number % 5 == 1:
            restored, result = restore(
                tmp_path / "backup", tmp_path / f"restored {number}", Secret(PASSPHRASE), clock=clock
            )
            assert result.ok
            assert restored.testimonies.get(testimony.id).attachments
            restored.lock()
        if not met:
            break
    vault.lock()
    assert number > 10


def attach(vault, testimony):
    """Attach a little of nothing in particular."""
    vault.testimonies.attach(testimony.id, io.BytesIO(os.urandom(100)), media_type="a/b", title="")


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of three megabytes."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_real_disk_fills_up(small_disk, clock):
    """When the database itself finds no room, what was acknowledged stays and the vault goes on after making room."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(600_000))
    vault = make(small_disk / "vault", clock, FailingDisk())
    acknowledged = []

    def fill():
        while True:
            acknowledged.append(vault.testimonies.add(a_full_testimony(title="x" * 5000)))

    with pytest.raises(DiskFull):
        fill()

    assert [vault.testimonies.get(testimony.id) for testimony in acknowledged] == acknowledged
    ballast.unlink()
    more = vault.testimonies.add(a_testimony())
    vault._close()

    vault = opened(small_disk / "vault", clock)
    assert vault.testimonies.rows().total == len(acknowledged) + 1
    assert vault.testimonies.exists(more.id)
    assert check(vault).ok
    vault.lock()


def test_the_reason_is_the_systems_own_word(vault):
    """A refusal names what the system said and no path."""
    disk = FailingDisk(1, errno.EROFS)
    disk.start()

    with pytest.raises(DiskTrouble) as refusal:
        disk.replace(vault.folder / "KEYS", b"")

    assert refusal.value.facts == {"reason": "EROFS"}
