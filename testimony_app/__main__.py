# SPDX-License-Identifier: Apache-2.0
"""`python -m testimony_app` and `govah`: without a command the desktop, otherwise the command line.

This is the composition root for commands: the command line knows neither Qt nor the desktop, so the
microphone is handed to it from here, and what keeps the computer awake, only when a command asks for them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from testimony_app.cli import main as command_line

if TYPE_CHECKING:
    from testimony_app.audio.ports import Microphone
    from testimony_app.machine import Awake

RECEIVE_CHILD = "--receive-child"
DECODE_CHILD = "--decode-child"
READING_CHILD = "--reading-child"
LOOKING_CHILD = "--looking-child"
PRACTICE = "--practice"


def run(argv: Sequence[str] | None = None) -> int:
    """Return the exit status of whatever the words of the command line ask for."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [RECEIVE_CHILD]:
        from testimony_app.exchange import receive_child  # noqa: PLC0415 - the child loads nothing else

        return receive_child.main()
    if words[:1] == [DECODE_CHILD]:
        from testimony_app.devices import decoding_child  # noqa: PLC0415 - likewise

        return decoding_child.main()
    if words[:1] == [READING_CHILD]:
        from testimony_app.intake import reading_child  # noqa: PLC0415 - likewise

        return reading_child.main()
    if words[:1] == [LOOKING_CHILD]:
        from testimony_app.devices import looking_child  # noqa: PLC0415 - likewise

        return looking_child.main()
    if words[:1] == [PRACTICE]:
        from testimony_app import practice_desktop  # noqa: PLC0415 - as the desktop

        return practice_desktop.run(words[1:])
    if _asks_for_the_desktop(words):
        from testimony_app import desktop  # noqa: PLC0415 - commands must work without a screen or Qt

        return desktop.run(words[1:] if words[:1] == ["open"] else words)
    return command_line.main(words, microphone=_microphone(), awake=_awake)


def _asks_for_the_desktop(words: list[str]) -> bool:
    if not words or words[0] == "open":
        return True
    return len(words) == 1 and words[0] not in command_line.commands() and Path(words[0]).is_dir()


def _microphone() -> Callable[[], Microphone]:
    def opened() -> Microphone:
        from testimony_app.devices.microphone import QtMicrophone  # noqa: PLC0415 - Qt only when needed

        return QtMicrophone()

    return opened


def _awake() -> Awake:
    from testimony_app.devices.awake import SystemAwake  # noqa: PLC0415 - for the one command that records

    return SystemAwake()


if __name__ == "__main__":
    sys.exit(run())
