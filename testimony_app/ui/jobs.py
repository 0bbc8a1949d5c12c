# SPDX-License-Identifier: Apache-2.0
"""Runs a plain function off the main thread and brings its result home, or drops it if nobody is home.

Two places to work. The *vault* thread, one worker, does every touch of the database, in the order asked. The *bench*,
a small pool, does long work that needs no database. Results arrive on the main thread. If the owner was destroyed
meanwhile, the result is dropped. An exception goes to the caller's `failed`, else to one signal.

This is one of the two places in the program where any exception is caught: to carry it home, not to swallow it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from time import monotonic
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from testimony_app import diagnostics
from testimony_app.model.changes import Changes

Result = TypeVar("Result")
Failed = Callable[[Exception], None]
_VAULT_JOB_SECONDS = 0.05  # longer jobs on the vault thread are noted by name
_BENCH_WORKERS = 2


class Runs(Protocol):
    """What a screen asks of jobs, so that a test can hand in one that runs at once."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        heavy: bool = False,
    ) -> None:
        """Run work and hand its result to `done` on the main thread."""

    def latest(
        self,
        owner: QObject,
        name: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Failed | None = None,
        *,
        heavy: bool = False,
    ) -> None:
        """Run work; of several with one name only the newest result is shown."""

    def relay(self, owner: QObject, callback: Callable[..., None]) -> Callable[..., None]:
        """Return a callable for any thread whose calls reach `callback` on the main thread."""


class Cancel:
    """A wish to stop that a long job looks at: call it, or ask `is_set()`."""

    def __init__(self) -> None:
        self._event = Event()

    def set(self) -> None:
        """Ask the job to stop at its next step."""
        self._event.set()

    def is_set(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._event.is_set()

    def __call__(self) -> bool:
        """Tell whether somebody asked to stop; the form in which work below the screens knows it."""
        return self._event.is_set()


class _Task:
    """What somebody asked for. The main thread lets go of it: a window may not end on a worker."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Failed | None,
        *,
        wanted: Callable[[], bool],
        is_light: bool,
    ) -> None:
        self.owner: QObject | None = owner
        self.work, self.done, self.failed = work, done, failed
        self.wanted, self.is_light = wanted, is_light

    def let_go(self) -> None:
        """Forget whoever asked, and everything that holds them."""
        self.owner, self.work, self.done, self.failed = None, _nothing, None, None


class Jobs(QObject):
    """The vault thread and the bench."""

    changed = Signal(object)
    """Changes: what a job wrote, told to every living screen."""
    failed = Signal(object)
    """Exception: one that no screen asked to hear of."""
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._bench = ThreadPoolExecutor(_BENCH_WORKERS, thread_name_prefix="bench")
        self._newest: dict[tuple[int, str], object] = {}
        self._is_open = True
        self._home.connect(self._on_home, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Failed | None = None,
        *,
        heavy: bool = False,
    ) -> None:
        """Run work on the vault thread, or with `heavy` on the bench; `done` gets its result on the main thread."""
        self._start(owner, work, done, failed, heavy=heavy, wanted=_always)

    def latest(
        self,
        owner: QObject,
        name: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Failed | None = None,
        *,
        heavy: bool = False,
    ) -> None:
        """Run work; an older one of this name not yet begun is skipped, one under way is dropped on arrival."""
        key, token = (id(owner), name), object()
        self._newest[key] = token
        self._start(owner, work, done, failed, heavy=heavy, wanted=lambda: self._newest.get(key) is token)

    def relay(self, owner: QObject, callback: Callable[..., None]) -> Callable[..., None]:
        """Return a callable for any thread whose calls reach `callback` on the main thread while the owner lives."""

        def pass_on(*values: Any) -> None:
            self._send(partial(_deliver, owner, partial(callback, *values)))

        return pass_on

    def announce(self, changes: Changes) -> None:
        """Tell every screen what was changed by something that ran elsewhere."""
        self.changed.emit(changes)

    def shut_down(self, last: Callable[[], None] | None = None) -> None:
        """Finish what was asked of the vault thread, then run `last` on it, then end both places."""
        if not self._is_open:
            return
        self._is_open = False
        self._bench.shutdown(wait=False, cancel_futures=True)
        ending = self._vault.submit(last) if last else None
        self._vault.shutdown(wait=True)
        self._bench.shutdown(wait=True)
        if ending is not None:
            ending.result()

    def _start(
        self,
        owner: QObject,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None,
        failed: Failed | None,
        *,
        heavy: bool,
        wanted: Callable[[], bool],
    ) -> None:
        if self._is_open:
            task = _Task(owner, work, done, failed, wanted=wanted, is_light=not heavy)
            (self._bench if heavy else self._vault).submit(self._work, task)

    def _work(self, task: _Task) -> None:
        """Run on a worker; whatever happens is told at home."""
        if not task.wanted():
            self._send(task.let_go)
            return
        began = monotonic()
        try:
            result = task.work()
        except Exception as error:
            self._send(partial(self._arrive_failed, task, error))
        else:
            self._send(partial(self._arrive, task, result))
        if task.is_light and monotonic() - began > _VAULT_JOB_SECONDS:
            diagnostics.note("jobs.slow-on-vault-thread", milliseconds=round((monotonic() - began) * 1000))

    def _arrive(self, task: _Task, result: object) -> None:
        owner, done = task.owner, task.done
        task.let_go()
        if isinstance(result, Changes):
            self.changed.emit(result)
        if done is not None and task.wanted():
            _deliver(owner, partial(done, result))

    def _arrive_failed(self, task: _Task, error: Exception) -> None:
        owner, failed = task.owner, task.failed
        task.let_go()
        if failed is None:
            self.failed.emit(error)
        else:
            _deliver(owner, partial(failed, error))

    def _send(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._home.emit(call)

    @Slot(object)
    def _on_home(self, call: Callable[[], None]) -> None:
        call()


def _always() -> bool:
    return True


def _nothing() -> None:
    """Stand where work stood."""


def _deliver(owner: QObject | None, call: Callable[[], None]) -> None:
    if owner is not None and shiboken6.isValid(owner):
        call()
