# SPDX-License-Identifier: Apache-2.0
"""A disk that fails at the n-th call: with an error of the system's, or by taking less than it was given."""

from __future__ import annotations

import errno

from testimony_app.vault.disk import Disk, refusals
from tests.fakes.failing import FAULTS, SHORT, FailsAtTheNth

__all__ = ["FAULTS", "SHORT", "FailingDisk"]


class FailingDisk(FailsAtTheNth, Disk):
    """Counts, from `start` on, every call that changes the disk, and fails at the n-th."""

    def __init__(self, fail_at=0, fault=errno.EIO):
        """Fail at this call, counted from 1; at 0 never."""
        super().__init__(fail_at, fault)
        self._is_counting = False

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

    def _fail(self):
        with refusals():
            super()._fail()
