# SPDX-License-Identifier: Apache-2.0
"""The parent's end of the limited reading process: starts it, talks to it, and ends it whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

import msgspec

from testimony_app import errors as root_errors
from testimony_app.confined.child import Child, GivenUp
from testimony_app.errors import GovahError
from testimony_app.exchange import errors, wire
from testimony_app.exchange.errors import Cancelled, ReaderStopped
from testimony_app.exchange.limits import CHILD_SILENCE_SECONDS

FIRST_ARGUMENT = "--receive-child"
_MODULE = "testimony_app.exchange.receive_child"


class ReadingProcess:
    """One child for one file; used in a `with` block, after which it doesn't exist any more."""

    def __init__(self, task: wire.Task, is_cancelled: Callable[[], bool] | None = None) -> None:
        """Start the child and give it its task."""
        self._child = Child(_MODULE, FIRST_ARGUMENT, silence_seconds=CHILD_SILENCE_SECONDS, is_cancelled=is_cancelled)
        self._tell(task)

    def answer(self) -> wire.Answer:
        """Return the next answer; raises ReaderStopped, or the refusal that the child reports."""
        try:
            answer = wire.receive_answer(self._child)
        except wire.Silence:
            raise ReaderStopped(why="silent") from None
        except GivenUp:
            raise Cancelled from None
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
        self._child.__exit__(kind, error, trace)

    def _tell(self, message: msgspec.Struct) -> None:
        try:
            self._child.tell(message)
        except BrokenPipeError:
            raise ReaderStopped(why="gone") from None


def _as_error(said: wire.Said) -> GovahError:
    """Return the error that a code stands for; a code that isn't one of this room's is a broken child."""
    kinds = {kind.code: kind for kind in vars(errors).values() if _is_error(kind)}
    kind = kinds.get(said.code)
    return kind(**said.facts) if kind is not None else ReaderStopped(why="code")


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, root_errors.GovahError)
