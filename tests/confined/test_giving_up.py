# SPDX-License-Identifier: Apache-2.0
"""What a confined process can't do any more, tried in one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TRIES = """
import json, os, sys
from pathlib import Path
from testimony_app.confined.giving_up import Bounds, give_up

def tried(act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"

given = give_up(Path(sys.argv[1]) if sys.argv[1] else None, Bounds(1 << 30, 60, 64, 1 << 20, 60.0))
other = Path(sys.argv[2])
import _socket
result = {
    "given": given,
    "write": tried(lambda: (other / "note.txt").write_text("x")),
    "socket": tried(lambda: _socket.socket()),
    "run": tried(lambda: os.execv("/bin/true", ["true"])),
    "memory": tried(lambda: bytearray(4 << 30)),
}
if sys.argv[1]:
    result["inside"] = tried(lambda: (Path(sys.argv[1]) / "blob").write_bytes(b"x"))
print(json.dumps(result))
"""


def tried(writable, other):
    """Return what became of each try in a process that gave up what it can."""
    command = [sys.executable, "-c", TRIES, str(writable) if writable else "", str(other)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_a_reader_can_neither_write_nor_call_out_nor_grow(tmp_path):
    """With no folder of its own, it writes nowhere; sockets, programs and much memory are refused."""
    found = tried(None, tmp_path)
    if not {"landlock", "system-calls"} <= set(found["given"]):
        pytest.skip(f"this kernel offers only {found['given']}")

    assert found["write"] == "PermissionError"
    assert found["socket"] == "PermissionError"
    assert found["run"] == "PermissionError"
    assert found["memory"] == "MemoryError"
    assert not list(tmp_path.iterdir())


def test_a_writer_writes_in_its_own_folder_only(tmp_path):
    """The one folder it was given stays open to it, the one beside it does not."""
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()

    found = tried(own, other)

    if "landlock" not in found["given"]:
        pytest.skip("this kernel has no Landlock")
    assert (found["inside"], found["write"]) == ("done", "PermissionError")
