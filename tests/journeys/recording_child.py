# SPDX-License-Identifier: Apache-2.0
"""A laptop of its own, to be killed: opens the desktop, records by its buttons, tells how much it has heard."""

from __future__ import annotations

import sys
from pathlib import Path

from testimony_app.ui.application import make_qt
from tests.journeys.hands import Hands
from tests.journeys.walking import begin_recording, unlock


def main() -> None:
    """Record until killed."""
    vault, settings = Path(sys.argv[1]), Path(sys.argv[2])
    hands = Hands(make_qt(), settings, vault)
    unlock(hands)
    begin_recording(hands)
    while True:
        hands.rest(0.05)
        progress = hands.desktop.recording.progress
        if progress is not None:
            print(f"{progress.seconds:.3f}", flush=True)


if __name__ == "__main__":
    main()
