# SPDX-License-Identifier: Apache-2.0
"""Jobs that run at once, on the thread of the test."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class JobsAtOnce(QObject):
    """Runs work where it is asked for; an exception goes to `failed`, or flies."""

    changed = Signal(object)
    failed = Signal(object)

    def run(self, owner, work, done=None, failed=None, *, heavy=False):
        """Run work and hand its result over before returning."""
        try:
            result = work()
        except Exception as error:
            if failed is None:
                raise
            failed(error)
            return
        if done is not None:
            done(result)

    def latest(self, owner, name, work, done, failed=None, *, heavy=False):
        """Run work at once: it is always the newest."""
        self.run(owner, work, done, failed)

    def relay(self, owner, callback):
        """Return the callback itself."""
        return callback
