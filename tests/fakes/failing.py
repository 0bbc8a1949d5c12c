# SPDX-License-Identifier: Apache-2.0
"""What fails at the n-th call that changes something: put before a disk or a medium, it counts their calls."""

from __future__ import annotations

import errno
import os

SHORT = "short"
FAULTS = (SHORT, errno.EIO, errno.ENOSPC, errno.EFBIG)


class FailsAtTheNth:
    """Counts every call that changes something, and fails at the n-th; at 0 never."""

    def __init__(self, fail_at=0, fault=SHORT):
        """Fail at this call, counted from 1."""
        self.calls = 0
        self.fail_at = fail_at
        self.fault = fault

    @property
    def has_failed(self):
        """Tell whether the fault was met."""
        return 0 < self.fail_at <= self.calls

    def _is_due(self):
        self.calls += 1
        return self.calls == self.fail_at

    def _meet(self):
        if self._is_due() and self.fault != SHORT:
            self._fail()

    def _fail(self):
        raise OSError(self.fault, os.strerror(self.fault))

    def open_new(self, path):
        """Count, then make the file."""
        self._meet()
        return super().open_new(path)

    def write_some(self, target, data):
        """Count; when due, take a part and fail, or take a part only."""
        if not self._is_due():
            return super().write_some(target, data)
        if self.fault == SHORT:
            return super().write_some(target, data[: max(1, len(data) // 2)])
        # A disk that is full has often taken a part already.
        super().write_some(target, data[: len(data) // 3])
        raise OSError(self.fault, os.strerror(self.fault))

    def sync(self, descriptor):
        """Count, then sync."""
        self._meet()
        super().sync(descriptor)

    def sync_folder(self, folder):
        """Count, then sync."""
        self._meet()
        super().sync_folder(folder)

    def rename(self, old, new):
        """Count, then rename."""
        self._meet()
        super().rename(old, new)

    def unlink(self, path):
        """Count, then remove."""
        self._meet()
        super().unlink(path)

    def make_folder(self, folder):
        """Count, then make it."""
        self._meet()
        super().make_folder(folder)
