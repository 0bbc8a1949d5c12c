# SPDX-License-Identifier: Apache-2.0
"""The process that reads foreign bundles can do next to nothing, and what it can't do is tried."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from testimony_app.confined import child
from testimony_app.exchange import reader, wire
from testimony_app.exchange.errors import ReaderStopped
from tests.exchange import people

ROOT = Path(__file__).parents[2]
TRIES = """
import json, os, socket, subprocess, sys
from pathlib import Path
from testimony_app.exchange import confine
inside, outside = Path(sys.argv[1]), Path(sys.argv[2])
given = confine.give_up(inside, 1 << 20)

def tried(work):
    try:
        work()
    except BaseException as error:
        return type(error).__name__
    return "done"

print(json.dumps({
    "given": given,
    "socket": tried(socket.socket),
    "program": tried(lambda: subprocess.run(["true"])),
    "write outside": tried(lambda: (outside / "x").write_text("x")),
    "remove outside": tried(lambda: (outside / "precious").unlink()),
    "folder outside": tried(lambda: (outside / "folder").mkdir()),
    "write inside": tried(lambda: (inside / "x").write_text("x")),
    "link inside": tried(lambda: (inside / "link").symlink_to("/etc/passwd")),
    "memory": tried(lambda: bytearray(600 << 20)),
    "another process": tried(lambda: os.kill(os.getppid(), 0)),
}))
"""


@pytest.fixture
def told(tmp_path):
    """Return what a confined process could do."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "precious").touch()
    done = subprocess.run(
        [sys.executable, "-c", TRIES, str(inside), str(outside)],
        capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="system call filters and Landlock are Linux's")
def test_nothing_but_the_quarantine_can_be_written(told):
    """No socket, no program, no file outside its folder, no gigabyte of memory."""
    if {"landlock", "system-calls"} - set(told["given"]):
        pytest.skip("this kernel offers no Landlock or no system call filter")

    assert told["socket"] == "PermissionError"
    assert told["program"] == "PermissionError"
    assert told["write outside"] == "PermissionError"
    assert told["remove outside"] == "PermissionError"
    assert told["folder outside"] == "PermissionError"
    assert told["link inside"] == "PermissionError"
    assert told["another process"] == "PermissionError"
    assert told["memory"] == "MemoryError"
    assert told["write inside"] == "done"


def a_task(**changes):
    task = wire.Task(path="/nowhere", folder="", identity=b"x", own_fingerprint="", signers=())
    return people.replaced(task, **changes)


def test_child_that_says_nothing_useful_is_stopped(monkeypatch):
    """A reading process that talks nonsense, too much, or not at all, is a refusal and is gone afterwards."""
    for says in (
        "pass",
        "print('x' * 100)",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 8)",
        "import os; os._exit(9)",
    ):
        monkeypatch.setattr(child, "_command", lambda *_names, says=says: [sys.executable, "-c", says])
        with pytest.raises(ReaderStopped), reader.ReadingProcess(a_task()) as reading:
            reading.answer()


def test_silent_child_is_ended(monkeypatch):
    """A reading process that hangs is ended after a while."""
    monkeypatch.setattr(child, "_command", lambda *_names: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(reader, "CHILD_SILENCE_SECONDS", 0.5)

    with pytest.raises(ReaderStopped), reader.ReadingProcess(a_task()) as reading:
        reading.answer()

    assert not Path(f"/proc/{reading._child.process_id}").exists()


def test_child_finds_nothing_in_its_surroundings():
    """Neither the home folder nor the session nor the search path is handed down, and no secret in the arguments."""
    environment = child._environment()

    assert set(environment) <= {
        "PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "SYSTEMROOT", "LD_LIBRARY_PATH",
    }  # fmt: skip
    assert child._command("a.module", "--word")[1:] == ["-P", "-m", "a.module"]


def test_frozen_program_starts_itself(monkeypatch):
    """From the frozen program the child is the program again, told by its first argument."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert child._command("a.module", reader.FIRST_ARGUMENT) == [sys.executable, "--receive-child"]
