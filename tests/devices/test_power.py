# SPDX-License-Identifier: Apache-2.0
"""The battery is read where the system shows it, and the computer is kept awake by the system's own means."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from testimony_app.devices import power
from testimony_app.devices.awake import SystemAwake
from testimony_app.devices.power import SystemPower
from testimony_app.machine import Battery

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /sys")


def a_supply(folder, name, **facts):
    (folder / name).mkdir()
    for fact, value in facts.items():
        (folder / name / fact).write_text(f"{value}\n")


@linux_only
def test_a_laptop_on_its_battery(tmp_path):
    """Without mains, the percentage is the battery's."""
    a_supply(tmp_path, "AC", type="Mains", online=0)
    a_supply(tmp_path, "BAT0", type="Battery", capacity=42, status="Discharging")
    a_supply(tmp_path, "hid-mouse", type="Battery", capacity=99, scope="Device")

    assert SystemPower(tmp_path).battery() == Battery(42, is_plugged_in=False)


@linux_only
def test_a_laptop_on_the_mains(tmp_path):
    """Plugged in, it says so."""
    a_supply(tmp_path, "AC", type="Mains", online=1)
    a_supply(tmp_path, "BAT0", type="Battery", capacity=7, status="Charging")

    assert SystemPower(tmp_path).battery() == Battery(7, is_plugged_in=True)


@linux_only
def test_a_computer_without_a_battery(tmp_path):
    """No battery is no battery, not an empty one."""
    a_supply(tmp_path, "AC", type="Mains", online=1)

    assert SystemPower(tmp_path).battery() is None
    assert SystemPower(tmp_path / "nowhere").battery() is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Now drawing from 'Battery Power'\n -InternalBattery-0\t57%; discharging", Battery(57, is_plugged_in=False)),
        ("Now drawing from 'AC Power'\n -InternalBattery-0\t100%; charged", Battery(100, is_plugged_in=True)),
        ("Now drawing from 'AC Power'\n", None),
    ],
)
def test_what_macos_says(said, expected):
    """The words of `pmset -g batt` are understood."""
    assert power._from_pmset(said) == expected


@pytest.fixture
def inhibitor(tmp_path, monkeypatch):
    """Put a stand-in for the system's program in the path: it runs what it is given, as the real one does."""
    if sys.platform != "linux":
        pytest.skip("systemd-inhibit is Linux's")
    program = tmp_path / "bin" / "systemd-inhibit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\necho $$ > {tmp_path}/pid\nexec cat\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return tmp_path


def is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_computer_is_kept_awake_until_released(inhibitor):
    """Sleep, idling and the lid are held off, in words that betray nothing, and given back at the end."""
    awake = SystemAwake()

    assert awake.hold() and awake.hold() and awake.is_held
    asked = (inhibitor / "asked").read_text()
    number = int((inhibitor / "pid").read_text())
    awake.release()
    awake.release()

    assert "sleep:idle:handle-lid-switch" in asked
    assert "govah" not in asked.lower() and "record" not in asked.lower()
    assert not awake.is_held and not is_alive(number)


def test_a_killed_program_lets_the_computer_sleep(inhibitor):
    """The inhibitor ends when we are killed: nobody's laptop stays awake in a bag."""
    code = "import os, signal\nfrom testimony_app.devices.awake import SystemAwake\nSystemAwake().hold()\n"
    subprocess.run([sys.executable, "-c", code + "os.kill(os.getpid(), signal.SIGKILL)"], check=False, timeout=60)
    number = int((inhibitor / "pid").read_text())

    end = time.monotonic() + 5
    while is_alive(number) and time.monotonic() < end:
        time.sleep(0.05)

    # An orphan that has ended may wait for its new parent to notice; what counts is that it runs no more.
    status = f"/proc/{number}/status"
    assert not is_alive(number) or "State:\tZ" in open(status, encoding="utf-8").read()  # noqa: PTH123, SIM115


def test_a_system_that_cannot_is_said_to_be_one(monkeypatch, tmp_path):
    """Without such a program nothing is held, and nobody is told otherwise."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert sys.platform != "linux" or not SystemAwake().hold()
