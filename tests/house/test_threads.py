# SPDX-License-Identifier: Apache-2.0
"""Each thread and each child process has one owner: the only file that starts it."""

from __future__ import annotations

from tests.house.source import calls, imports, inside, program

OWNERS = {
    "testimony_app/ui/jobs.py",  # the vault's one worker and the bench
    "testimony_app/devices/microphone.py",  # capture
    "testimony_app/devices/practice_microphone.py",  # the voice that practice hears instead of a microphone
    "testimony_app/intake/recorder.py",  # the writer
    "testimony_app/crypto/digest.py",  # hashes beside the work; touches no file, key or database (docs/decisions)
}
THREADS = {"Thread", "QThread", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThreadPool", "QRunnable", "Timer"}
PARENTS = {
    "testimony_app/confined/child.py",  # foreign bytes are read in a child with limits
    "testimony_app/devices/awake.py",  # the system's own program that keeps it awake
    "testimony_app/devices/power.py",  # the system's own program that knows the battery
}


def test_threads_are_started_by_their_owners_only():
    """Only these few files start a thread."""
    found = {inside(file) for file in program() for name, _line in calls(file) if name in THREADS}

    assert found <= OWNERS


def test_child_processes_are_started_by_their_owners_only():
    """Only what reads foreign bytes, or asks the system, starts a child process."""
    found = {
        inside(file)
        for file in program()
        for name, _line in imports(file)
        if name.split(".")[0] in {"subprocess", "multiprocessing"}
    }

    assert found <= PARENTS
