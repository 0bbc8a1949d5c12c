# SPDX-License-Identifier: Apache-2.0
"""A disk that fails at the n-th call: with an error of the system's, or by taking less than it was given."""

from __future__ import annotations

import errno
import os

from testimony_app.vault.disk import Disk, refusals

SHORT = "short"
FAULTS = (SHORT, errno.EIO, errno.ENOSPC, errno.EFBIG)


class FailingDisk(Disk):
    """Counts every call that changes the disk; the n-th fails, and with `for_good` every one after it too."""

    def __init__(self, fail_at=0, fault=errno.EIO, *, for_good=False):
        """Fail at this call, counted from 1; at 0 never."""
        self.calls = 0
        self._fail_at = fail_at
        self._fault = fault
        self._for_good = for_good

    @property
    def has_failed(self):
        """Tell whether the fault was met."""
        return 0 < self._fail_at <= self.calls

    def repair(self):
        """Let everything work from now on."""
        self._fail_at = 0

    def _is_due(self):
        self.calls += 1
        return self._fail_at and (self.calls == self._fail_at or (self._for_good and self.calls > self._fail_at))

    def _meet(self):
        if self._is_due() and self._fault != SHORT:
            with refusals():
                raise OSError(self._fault, os.strerror(self._fault))

    def open_new(self, path):
        self._meet()
        return super().open_new(path)

    def write_some(self, descriptor, data):
        if not self._is_due():
            return super().write_some(descriptor, data)
        if self._fault == SHORT:
            return super().write_some(descriptor, data[: max(1, len(data) // 2)])
        # A disk that is full has often taken a part already.
        os.write(descriptor, data[: len(data) // 3])
        raise OSError(self._fault, os.strerror(self._fault))

    def sync(self, descriptor):
        self._meet()
        super().sync(descriptor)

    def sync_folder(self, folder):
        self._meet()
        super().sync_folder(folder)

    def rename(self, old, new):
        self._meet()
        super().rename(old, new)

    def unlink(self, path):
        self._meet()
        super().unlink(path)

    def make_folder(self, folder):
        self._meet()
        super().make_folder(folder)
