# SPDX-License-Identifier: Apache-2.0
"""Practice started as a person starts it: what a crash left is gone, and the person's own settings stay untouched."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from testimony_app.practice.ground import PREFIX
from tests.practice.test_ground import DIES_IN_IT

PATIENCE_SECONDS = 60


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't kill itself so on Windows")
def test_the_next_start_clears_up_and_touches_no_settings(tmp_path, home):
    """`govah --practice` removes what a killed one left, makes a folder of its own, and writes nothing elsewhere."""
    environment = os.environ | {"TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    died = subprocess.run(
        [sys.executable, "-c", DIES_IN_IT, str(tmp_path)], capture_output=True, text=True, env=environment
    )
    left = died.stdout.strip()
    started = subprocess.Popen(
        [sys.executable, "-m", "testimony_app", "--practice"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: any((one / "settings.json").exists() for one in tmp_path.glob(f"{PREFIX}*")))
        found = [one.name for one in tmp_path.glob(f"{PREFIX}*")]
        assert started.poll() is None
    finally:
        started.kill()
        started.wait()

    assert left.startswith(PREFIX)
    assert left not in found
    assert len(found) == 1
    assert not list(home.rglob("settings.json"))


def wait_for(until):
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)
