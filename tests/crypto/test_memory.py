# SPDX-License-Identifier: Apache-2.0
"""What is done to keep keys in memory is done, and what is wiped is gone from it.

The process is looked at from outside, as a thief of its memory would: a child does its work, says so, and waits;
its pages are searched for the key's bytes through /proc, which needs Linux and the right to trace it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from testimony_app.crypto import memory
from testimony_app.crypto.secret import Secret

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="core limits and /proc are Linux's")

HARDENED = """
import resource
from testimony_app.crypto import memory
print(memory.harden(), resource.getrlimit(resource.RLIMIT_CORE))
print(open('/proc/self/status').read().count('CoreDumping'))
"""

# The needle is the root of a vault: the child opens it, uses it for all that it is for, and locks it. The half that
# is printed first lets us find the whole; it is printed from a copy that is wiped.
OPENED = """
import hashlib, sys
from testimony_app.crypto import age, signing
from testimony_app.crypto.key_copies import open_newest
from testimony_app.crypto.keyring import Keyring
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.wrap import unwrap, wrap

ring = Keyring.create(bytes(16), CHEAP)
ring.add(Secret(b'passphrase'))
written = ring.serialise()
ring.lock()
ring = open_newest([written], Secret(b'passphrase'))
with ring.root.device_key_wrap() as key, Secret.random(64) as seeds:
    sealed = wrap(key, seeds, info=b'i', context=b'c')
    with unwrap(key, sealed, info=b'i', context=b'c') as again:
        device = signing.DeviceKey.from_seeds(again)
        device.sign(b'text', signing.BUNDLE)
        device.wipe()
with ring.database_key() as database_key:
    pass

def tell(secret):
    sys.stdout.write(' '.join(str(byte ^ 0x5A) for byte in secret.view) + '\\n')
    sys.stdout.flush()

tell(ring.root.root)
tell(ring._state.database_key)
sys.stdin.readline()
ring.lock()
sys.stdout.write('locked\\n')
sys.stdout.flush()
sys.stdin.readline()
"""


@on_linux
def test_a_hardened_process_leaves_no_core():
    """No core file may be written, and the process may not be traced."""
    done = subprocess.run([sys.executable, "-c", HARDENED], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Hardened(no_core_dumps=True, no_tracing=True) (0, 0)")


def test_keeping_out_of_swap_never_breaks_anything():
    """Whether it is granted or not, the secret is what it was; nothing has nothing to keep."""
    secret = Secret(b"abc")

    assert memory.keep_out_of_swap(secret) in {True, False}
    assert bytes(secret.view) == b"abc"
    assert memory.keep_out_of_swap(Secret(b"")) is False
    secret.wipe()


def copies(process, needle):
    """Return how often the needle is found in the memory of a process."""
    found = 0
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as pages:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            bounds, rights = line.split()[:2]
            if "rw" not in rights:
                continue
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            try:
                pages.seek(start)
                found += pages.read(end - start).count(needle)
            except (OSError, OverflowError):
                continue
    return found


@on_linux
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() != 0, reason="reading another process needs root")
def test_after_locking_no_key_is_left_in_memory():
    """While the vault is open its root and its database key are in memory; after locking they are nowhere."""
    child = subprocess.Popen([sys.executable, "-c", OPENED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        needles = [bytes(int(byte) ^ 0x5A for byte in child.stdout.readline().split()) for _ in range(2)]
        assert all(len(needle) == 32 for needle in needles)
        before = [copies(child.pid, needle) for needle in needles]
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "locked\n"
        after = [copies(child.pid, needle) for needle in needles]
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()

    assert all(count >= 1 for count in before)
    assert after == [0, 0]
