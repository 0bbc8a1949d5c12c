# SPDX-License-Identifier: Apache-2.0
"""The disk fails at the n-th call, for every n, while ways of opening a vault are made or changed on paper."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.safekeeping import key_file, recovery, sheet_words
from testimony_app.safekeeping.errors import FolderMissing
from testimony_app.vault.check import check
from testimony_app.vault.errors import DiskFull, DiskTrouble, WrongPassphrase
from testimony_app.vault.vault import Vault
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk

OLD, NEW = b"seven quiet words nobody would ever guess", b"a boat with nine white sails at noon"
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


def make(folder, clock, role=Role.COLLECTOR):
    """Make a vault on a good disk, and leave it locked; each test makes one, and copies it from then on."""
    first = folder.parent / f"first-{role}"
    if not first.exists():
        facts = {"role": role, "name": "n", "passphrase": Secret(OLD), "clock": clock, "cost": CHEAP}
        Vault.create(first, **facts).lock()
    shutil.copytree(first, folder)


def opened(folder, clock, passphrase=OLD, **facts):
    """Open the vault again."""
    return Vault.open(folder, Secret(passphrase), clock=clock, **facts)


def each_fault(fault, act):
    """Run an act with a fault at the first call, the second, and so on until it is met no more; return how often."""
    for number in range(1, MANY):
        disk = FailingDisk(number, fault)
        act(number, disk)
        if not disk.has_failed:
            return number - 1
    raise AssertionError("the fault is met for ever")


def kinds(vault):
    """Return what kinds of ways open a vault."""
    return sorted(way.kind for way in vault.ways.all())


@pytest.mark.parametrize(
    ("fault", "role"), [*((fault, Role.COLLECTOR) for fault in FAULTS), (FAULTS[1], Role.ARCHIVE)], ids=str
)
def test_making_sheets(tmp_path, clock, fault, role):
    """Either the sheets are there and open the vault, or no sheet and no way is there; the passphrase opens it."""

    def act(number, disk):
        folder, out = tmp_path / str(number), tmp_path / f"{number}-sheets"
        make(folder, clock, role)
        vault = opened(folder, clock, disk=disk)
        disk.start()
        try:
            made = recovery.make_shares(vault, 2, 3, out)
        except EXPECTED:
            assert fault != SHORT
            made = None
        disk.repair()
        vault.lock()
        with opened(folder, clock) as vault:
            assert kinds(vault) == ([Kind.PASSPHRASE] if made is None else [Kind.PASSPHRASE, Kind.RECOVERY])
            assert check(vault).ok
        if made is None:
            assert not list(out.glob("*"))
        else:
            assert recovery.try_sheets(folder, sheet_words.read_files(made.files)).sheets == 3

    assert each_fault(fault, act) >= 10


@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_setting_a_new_passphrase_with_sheets(tmp_path, clock, fault, only):
    """The sheets open the vault whatever happens; the new passphrase does if it was acknowledged."""

    def act(number, disk):
        folder, sheet = tmp_path / str(number), tmp_path / f"{number}.html"
        make(folder, clock)
        with opened(folder, clock) as vault:
            recovery.make_paper(vault, sheet)
        words = sheet_words.read_files([sheet])
        vault = recovery.open_with_sheets(folder, words, clock=clock, disk=disk)
        disk.start()
        try:
            recovery.set_passphrase(vault.ways, Secret(NEW), only=only)
            is_set = True
        except EXPECTED:
            assert fault != SHORT
            is_set = False
        disk.repair()
        vault.lock()
        recovery.open_with_sheets(folder, words, clock=clock).lock()
        opened(folder, clock, NEW if is_set else OLD).lock()
        if is_set and only:
            with pytest.raises(WrongPassphrase):
                opened(folder, clock, OLD)

    assert each_fault(fault, act) >= 6


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_changing_a_passphrase_is_done_or_not_done(tmp_path, clock, fault):
    """A change that was refused has not happened, however much is written to the vault afterwards."""

    def act(number, disk):
        folder = tmp_path / str(number)
        make(folder, clock)
        vault = opened(folder, clock, disk=disk)
        disk.start()
        try:
            vault.ways.change(vault.ways.all()[0].slot, Secret(NEW))
            works, opens_nothing = NEW, OLD
        except EXPECTED:
            assert fault != SHORT
            works, opens_nothing = OLD, NEW
        disk.repair()
        for _ in range(3):
            vault.custody.append("checked", blobs=0)
        vault.lock()
        with pytest.raises(WrongPassphrase):
            opened(folder, clock, opens_nothing)
        opened(folder, clock, works).lock()

    assert each_fault(fault, act) >= 6


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_second_half_is_whole_or_not_there(tmp_path, clock, fault):
    """A key file that could not be written is not left in part, and no way asks for it."""

    def act(number, disk):
        path = tmp_path / f"{number}.key"
        disk.start()
        try:
            with key_file.made(path, disk) as half:
                made = bytes(half.view)
        except EXPECTED:
            assert fault != SHORT
            assert not path.exists()
        else:
            with key_file.read(path) as again:
                assert bytes(again.view) == made

    assert each_fault(fault, act) >= 3


def test_what_fails_after_the_writing_takes_the_files_back(tmp_path):
    """A second half for a way that could not be added is removed again."""
    with pytest.raises(WrongPassphrase), key_file.made(tmp_path / "half.key"):
        raise WrongPassphrase

    assert not list(tmp_path.iterdir())


def test_sheets_are_made_into_a_folder_that_is_there(tmp_path, clock):
    """A missing stick is said, and no way is added."""
    make(tmp_path / "vault", clock)
    with opened(tmp_path / "vault", clock) as vault:
        with pytest.raises(FolderMissing):
            recovery.make_paper(vault, tmp_path / "stick" / "sheet.html")
        assert kinds(vault) == [Kind.PASSPHRASE]
