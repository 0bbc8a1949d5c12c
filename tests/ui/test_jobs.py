# SPDX-License-Identifier: Apache-2.0
"""Work leaves the main thread and its result comes home, in order, or is dropped."""

from __future__ import annotations

import sys
import threading
import weakref

from PySide6.QtCore import QObject, QThread

from testimony_app.errors import Refusal
from testimony_app.model.changes import Changes
from testimony_app.ui.jobs import Cancel


class NothingDone(Refusal):
    """A refusal of this test."""

    code = "test.nothing-done"


def test_the_result_comes_home_to_the_main_thread(jobs, qtbot):
    """Work runs elsewhere, and what it returns is handed over where widgets live."""
    owner, seen = QObject(), []

    jobs.run(owner, threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))

    worker, home = seen[0]
    assert worker != home
    assert home == threading.get_ident()
    assert QThread.currentThread().isMainThread()


def test_the_vault_thread_is_one_and_keeps_the_order(jobs, qtbot):
    """Everything without `heavy` runs on one thread, first come, first served."""
    owner, threads, order = QObject(), set(), []

    for number in range(50):
        jobs.run(owner, lambda number=number: (threads.add(threading.get_ident()), order.append(number)))
    jobs.run(owner, lambda: None, lambda _none: order.append("end"))
    qtbot.waitUntil(lambda: order[-1:] == ["end"])

    assert len(threads) == 1
    assert order == [*range(50), "end"]


def test_heavy_work_does_not_hold_up_the_vault_thread(jobs, qtbot):
    """A long job on the bench leaves the vault thread free."""
    owner, release, seen = QObject(), threading.Event(), []

    jobs.run(owner, lambda: release.wait(5), lambda _done: seen.append("heavy"), heavy=True)
    jobs.run(owner, lambda: None, lambda _none: (seen.append("light"), release.set()))
    qtbot.waitUntil(lambda: len(seen) == 2)

    assert seen == ["light", "heavy"]


def test_a_result_for_somebody_gone_is_dropped(jobs, qtbot):
    """A screen that was closed meanwhile is never called."""
    owner, other, release, seen = QObject(), QObject(), threading.Event(), []

    jobs.run(owner, lambda: release.wait(5), lambda _done: seen.append("gone"))
    owner.deleteLater()
    qtbot.wait(20)
    release.set()
    jobs.run(other, lambda: None, lambda _none: seen.append("here"))
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == ["here"]


def test_an_error_goes_to_the_one_who_asked(jobs, qtbot):
    """An exception reaches `failed` on the main thread, and nobody else."""
    owner, seen, elsewhere = QObject(), [], []
    jobs.failed.connect(elsewhere.append)

    def refuse():
        raise NothingDone

    jobs.run(owner, refuse, seen.append, failed=lambda error: seen.append(type(error)))
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [NothingDone]
    assert elsewhere == []


def test_an_error_nobody_asked_for_becomes_one_signal(jobs, qtbot):
    """Without `failed`, the window hears of it."""

    def refuse():
        raise NothingDone

    with qtbot.waitSignal(jobs.failed) as heard:
        jobs.run(QObject(jobs), refuse)

    assert isinstance(heard.args[0], NothingDone)


def test_of_three_quick_searches_only_the_newest_is_shown(jobs, qtbot):
    """An older question not yet begun is skipped, one under way is dropped on arrival."""
    owner, release, shown, begun = QObject(), threading.Event(), [], []

    def search(text):
        begun.append(text)
        release.wait(5)
        return text

    for text in ("a", "ab", "abc"):
        jobs.latest(owner, "search", lambda text=text: search(text), shown.append)
    qtbot.waitUntil(lambda: begun == ["a"])
    release.set()
    qtbot.waitUntil(lambda: bool(shown))

    assert shown == ["abc"]
    assert begun == ["a", "abc"]


def test_changes_are_told_to_everybody(jobs, qtbot):
    """Work that returns Changes has them told by the one signal."""
    with qtbot.waitSignal(jobs.changed) as heard:
        jobs.run(QObject(jobs), lambda: Changes(topics=frozenset({"partner"})))

    assert heard.args[0].topics == {"partner"}


def test_progress_is_relayed_to_the_main_thread(jobs, qtbot):
    """A callback handed to work is called where widgets live."""
    owner, seen = QObject(), []
    progress = jobs.relay(owner, lambda done, total: seen.append((done, total, threading.get_ident())))

    jobs.run(owner, lambda: progress(1, 4), heavy=True)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [(1, 4, threading.get_ident())]


def test_ending_finishes_what_was_asked_of_the_vault(jobs):
    """Shutting down waits for the drafts that are being kept, then runs the last thing on the vault thread."""
    done = []
    for number in range(5):
        jobs.run(jobs, lambda number=number: done.append(number))

    jobs.shut_down(lambda: done.append("locked"))

    assert done == [0, 1, 2, 3, 4, "locked"]


def test_five_thousand_signals_are_sound(jobs, qtbot):
    """PySide6 6.12.0 aborts on CPython 3.11 after some 570 emits; the version in use passes 5,000."""
    count = []
    jobs.changed.connect(count.append)

    for _ in range(5000):
        jobs.announce(Changes())

    assert len(count) == 5000


def test_a_wish_to_stop_is_seen_by_the_work():
    """Cancel is a callable that work below the screens can ask."""
    cancel = Cancel()
    before = cancel()

    cancel.set()

    assert (before, cancel(), cancel.is_set()) == (False, True, True)


def test_whoever_asked_ends_on_the_main_thread(jobs, qapp):
    """A window that was closed while its work ran is ended where windows may end, however the threads take turns."""
    ended = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for number in range(1000):
            owner = QObject()
            weakref.finalize(owner, lambda: ended.append(threading.current_thread()))
            jobs.run(owner, object, lambda _result: None)
            del owner
            while len(ended) <= number:
                qapp.processEvents()
    finally:
        sys.setswitchinterval(before)

    assert set(ended) == {threading.main_thread()}
