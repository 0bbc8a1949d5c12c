# SPDX-License-Identifier: Apache-2.0
"""The parent's end of a confined process: starts it, talks to it, and ends it whatever happens.

The child is named, not imported: what it needs (Qt, for one) is loaded there and not here.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from testimony_app.confined import pipes

_LOOK_EVERY_SECONDS = 0.25
_READ_MOST = 1 << 20


class GivenUp(Exception):
    """Somebody asked us to stop while the child was at work."""


class Child:
    """One child for one file; used in a `with` block, after which it doesn't exist any more."""

    def __init__(
        self, module: str, word: str, *, silence_seconds: float, is_cancelled: Callable[[], bool] | None = None
    ) -> None:
        """Start a module of ours as a process; the frozen program starts itself, with a word instead."""
        self._silence_seconds = silence_seconds
        self._is_cancelled = is_cancelled
        self._process = subprocess.Popen(
            _command(module, word),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
        )

    @property
    def process_id(self) -> int:
        """The number the system knows it by."""
        return self._process.pid

    def tell(self, message: msgspec.Struct) -> None:
        """Send a message; raises BrokenPipeError when the child is gone."""
        pipes.send(self._process.stdin, message)  # type: ignore[arg-type]

    def hand(self, data: bytes) -> None:
        """Send bytes as they are, after a message that said how many; raises BrokenPipeError when it is gone."""
        pipe = self._process.stdin
        rest = memoryview(data)
        while rest and pipe is not None:
            rest = rest[pipe.write(rest) or 0 :]

    def read(self, size: int) -> bytes:
        """Return some bytes of what it says, none when it has ended; raises Silence or GivenUp."""
        pipe = self._process.stdout
        if pipe is None:
            return b""
        waited = 0.0
        self._stop_if_cancelled()
        # Where the system can't wait for a pipe, the child's own watchdog is what ends a silence.
        while os.name != "nt" and not select.select([pipe], [], [], _LOOK_EVERY_SECONDS)[0]:
            waited += _LOOK_EVERY_SECONDS
            self._stop_if_cancelled()
            if waited > self._silence_seconds:
                raise pipes.Silence
        return pipe.read(min(size, _READ_MOST)) or b""

    def __enter__(self) -> Self:
        """Hand out the process."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process at once, if it hasn't ended itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if kind is not None:
            self._process.kill()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            raise GivenUp


def _command(module: str, word: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    # -P: whatever folder we stand in (a stick, perhaps) is no place to take Python modules from.
    return [sys.executable, "-P", "-m", module]


def _environment() -> dict[str, str]:
    """Return next to nothing: no home, no session, no display; only where the program itself is."""
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    return {**keep, "PYTHONPATH": root, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
