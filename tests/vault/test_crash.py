# SPDX-License-Identifier: Apache-2.0
"""Killed at any moment, the vault opens again with everything that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from testimony_app.vault.check import check
from testimony_app.vault.errors import VaultInUse
from testimony_app.vault.recovery import recover
from testimony_app.vault.vault import Vault
from tests.vault.conftest import passphrase

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX matter")
CHUNK = 65_536


def start(folder):
    """Start a process that writes to the vault, and wait until it has said something."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tests.vault.killed_writer", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def kill(process):
    """Kill it and return what it had said."""
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def test_what_was_acknowledged_before_a_kill_is_there_after(create, folder, clock):
    """Transactions, chunks and key rotations, cut at random moments, leave a whole vault each time."""
    create().lock()
    chance = random.Random(11)
    for _ in range(6):
        process = start(folder)
        first = process.stdout.readline().split()
        time.sleep(chance.uniform(0.05, 0.6))
        said = [first, *kill(process)]

        vault = Vault.open(folder, passphrase(), clock=clock)
        recovered = {each.recording: each.seconds for each in recover(vault)}
        chunks = {words[1]: int(words[2]) for words in said if words[0] == "chunks"}
        assert list(recovered) == [first[1]]
        for recording, count in chunks.items():
            assert recovered[recording] >= count * CHUNK // 3 / 48_000
        acknowledged = [words[1] for words in said if words[0] == "testimony"]
        assert all(vault.testimonies.exists(testimony) for testimony in acknowledged)
        assert check(vault).ok
        vault.lock()


def test_a_vault_in_another_process_is_in_use_until_that_is_killed(create, folder, clock):
    """The system's own lock goes with the process, whatever ends it."""
    create().lock()
    process = start(folder)
    process.stdout.readline()

    with pytest.raises(VaultInUse):
        Vault.open(folder, passphrase(), clock=clock)
    kill(process)

    Vault.open(folder, passphrase(), clock=clock).lock()
