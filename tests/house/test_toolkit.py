# SPDX-License-Identifier: Apache-2.0
"""What the toolkit must be able to bear: a release of PySide6 that aborts is noticed here and not in the field."""

from __future__ import annotations

import subprocess
import sys

EMITS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Bell(QObject):
    rung = Signal(int)
application = QCoreApplication([])
heard = []
bell = Bell()
bell.rung.connect(heard.append)
for number in range(5000):
    bell.rung.emit(number)
assert heard == list(range(5000))
"""


def test_five_thousand_signals_do_not_abort():
    """PySide6 6.12.0 on Python 3.11 aborts after some 570 emitted signals; the release in use bears 5,000."""
    done = subprocess.run([sys.executable, "-c", EMITS], capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr
