# SPDX-License-Identifier: Apache-2.0
"""A witness alone, to be killed: answers one question, begins the next, and tells how much of it was heard."""

from __future__ import annotations

import sys
from pathlib import Path

from testimony_app.ui.application import make_qt
from tests.journeys.hands import Hands
from tests.journeys.walking import unlock

FIRST_SECONDS = 1.5


def main() -> None:
    """Speak until killed."""
    folder, settings = Path(sys.argv[1]), Path(sys.argv[2])
    hands = Hands(make_qt(), settings, folder)
    if hands.screen == "unlock":
        unlock(hands)
        hands.press("hand_over")
        hands.press("hand_over_now")
    to_the_first_question(hands)
    hands.press("record_button")
    hands.wait(lambda: act(hands).seconds >= FIRST_SECONDS, "for the first answer")
    hands.press("next")
    hands.wait(lambda: not act(hands).is_busy, "for the first answer to be kept")
    print("ready", flush=True)
    hands.press("record_button")
    hands.wait(lambda: act(hands).is_open, "for the microphone")
    while True:
        hands.rest(0.05)
        print(f"{act(hands).seconds:.3f}", flush=True)


def to_the_first_question(hands) -> None:
    """Go from the choice of a language to the first question, with yes to everything."""
    hands.wait(lambda: hands.screen == "kiosk", "for self-recording")
    hands.press("language_fa")
    hands.see("kiosk_welcome")
    while hands.sees("kiosk_welcome"):
        press_and_go(hands, "go_on")
    press_and_go(hands, "alone")
    while hands.sees("kiosk_consent"):
        press_and_go(hands, "yes")
    hands.see("kiosk_prompt")


def press_and_go(hands, name) -> None:
    """Press something and wait until another page stands there."""
    frame = hands.desktop.screens.current._frame
    before = frame.page
    hands.press(name)
    hands.wait(lambda: hands.desktop.screens.current._page.widget is not before, "for the next page")


def act(hands):
    """Return the recorder of the screen that is up."""
    return hands.desktop.screens.current._act


if __name__ == "__main__":
    main()
