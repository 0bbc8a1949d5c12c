# SPDX-License-Identifier: Apache-2.0
"""A disk that fails at the n-th call: with an error of the system's, or by taking less than it was given."""

from __future__ import annotations

import errno
import os

from testimony_app.vault.disk import Disk, refusals

SHORT = "short"
FAULTS = (SHORT, errno.EIO, errno.ENOSPC, errno.EFBIG)


class FailingDisk(Disk):
    """Counts, from `start` on, every call that changes the disk, and fails at the n-th."""

    def __init__(self, fail_at=0, fault=errno.EIO):
        """Fail at this call, counted from 1; at 0 never."""
        self.calls = 0
        self.fault = fault
        self.fail_at = fail_at
        self._is_counting = False

    @property
    def has_failed(self):
        """Tell whether the fault was met."""
        return 0 < self.fail_at <= self.calls

    def start(self):
        """Begin to count."""
        self.calls = 0
        self._is_counting = True

    def repair(self):
        """Let everything work from now on."""
        self._is_counting = False

    def _is_due(self):
        self.calls += self._is_counting
        return self._is_counting and self.calls == self.fail_at

    def _meet(self):
        if self._is_due() and self.fault != SHORT:
            with refusals():
                raise OSError(self.fault, os.strerror(self.fault))

    def open_new(self, path):
        """Count, then make the file."""
        self._meet()
        return super().open_new(path)

    def write_some(self, descriptor, data):
        """Count; when due, take a part and fail, or take a part only."""
        if not self._is_due():
            return super().write_some(descriptor, data)
        if self.fault == SHORT:
            return super().write_some(descriptor, data[: max(1, len(data) // 2)])
        # A disk that is full has often taken a part already.
        os.write(descriptor, data[: len(data) // 3])
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
