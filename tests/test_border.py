# SPDX-License-Identifier: Apache-2.0
"""Emptying a vault before a border: nothing is dropped before it is proved elsewhere, wherever the disk fails."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from testimony_app import border, workspace
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError
from testimony_app.exchange import trust
from testimony_app.exchange.errors import StickFull
from testimony_app.model.partner import Role
from testimony_app.vault.errors import NotAVault
from testimony_app.vault.vault import Vault
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk

PASSPHRASE = b"seven quiet words nobody would ever guess"


@pytest.fixture
def tmp_path(tmp_path):
    """Return a folder in memory where the system has one: the faults are ours, and syncing would only take time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def made(folder, role, clock):
    """Return a new vault, open."""
    facts = {"role": role, "name": f"the {role}", "passphrase": Secret(PASSPHRASE), "clock": clock, "cost": CHEAP}
    return Vault.create(folder, **facts)


@pytest.fixture
def laptop(tmp_path, clock):
    """Return the folder of a collector's vault that trusts an archive and holds a draft and a sealed testimony."""
    with made(tmp_path / "archive", Role.ARCHIVE, clock) as archive:
        card = trust.read_card(trust.write_card(archive))
    space = workspace.over(made(tmp_path / "laptop", Role.COLLECTOR, clock), clock)
    trust.pin(space.vault, card, card.safety_number)
    for number in range(2):
        draft = space.interviews.start()
        space.interviews.save_statement(draft.id, f"lantern {number}", "eng")
        if not number:
            space.sealing.seal(draft.id)
    space.close()
    return tmp_path / "laptop"


def opened(folder, clock, disk=None):
    """Return the services over a vault, on a good disk unless another is handed in."""
    facts = {"disk": disk} if disk else {}
    return workspace.over(Vault.open(folder, Secret(PASSPHRASE), clock=clock, **facts), clock)


def codes(space):
    """Return every testimony's code and state."""
    return {row.code: row.state for row in space.vault.testimonies.rows(0, 100).rows}


def test_the_steps_come_in_their_order(laptop, tmp_path, clock):
    """Everything is sealed before anything is carried, compared before anything is dropped, and each step is told."""
    space = opened(laptop, clock)
    told = []

    left = border.leave(
        space,
        tmp_path / "home",
        Secret(PASSPHRASE),
        progress=lambda step, done, total: told.append((step, done, total)),
    )

    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == [border.SEALING, border.EXPORTING, border.COMPARING, border.DROPPING]
    assert all(done <= total for _, done, total in told)
    assert len(left.sealed) == 1 and len(left.carried) == 2
    assert space.vault.is_locked
    assert codes(opened(laptop, clock)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS[:3], ids=["short", "EIO", "ENOSPC"])
def test_a_failing_disk_never_costs_a_testimony(laptop, tmp_path, clock, fault):
    """For every call that the disk may refuse: the vault still holds all, or every copy is whole and it is dropped."""
    first = opened(laptop, clock)
    before = codes(first)
    first.close()
    kinds = set()
    for number in range(1, 500):
        folder, home, disk = tmp_path / f"{number}", tmp_path / f"{number}-home", FailingDisk(number, fault)
        shutil.copytree(laptop, folder)
        space = opened(folder, clock, disk)
        disk.start()
        try:
            border.leave(space, home, Secret(PASSPHRASE))
        except GovahError:
            assert fault != SHORT
        disk.repair()
        space.close()
        kinds.add(what_is_left(folder, home, before, clock))
        if not disk.has_failed:
            break
    assert number > 20
    assert "emptied" in kinds
    assert fault == SHORT or {"kept", "abandoned"} <= kinds


def what_is_left(folder, home, before, clock):
    """Say in which of three states a vault is, having proved that it is in one of them."""
    try:
        space = opened(folder, clock)
    except NotAVault:
        # Cut between the first step of dropping and the last: all is carried, and a new vault can be made here.
        assert len(list(home.glob("*.AGE"))) == len(before)
        made(folder, Role.COLLECTOR, clock).lock()
        return "abandoned"
    left = codes(space)
    assert space.check().ok
    space.close()
    if left:
        assert left.keys() == before.keys()
        return "kept"
    assert len(list(home.glob("*.AGE"))) == len(before)
    return "emptied"


def test_a_full_stick_drops_nothing(laptop, tmp_path, clock, monkeypatch):
    """Where not everything fits, the vault keeps everything, sealed."""
    space = opened(laptop, clock)
    before = codes(space)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1000))

    with pytest.raises(StickFull):
        border.leave(space, tmp_path / "home", Secret(PASSPHRASE))

    assert codes(space).keys() == before.keys()
    space.close()


def test_a_copy_that_changed_after_it_was_written_drops_nothing(laptop, tmp_path, clock):
    """The copies are compared once more when all are there: one that is altered by then stops the dropping."""
    space = opened(laptop, clock)
    home = tmp_path / "home"

    def alter(step, done, _total):
        if step == border.COMPARING and not done:
            file = next(home.glob("*.AGE"))
            file.write_bytes(file.read_bytes()[:-1] + b"x")

    with pytest.raises(border.CopyDiffers):
        border.leave(space, home, Secret(PASSPHRASE), progress=alter)

    assert len(codes(space)) == 2
    space.close()
