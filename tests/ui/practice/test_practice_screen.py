# SPDX-License-Identifier: Apache-2.0
"""The first screen of practice: prepares once, opens the chosen role, and offers the choice again after trouble."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from testimony_app.model.partner import Role
from testimony_app.ui.practice.screen import PracticeScreen
from testimony_app.vault.errors import DiskFull
from tests.fakes.jobs import JobsAtOnce


class Rehearsal:
    """Practice vaults that are only counted."""

    passphrase = "123456"

    def __init__(self, trouble=None):
        self.done, self._trouble = [], trouble

    def prepare(self, progress):
        progress(1, 2)
        if self._trouble is not None:
            raise self._trouble
        self.done.append("prepared")

    def open(self, role):
        self.done.append(role)
        return role


def pressed(qtbot, rehearsal, name):
    """Return the screen after somebody chose a role, what it opened, and what it told."""
    screen = PracticeScreen(JobsAtOnce(), rehearsal)
    qtbot.addWidget(screen)
    opened, told = [], []
    screen.entered.connect(opened.append)
    screen.noticed.connect(told.append)
    screen.findChild(QAbstractButton, name).click()
    return screen, opened, told


def test_it_prepares_and_opens_the_chosen_role(qtbot):
    """As the archive: first everything is made, then the archive's vault opens."""
    rehearsal = Rehearsal()

    _screen, opened, told = pressed(qtbot, rehearsal, "practice_archive")

    assert rehearsal.done == ["prepared", Role.ARCHIVE]
    assert opened == [Role.ARCHIVE]
    assert told == []


def test_after_trouble_the_choice_is_there_again(qtbot):
    """A full disk is said, and both roles can be chosen again."""
    screen, opened, told = pressed(qtbot, Rehearsal(DiskFull()), "practice_collect")

    assert opened == []
    assert [banner.text for banner in told] == ["The disk is full."]
    assert screen.findChild(QAbstractButton, "practice_collect").isEnabled()
    assert screen.may_leave()
