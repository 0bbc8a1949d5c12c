# SPDX-License-Identifier: Apache-2.0
"""A log that knows how to be silent: no names, no text, no paths.

Silent until somebody who helps asks for notes (`log_to`). A note is a code and facts; a fact that is text is kept only
when it is written as our codes are (`room.kebab-name`), so that a name or a sentence handed in by mistake leaves no
trace but its length.
"""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

Fact = str | int | float | bool | None

_CODE = re.compile(r"[a-z0-9]{2,20}\.[a-z0-9-]{2,60}", re.ASCII)
_lock = threading.Lock()
_log_file: Path | None = None


def log_to(path: Path | None) -> None:
    """Start writing notes to a file, or with None fall silent again."""
    global _log_file  # noqa: PLW0603 - one log for one program; everything else is handed in
    with _lock:
        _log_file = path


def log_file() -> Path | None:
    """Return the file that notes go to, or None while silent."""
    return _log_file


def note(code: str, **facts: Fact) -> None:
    """Write one line of code and facts, if somebody asked for notes; never raises."""
    with _lock:
        if _log_file is None:
            return
        words = [time.strftime("%H:%M:%S"), _safe(code), *(f"{key}={_safe(fact)}" for key, fact in facts.items())]
        try:
            with _log_file.open("a", encoding="ascii") as file:
                file.write(" ".join(words) + "\n")
        except OSError:
            return  # a full disk must not stop a recording for the sake of a note


def _safe(fact: Fact) -> str:
    if isinstance(fact, str) and not _CODE.fullmatch(fact):
        return f"<{len(fact)} characters>"
    return str(fact)
