# SPDX-License-Identifier: Apache-2.0
"""The practice folder: held, destroyed on leaving, swept after a crash, and never anything else removed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from testimony_app.practice import ground as grounds
from testimony_app.practice.ground import Ground

# A process that makes a practice folder, says where, and dies without leaving it.
DIES_IN_IT = """
import os, sys
from pathlib import Path
from testimony_app.practice.ground import Ground
ground = Ground.make(Path(sys.argv[1]))
(ground.folder / "collector").mkdir()
print(ground.folder.name, flush=True)
os.kill(os.getpid(), 9)
"""


def test_leaving_destroys_it(tmp_path):
    """Nothing is left of a practice folder that was left."""
    ground = Ground.make(tmp_path)
    (ground.folder / "collector").mkdir()
    (ground.folder / "collector" / "keys").write_bytes(b"x")

    ground.destroy()
    ground.destroy()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't kill itself so on Windows")
def test_after_a_crash_the_next_start_destroys_it(tmp_path):
    """What a killed process left is gone after the next start; where somebody practises, nothing is touched."""
    died = subprocess.run([sys.executable, "-c", DIES_IN_IT, str(tmp_path)], capture_output=True, text=True)
    in_use = Ground.make(tmp_path)
    left = tmp_path / died.stdout.strip()

    assert died.returncode == -9
    assert left.is_dir()
    assert grounds.sweep(tmp_path) == 1
    assert not left.exists()
    assert in_use.folder.is_dir()


def test_only_what_is_a_practice_folder_is_ever_removed(tmp_path):
    """A folder without the lock, a link, and a vault under another name stay, whatever the sweep finds."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "LOCK").touch()
    (tmp_path / f"{grounds.PREFIX}link").symlink_to(precious)
    (tmp_path / f"{grounds.PREFIX}mine").mkdir()

    assert grounds.sweep(tmp_path) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["govah-practice-link", "govah-practice-mine", "precious"]
    assert Ground.take(precious, tmp_path) is None


def test_the_next_process_goes_on_in_it(tmp_path):
    """After locking, the same folder is taken again; while somebody is in it, nobody else gets it."""
    ground = Ground.make(tmp_path)

    assert Ground.take(ground.folder, tmp_path) is None
    ground.let_go()

    assert Ground.take(ground.folder, tmp_path) is not None
