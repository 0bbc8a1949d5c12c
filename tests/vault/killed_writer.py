# SPDX-License-Identifier: Apache-2.0
"""Writes recordings and transactions until it is killed, saying on standard output what was acknowledged."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.vault.vault import Vault
from tests.builders import a_full_testimony, a_testimony
from tests.vault.conftest import PASSPHRASE

CHUNK = 65_536


def say(*words):
    """Tell the test, at once and in one piece."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def record(slot, testimony):
    """Seal a chunk, sync it, say so, again and again."""
    writer = slot.writer()
    while True:
        writer.write(bytes(CHUNK))
        writer.sync()
        say("chunks", testimony, writer.chunks_written)


def main():
    """Open the vault and write until the end."""
    vault = Vault.open(Path(sys.argv[1]), Secret(PASSPHRASE), clock=SystemClock())
    spoken = vault.testimonies.add(a_testimony())
    recording = vault.recordings.begin(spoken.id, rate=48_000, channels=1, bits=24)
    slot = vault.recordings.new_segments(recording.id, 1)[0]
    say("recording", recording.id)
    threading.Thread(target=record, args=(slot, recording.id), daemon=True).start()
    while True:
        testimony = vault.testimonies.add(a_full_testimony())
        say("testimony", testimony.id)
        if testimony.code < "T-8":
            vault.rotate()


if __name__ == "__main__":
    main()
