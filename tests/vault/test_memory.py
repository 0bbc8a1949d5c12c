# SPDX-License-Identifier: Apache-2.0
"""After the lock, no key of the vault is anywhere in the process's memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from testimony_app.crypto.secret import Secret
from testimony_app.safekeeping import duress
from tests.builders import a_full_testimony, write_recording
from tests.vault.conftest import PASSPHRASE, passphrase

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads another process's memory through /proc")


@pytest.fixture
def keys(vault):
    """Return what must not be found: root, database key, blob keys, seeds, as bytes."""
    testimony = vault.testimonies.add(a_full_testimony())
    recording = write_recording(vault, testimony.id, bytes(300_000))
    slot = vault.recordings.slot_for(recording.id, 0)
    known = {
        "root": bytes(vault.keyring.root.root.view),
        "database": bytes(vault.keyring.database_key().view),
        "database in hex": vault.keyring.database_key().view.hex().encode(),
        "blob": bytes(slot.file_key.view),
        "blob keys": bytes(vault._blob_keys.view),
        "identity": bytes(vault.identity.seed.view),
        "signing": bytes(vault.device.seeds().view)[:32],
    }
    vault.lock()
    return known


def found_in_memory(folder, state, keys):
    """Return which keys are in the memory of a process in this state."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tests.vault.locked_holder", str(folder), state]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        process.stdin.write(PASSPHRASE + b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"ready\n"
        memory = read_memory(process.pid)
        process.stdin.write(b"\n")
        process.stdin.flush()
    return {name for name, key in keys.items() if any(key in region for region in memory)}


def read_memory(pid):
    """Return every readable and writable region of a process."""
    regions = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                regions.append(memory.read(end - start))
            except OSError:
                continue
    return regions


def test_an_open_vault_holds_its_keys(folder, keys):
    """The control: the scan does find keys while the vault is open."""
    assert {"root", "blob keys"} <= found_in_memory(folder, "open", keys)


def test_a_locked_vault_leaves_no_key_in_memory(folder, keys):
    """Root, database key, blob keys and seeds are gone after the lock."""
    assert found_in_memory(folder, "locked", keys) == set()


def test_under_duress_no_key_of_the_first_vault_comes_into_memory(create, folder):
    """Only the other vault's root is there while it is open, and not even that one after the lock."""
    other = create(folder=folder / "other")
    first = create(folder=folder / "first", passphrase=Secret(b"another row of words"))
    other_root = bytes(other.keyring.root.root.view)
    other.lock()
    duress.set_up(first, folder / "other", passphrase(), erases=True)
    known = {
        "other root": other_root,
        "root": bytes(first.keyring.root.root.view),
        "database": bytes(first.keyring.database_key().view),
        "blob keys": bytes(first._blob_keys.view),
    }
    first.lock()

    assert found_in_memory(folder / "first", "open", known) == {"other root"}
    assert found_in_memory(folder / "first", "locked", known) == set()
