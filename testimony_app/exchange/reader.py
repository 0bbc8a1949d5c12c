# SPDX-License-Identifier: Apache-2.0
"""The parent's end of the limited reading process: starts it, talks to it, and ends it whatever happens."""

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

from testimony_app import errors as root_errors
from testimony_app.errors import GovahError
from testimony_app.exchange import errors, wire
from testimony_app.exchange.errors import Cancelled, ReaderStopped
from testimony_app.exchange.limits import CHILD_SILENCE_SECONDS, MESSAGE_MAX

FIRST_ARGUMENT = "--receive-child"
_MODULE = "testimony_app.exchange.receive_child"


class ReadingProcess:
    """One child for one file; used in a `with` block, after which it doesn't exist any more."""

    def __init__(self, task: wire.Task, is_cancelled: Callable[[], bool] | None = None) -> None:
        """Start the child and give it its task."""
        self._is_cancelled = is_cancelled
        self._child = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
        )
        self._tell(task)

    def answer(self) -> wire.Answer:
        """Return the next answer; raises ReaderStopped, or the refusal that the child reports."""
        try:
            answer = wire.receive_answer(_Patient(self._child, self._is_cancelled))
        except wire.Silence:
            raise ReaderStopped(why="silent") from None
        if isinstance(answer, wire.Said):
            raise _as_error(answer)
        return answer

    def go_on(self) -> None:
        """Let the child read the payloads."""
        self._tell(wire.GoOn())

    def __enter__(self) -> Self:
        """Hand out the process."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process at once, if it hasn't ended itself."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        if kind is not None:
            self._child.kill()
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _tell(self, message: msgspec.Struct) -> None:
        try:
            wire.send(self._child.stdin, message)  # type: ignore[arg-type]
        except BrokenPipeError:
            raise ReaderStopped(why="gone") from None


class _Patient:
    """The child's standard output, read with a limit on silence where the system can wait for a pipe."""

    def __init__(self, child: subprocess.Popen[bytes], is_cancelled: Callable[[], bool] | None) -> None:
        self._pipe = child.stdout
        self._is_cancelled = is_cancelled

    def read(self, size: int) -> bytes:
        """Return some bytes, none when the child has ended; raises ReaderStopped or Cancelled."""
        if self._pipe is None:
            return b""
        waited = 0.0
        self._stop_if_cancelled()
        while os.name != "nt" and not select.select([self._pipe], [], [], 0.25)[0]:
            waited += 0.25
            self._stop_if_cancelled()
            if waited > CHILD_SILENCE_SECONDS:
                raise ReaderStopped(why="silent")
        return self._pipe.read(min(size, MESSAGE_MAX)) or b""

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            raise Cancelled


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FIRST_ARGUMENT]
    # -P: whatever folder we stand in (a stick, perhaps) is no place to take Python modules from.
    return [sys.executable, "-P", "-m", _MODULE]


def _environment() -> dict[str, str]:
    """Return next to nothing: no home, no session, no display; only where the program itself is."""
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    return {**keep, "PYTHONPATH": root, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _as_error(said: wire.Said) -> GovahError:
    """Return the error that a code stands for; a code that isn't one of this room's is a broken child."""
    kinds = {kind.code: kind for kind in vars(errors).values() if _is_error(kind)}
    kind = kinds.get(said.code)
    return kind(**said.facts) if kind is not None else ReaderStopped(why="code")


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, root_errors.GovahError)
