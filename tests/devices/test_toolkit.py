# SPDX-License-Identifier: Apache-2.0
"""What we need of Qt that one of its releases did not keep."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

from testimony_app.devices.permissions import ask_to_listen, may_listen


class Bell(QObject):
    """Something that can be rung."""

    rung = Signal(int)


def test_five_thousand_signals_in_a_row():
    """PySide6 6.12.0 on Python 3.11 ends the interpreter after some 570 of them; the one we use must not."""
    heard, bell = [], Bell()
    bell.rung.connect(heard.append)

    for number in range(5000):
        bell.rung.emit(number)

    assert heard == list(range(5000))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask the person")
def test_systems_that_do_not_ask_say_yes(qapp):
    """Where the system asks nobody for the microphone, we may listen, and are told so at once."""
    answers = []

    ask_to_listen(qapp, answers.append)

    assert may_listen()
    assert answers == [True]
