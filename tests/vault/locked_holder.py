# SPDX-License-Identifier: Apache-2.0
"""Opens a vault, works in it, locks it, says so, and stays: what is left in its memory is the test's to see."""

from __future__ import annotations

import sys
from pathlib import Path

from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.vault.vault import Vault
from tests.builders import a_full_testimony, write_recording


def main():
    """Take the passphrase from standard input, so that it is in no argument."""
    secret = Secret(bytearray(sys.stdin.buffer.readline().rstrip(b"\n")))
    vault = Vault.open(Path(sys.argv[1]), secret, clock=SystemClock())
    if sys.argv[2] == "locked":
        work(vault)
        vault.lock()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.buffer.readline()


def work(vault):
    """Use every key there is: signing, reading, writing, the ways of opening, a rotation and back."""
    vault.device.sign(b"message", "bundle-v1@govah")
    vault.identity.text().wipe()
    testimony = vault.testimonies.add(a_full_testimony())
    write_recording(vault, testimony.id, bytes(200_000))
    for (blob,) in vault.database.rows("SELECT id FROM blob"):
        with vault.blobs.open(blob) as reader:
            reader.read()
    vault.testimonies.erase(testimony.id, "witness")


if __name__ == "__main__":
    main()
