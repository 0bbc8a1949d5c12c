# SPDX-License-Identifier: Apache-2.0
"""One opener at a time.

The lock belongs to the system, not to a number in a file: it ends with the process that holds it, also when
that process is killed, so a leftover LOCK file never shuts anyone out. The file itself stays and is empty.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from testimony_app.vault.disk import refusals
from testimony_app.vault.errors import VaultInUse

NAME = "LOCK"
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Lock:
    """A held lock; `release` gives it back."""

    def __init__(self, folder: Path) -> None:
        """Take the vault's lock or raise VaultInUse."""
        with refusals():
            self._descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            self._descriptor = -1
            if error.errno in _BUSY:
                raise VaultInUse from error
            with refusals():
                raise

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
