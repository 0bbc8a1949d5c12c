# SPDX-License-Identifier: Apache-2.0
"""One world for all forgeries, and a way of importing a file that watches everything around it."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from testimony_app.errors import GovahError
from testimony_app.exchange.receive import inspect
from tests.hostile.forge import World

LONGEST_SECONDS = 20


@pytest.fixture(scope="session")
def world():
    """Return the people and the honest bundle that all forgeries start from."""
    return World()


@pytest.fixture
def offer(tmp_path):
    """Return what imports a file and returns the error, or None; nothing around it may change.

    The archive's folder, the stick and a neighbouring folder are photographed before and after. Whatever the file
    holds, the stick is as it was, the neighbour is untouched, the quarantine is empty, no process is left, and it
    didn't take long.
    """
    stick, vault, neighbour = (tmp_path / name for name in ("stick", "vault", "neighbour"))
    for folder in (stick, vault, neighbour):
        folder.mkdir()
    (neighbour / "precious").write_bytes(b"not to be touched")

    def give(content, desk, *, path=None):
        if path is None:
            path = stick / "K7QF2M9X.AGE"
            path.write_bytes(content)
        before = outside(tmp_path)
        children, started = living_children(), time.monotonic()
        error, warnings = None, ()
        try:
            verified = inspect(path, desk, vault / "quarantine", held=vault / "held")
            warnings = verified.warnings
            verified.forget()
        except GovahError as raised:
            error = raised
        assert time.monotonic() - started < LONGEST_SECONDS
        assert living_children() == children
        assert not any((vault / "quarantine").iterdir())
        assert outside(tmp_path) == before
        held = list((vault / "held").iterdir()) if (vault / "held").exists() else []
        assert bool(held) == (error is not None and error.code == "exchange.unknown-signer")
        return error, warnings

    return give


def outside(folder):
    """Return what there is beside the vault's own folder."""
    return {name: what for name, what in photograph(folder).items() if name.split("/")[0] != "vault"}


def photograph(folder):
    """Return every file below a folder with its digest, length and times."""
    seen = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and state.st_size < 1 << 27 else ""
        seen[str(path.relative_to(folder))] = (state.st_mode, state.st_size, state.st_mtime_ns, digest)
    return seen


def living_children():
    """Return the process ids of our children, as Linux tells them."""
    try:
        return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())
    except OSError:
        return set()
