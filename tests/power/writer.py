# SPDX-License-Identifier: Apache-2.0
"""Records a voice and commits testimonies until it is stopped; says on standard output what it was told is safe.

python -m tests.power.writer vault FOLDER        `careless` instead of `vault`: the same, with every sync left out
python -m tests.power.writer box FOLDER          into a drop box
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.box import DropBox
from testimony_app.intake.taking import RecordingSession
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.vault import Vault
from tests.builders import a_full_testimony, a_testimony
from tests.fakes.microphone import FakeMicrophone
from tests.vault.conftest import PASSPHRASE

SPEED = 4.0
SEGMENT_SECONDS = 7.0
STEP = 4800


class CarelessDisk(Disk):
    """A disk that says that everything is safe and does nothing about it."""

    def sync(self, descriptor):
        """Pretend."""

    def sync_folder(self, folder):
        """Pretend."""


def say(*words):
    """Tell the test, at once and in one piece."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def speak(records, testimony, between):
    """Record for ever, and do something between each tenth of a second of sound."""
    microphone = records._microphone
    voice = synthetic.voice(10)
    taken = records.begin(testimony, on_progress=lambda progress: say("safe", progress.seconds_safe))
    say("recording", testimony, taken.id)
    records.start()
    stream = getattr(microphone, "_microphone", microphone).stream
    while True:
        for first in range(0, len(voice), STEP):
            begun = time.monotonic()
            stream.say(voice[first : first + STEP])
            between()
            if records.wants_slots:
                records.top_up()
            time.sleep(max(0.0, STEP / 48_000 / SPEED - (time.monotonic() - begun)))


def into_a_vault(folder, disk):
    """Record into a vault, and commit a testimony between."""
    clock = SystemClock()
    vault = Vault.open(folder, Secret(PASSPHRASE), clock=clock, disk=disk)
    if disk is not DISK:
        vault.database.execute("PRAGMA synchronous = OFF")
    draft = vault.testimonies.add(a_testimony())

    def commit():
        say("testimony", vault.testimonies.add(a_full_testimony()).id)

    records = RecordingSession(vault, FakeMicrophone(), clock, disk=disk, segment_seconds=SEGMENT_SECONDS)
    speak(records, draft.id, commit)


def into_a_box(folder):
    """Record into a drop box, and save a line of text now and then."""
    box = DropBox.open(folder, clock=SystemClock())
    testimony = box.start()
    lines = 0

    def write():
        nonlocal lines
        lines += 1
        if lines % 10 == 0:
            box.save_statement(testimony.id, f"line {lines}", "fa")
            say("text", lines)

    speak(box.records(FakeMicrophone()), testimony.id, write)


if __name__ == "__main__":
    if sys.argv[1] == "box":
        into_a_box(Path(sys.argv[2]))
    else:
        into_a_vault(Path(sys.argv[2]), CarelessDisk() if sys.argv[1] == "careless" else DISK)
