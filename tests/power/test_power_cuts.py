# SPDX-License-Identifier: Apache-2.0
"""The power fails at random moments while a voice is recorded: what had been said to be safe is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from testimony_app.clock import SystemClock
from testimony_app.crypto import age
from testimony_app.crypto.chunks import CHUNK
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.founding import found
from testimony_app.errors import GovahError
from testimony_app.exchange import receive
from testimony_app.model.partner import Role
from testimony_app.vault.check import check
from testimony_app.vault.vault import Vault
from testimony_app.workspace import create_workspace
from tests.power import small_disk
from tests.vault.conftest import PASSPHRASE

CUTS = 25
SHORTEST, LONGEST = 0.05, 0.5

pytestmark = [
    pytest.mark.power,
    pytest.mark.slow,
    pytest.mark.skipif(bool(small_disk.why_not()), reason=small_disk.why_not() or "-"),
]


class Writer:
    """The process whose power is cut, and everything it was told is safe."""

    def __init__(self, kind, folder):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-m", "tests.power.writer", kind, str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        self.said = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._until(lambda words: words[0] == "safe" and float(words[1]) > 0)

    def _listen(self):
        for line in self._process.stdout:
            self.said.append(line.split())

    def _until(self, holds):
        deadline = time.monotonic() + 30
        while not any(holds(words) for words in list(self.said)):
            assert time.monotonic() < deadline, "the writer never began"
            assert self._process.poll() is None, "the writer died"
            time.sleep(0.01)

    def stop(self):
        """Hold the process still, and return what it had said."""
        self._process.send_signal(signal.SIGSTOP)
        # Nothing more is said, but a line may still be on its way through the pipe.
        count = -1
        while count != len(self.said):
            count = len(self.said)
            time.sleep(0.02)
        return list(self.said)

    def go_on(self):
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def end(self):
        """End it, so that the disk under it can be taken away."""
        self._process.kill()
        self._process.wait()
        self._listener.join(timeout=10)
        self._process.stdout.close()


@pytest.fixture
def disk(tmp_path):
    """Return an image and where it is mounted; skipped where nobody may mount."""
    image = tmp_path / "disk.img"
    try:
        small_disk.make(image)
        with small_disk.mounted(image, tmp_path / "mounted") as folder:
            yield image, folder
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"no disk image can be mounted here: {refused.cmd[0]} exits {refused.returncode}")


def cuts(disk, writer, count, look, seed):
    """Cut the power so many times and return what a look at each disk afterwards found."""
    image, folder = disk
    chance = random.Random(seed)
    found_there = []
    try:
        for _ in range(count):
            time.sleep(chance.uniform(SHORTEST, LONGEST))
            said = writer.stop()
            small_disk.snapshot(image, image.with_name("cut.img"))
            writer.go_on()
            with small_disk.mounted(image.with_name("cut.img"), folder.with_name("after")) as after:
                found_there.append(look(after, said))
    finally:
        writer.end()
    return found_there


def make_vault(folder):
    """Make a vault whose making is on the disk."""
    Vault.create(
        folder, role=Role.COLLECTOR, name="n", passphrase=Secret(PASSPHRASE), clock=SystemClock(), cost=CHEAP
    ).lock()
    os.sync()


def missing_in_a_vault(after, said):
    """Return how many of the testimonies, and how many of the seconds, that were safe are not there."""
    # As the workspace opens it: what a crash left is finished first.
    from testimony_app.vault.recovery import recover

    recording = next(words[2] for words in said if words[0] == "recording")
    testimonies = [words[1] for words in said if words[0] == "testimony"]
    safe = max(float(words[1]) for words in said if words[0] == "safe")
    vault = Vault.open(after / "vault", Secret(PASSPHRASE), clock=SystemClock())
    try:
        kept = {one.recording: one.seconds for one in recover(vault)}
        assert check(vault).ok
        lost = sum(not vault.testimonies.exists(testimony) for testimony in testimonies)
        return len(testimonies), lost, safe, max(0.0, safe - kept.get(recording, 0.0))
    finally:
        vault.lock()


def test_nothing_acknowledged_is_lost(disk, capsys):
    """25 power cuts while recorder and database write: every commit and every second that was safe is there."""
    make_vault(disk[1] / "vault")

    found_there = cuts(disk, Writer("vault", disk[1] / "vault"), CUTS, missing_in_a_vault, seed=25)

    with capsys.disabled():
        commits, seconds = found_there[-1][0], found_there[-1][2]
        print(f"\n{CUTS} power cuts, {commits} commits and {seconds:.0f} s of sound acknowledged, nothing lost")
    assert len(found_there) == CUTS
    assert sum(one[1] for one in found_there) == 0
    assert max(one[3] for one in found_there) < 0.001
    assert found_there[-1][0] > CUTS and found_there[-1][2] > 10


def test_the_same_without_sync_does_lose(disk, capsys):
    """The control: a disk layer that only pretends to sync loses acknowledged work, so the test above can fail."""
    make_vault(disk[1] / "vault")

    def is_lost(after, said):
        try:
            _count, commits, _safe, seconds = missing_in_a_vault(after, said)
        except (GovahError, AssertionError):
            # So much is missing that the vault does not even open, or not whole.
            return True
        return commits > 0 or seconds > 0.001

    found_there = cuts(disk, Writer("careless", disk[1] / "vault"), 8, is_lost, seed=8)

    with capsys.disabled():
        print(f"\nwithout sync: {sum(found_there)} of {len(found_there)} power cuts lose acknowledged work")
    assert sum(found_there) >= 4


def test_a_drop_box_loses_nothing_acknowledged_either(disk, tmp_path, capsys):
    """Eight power cuts: the archive's key opens every second that was safe, and the bundle with the words verifies."""
    archive = create_workspace(
        tmp_path / "archive", Secret(PASSPHRASE), role=Role.ARCHIVE, name="a", clock=SystemClock(), cost=CHEAP
    )
    archive.write_card(tmp_path / "archive.card")
    box = disk[1] / "box"
    made = found(box, tmp_path / "archive.card", clock=SystemClock(), keys=3)
    archive.trust(box / "BOX.CRD", made.safety_number)
    os.sync()

    def missing(after, said):
        sound = 0
        for path in (after / "box" / "out").glob("*.REC"):
            with path.open("rb") as file, age.decrypt(file, [archive.vault.identity], allow_unterminated=True) as plain:
                sound += max(0, plain.size() - CHUNK) // 3
        bundle = next((after / "box" / "out").glob("*.AGE"))
        assert str(receive.verify(bundle, archive.desk()).outcome) == "verified"
        safe = max(float(words[1]) for words in said if words[0] == "safe")
        return max(0.0, safe - sound / 48_000)

    try:
        found_there = cuts(disk, Writer("box", box), 8, missing, seed=3)
    finally:
        archive.close()

    with capsys.disabled():
        print(f"\ndrop box: 8 power cuts, {max(found_there):.3f} s of acknowledged sound lost at most")
    assert max(found_there) < 0.001
