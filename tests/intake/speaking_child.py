# SPDX-License-Identifier: Apache-2.0
"""A process that records a voice into a vault until it is killed; it tells on standard output how much was said."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.intake.taking import RecordingSession
from testimony_app.vault.vault import Vault
from tests.fakes.microphone import FakeMicrophone

SECONDS = 30


def main(folder, testimony, passphrase, speed, segment_seconds):
    """Speak so many times faster than people do."""
    voice = synthetic.voice(SECONDS)
    clock = SystemClock()
    vault = Vault.open(Path(folder), Secret(passphrase.encode()), clock=clock)
    microphone = FakeMicrophone()
    session = RecordingSession(vault, microphone, clock, segment_seconds=float(segment_seconds))
    session.begin(testimony)
    session.start()
    begun = time.monotonic()
    for first in range(0, len(voice), 4800):
        microphone.stream.say(voice[first : first + 4800])
        sys.stdout.write(f"{first + 4800}\n")
        sys.stdout.flush()
        time.sleep(max(0.0, begun + (first + 4800) / 48_000 / float(speed) - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
