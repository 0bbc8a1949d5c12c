# SPDX-License-Identifier: Apache-2.0
"""Sticks that come and go, as a list that a test makes up."""

from __future__ import annotations

from pathlib import Path

from testimony_app.devices.drives import Drive, Drives, removable_drives

STICK = Drive(Path("/media/k/STICK"), "STICK", 10**9, 2 * 10**9, "vfat")


def test_a_stick_that_comes_and_goes_is_told_once_each():
    """A change is told with the sticks as they are now; no change is not told."""
    there, told = [], []
    drives = Drives(list_drives=lambda: tuple(there))
    drives.changed.connect(told.append)

    drives.look()
    there.append(STICK)
    drives.look()
    drives.look()
    there.clear()
    drives.look()

    assert told == [(STICK,), ()]
    assert drives.drives == ()


def test_looking_begins_at_once_and_goes_on(qtbot):
    """After `start` the sticks are known at once and looked at again by a timer."""
    calls = []
    drives = Drives(list_drives=lambda: calls.append(1) or (STICK,))
    drives._timer.setInterval(20)

    drives.start()

    assert drives.drives == (STICK,)
    qtbot.waitUntil(lambda: len(calls) > 3)
    drives.stop()


def test_a_fat_stick_holds_small_files_only():
    """Sticks as they are sold take no file above 4 GiB, and we know it."""
    assert STICK.has_small_files_only
    assert not Drive(Path("/x"), "", 0, 0, "exfat").has_small_files_only


def test_this_computer_can_be_asked():
    """Listing the sticks of this computer works, and never names its own disk."""
    assert all(drive.path != Path("/") for drive in removable_drives())
