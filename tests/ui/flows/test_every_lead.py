# SPDX-License-Identifier: Apache-2.0
"""Where one screen leads there is a screen: each name is known, and each is made of the services it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

import testimony_app
from testimony_app.flows import Flows
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role

LEADS = re.compile(r'(?:go\.emit|Lead)\(\s*"(\w+)"')
ELSEWHERE = {"first_start", "unlock", "recover", "restore", "hand_over"}
"""Screens that are there before a vault is open, or when the laptop is handed over."""
FOR_BOTH = ("home", "add_card", "backup", "check", "drop_box", "duress", "keys", "settings")
FOR_ONE = {Role.ARCHIVE: ("held", "import", "keepers"), Role.COLLECTOR: ("border", "export", "aftercare")}


class Drives(QObject):
    """No sticks at all."""

    changed = Signal(object)
    drives = ()


def flows(house, application, workspace):
    """Return the flows over a vault, as the desktop puts them together."""
    return Flows(
        workspace=workspace,
        recording=RecordingSession(workspace.vault, house.microphone, house.clock),
        jobs=house.jobs,
        application=application,
        drives=Drives(),
        microphone=house.microphone,
        speaker=house.speaker,
        clock=house.clock,
        tries_passphrase=workspace.try_passphrase,
        lock=lambda: house.sticks.changed.emit(None),
    )


def test_every_name_leads_to_a_screen(house, application):
    """No button leads nowhere."""
    folder = Path(testimony_app.__file__).parent / "ui"
    named = {name for path in folder.rglob("*.py") for name in LEADS.findall(path.read_text(encoding="utf-8"))}

    known = set(flows(house, application, house.collector).factories())

    assert "keepers" in named
    assert named - known - ELSEWHERE == set()


@pytest.mark.parametrize("role", list(Role))
def test_every_screen_of_a_vault_opens(house, application, role):
    """Each is made, shown and filled without a word of complaint; home alone says what is still to be done."""
    workspace = house.archive if role is Role.ARCHIVE else house.collector
    made = flows(house, application, workspace).factories()
    complaints = []

    for name in (*FOR_BOTH, *FOR_ONE[role]):
        screen = made[name](None)
        screen.noticed.connect(lambda notice, name=name: complaints.append((name, notice.text)))
        house.shown(screen)
        house.rest()

    assert [one for one in complaints if one[0] != "home"] == []


def test_closing_an_identity_with_a_lock_ends_the_process(house, application, qtbot):
    """The screen's wish reaches whoever ends the process that holds the keys."""
    screen = flows(house, application, house.archive).factories()["identity"]("none")
    qtbot.addWidget(screen)

    with qtbot.waitSignal(house.sticks.changed, timeout=5000):
        screen.lock_wanted.emit()
