# SPDX-License-Identifier: Apache-2.0
"""The folder in which somebody practises: two vaults, a stick that is a folder, settings of its own.

It lies among the system's temporary files under a name by which it is known again, is held by a lock of the system
as long as somebody practises, and is destroyed on leaving. What a crash left behind is destroyed at the next start:
whoever can take its lock knows that nobody is there. Nothing outside such a folder is ever touched.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from testimony_app.errors import GovahError
from testimony_app.model.partner import Role
from testimony_app.vault.lockfile import NAME as LOCK
from testimony_app.vault.lockfile import Lock

PREFIX = "govah-practice-"
PASSPHRASE = "123456"  # noqa: S105 - it stands on every screen of practice
"""Digits, because every keyboard of every language has them."""
_READY = "READY"


class Ground:
    """A practice folder that is held by this process."""

    def __init__(self, folder: Path, lock: Lock) -> None:
        """Hold a folder; use `make` or `take`."""
        self.folder, self._lock = folder, lock

    @classmethod
    def make(cls, parent: Path | None = None) -> Self:
        """Return a new, empty practice folder."""
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent or temporary()))
        ground = cls(folder, Lock(folder))
        ground.stick.mkdir()
        return ground

    @classmethod
    def take(cls, folder: Path, parent: Path | None = None) -> Self | None:
        """Return the practice folder that a process before this one was in, or None when it is none or is gone."""
        if not is_ground(folder, parent):
            return None
        try:
            return cls(folder, Lock(folder))
        except (GovahError, OSError):
            return None

    @property
    def stick(self) -> Path:
        """The folder that stands for a stick."""
        return self.folder / "stick"

    @property
    def settings_file(self) -> Path:
        """Settings that end with practice, so that those of the person who practises stay as they are."""
        return self.folder / "settings.json"

    def vault(self, role: Role) -> Path:
        """Return the folder of the interviewer's or the archive's practice vault."""
        return self.folder / role.value

    def holds(self, folder: Path) -> bool:
        """Tell whether a folder is one of the practice vaults here."""
        return folder in {self.vault(role) for role in Role}

    @property
    def is_ready(self) -> bool:
        """Whether the invented material is all there."""
        return (self.folder / _READY).exists()

    def mark_ready(self) -> None:
        """Write down that the invented material is all there."""
        (self.folder / _READY).touch()

    def clear(self) -> None:
        """Remove what a filling that was broken off has left."""
        for part in (*(self.vault(role) for role in Role), self.stick):
            shutil.rmtree(part, ignore_errors=True)
        self.stick.mkdir()

    def let_go(self) -> None:
        """Give the lock back, for the process that comes after this one."""
        self._lock.release()

    def destroy(self) -> None:
        """Remove everything; what can't be removed now goes at the next start. May be called again."""
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def temporary() -> Path:
    """Return the folder of the system's temporary files."""
    return Path(tempfile.gettempdir())


def is_ground(folder: Path, parent: Path | None = None) -> bool:
    """Tell whether a folder is a practice folder of ours: by its place, its name, its owner and its lock."""
    if folder.parent != (parent or temporary()) or not folder.name.startswith(PREFIX):
        return False
    try:
        known = folder.lstat()
    except OSError:
        return False
    is_own = not hasattr(os, "getuid") or known.st_uid == os.getuid()
    return stat.S_ISDIR(known.st_mode) and is_own and (folder / LOCK).is_file()


def sweep(parent: Path | None = None) -> int:
    """Destroy every practice folder that nobody is in; return how many there were."""
    count = 0
    with suppress(OSError):
        for folder in sorted((parent or temporary()).glob(f"{PREFIX}*")):
            left = Ground.take(folder, parent)
            if left is not None:
                left.destroy()
                count += 1
    return count
