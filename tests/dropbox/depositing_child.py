# SPDX-License-Identifier: Apache-2.0
"""A process that tells its story to a drop box until it is killed; it says on standard output how far that is safe."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.dropbox.box import DropBox
from tests.dropbox.conftest import consent
from tests.fakes.microphone import FakeMicrophone

SECONDS = 20


def main(folder, speed):
    """Speak so many times faster than people do, and write a line of text beside it."""
    clock = SystemClock()
    box = DropBox.open(Path(folder), clock=clock)
    testimony = box.start(languages=("fa",))
    box.give_consent(testimony.id, consent())
    say("id", testimony.id, testimony.code)
    microphone = FakeMicrophone()
    records = box.records(microphone)
    records.begin(testimony.id, on_progress=lambda progress: say("safe", progress.seconds_safe))
    records.start()
    voice, begun = synthetic.voice(SECONDS), time.monotonic()
    for number, first in enumerate(range(0, len(voice), 4800)):
        microphone.stream.say(voice[first : first + 4800])
        say("said", first + 4800)
        if number % 10 == 5:
            box.save_statement(testimony.id, f"line {number}", "fa")
            say("text", number)
        time.sleep(max(0.0, begun + (first + 4800) / 48_000 / float(speed) - time.monotonic()))


def say(*words):
    """Tell the parent, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
