# SPDX-License-Identifier: Apache-2.0
"""Before recording: room, power, a real microphone, a clock that can be right."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Device
from testimony_app.intake import preflight, room
from testimony_app.intake.preflight import Concern
from testimony_app.machine import Battery, Unheld, free_bytes
from tests.fakes.microphone import FakeMicrophone


class FakePower:
    """A computer whose battery a test fills."""

    def __init__(self, battery=None):
        self._battery = battery

    def battery(self):
        """Return what the test said."""
        return self._battery


def looked(tmp_path, clock, **facts):
    facts = {"microphone": FakeMicrophone(), "power": FakePower(), **facts}
    return preflight.look(tmp_path, clock=clock, **facts)


def test_all_is_well(tmp_path, clock):
    """A real microphone, room and a clock: what it gives is said, and no concern."""
    found = looked(tmp_path, clock)

    assert found.sound == SoundFormat(48_000, 1, 24)
    assert found.device.name == "Table microphone"
    assert found.room_seconds > 0
    assert set(found.concerns) <= {Concern.LITTLE_ROOM, Concern.VERY_LITTLE_ROOM}


def test_no_microphone_is_a_concern(tmp_path, clock):
    """Where the chosen microphone is missing, this comes first."""
    found = looked(tmp_path, clock, device="studio")

    assert found.concerns[0] is Concern.NO_MICROPHONE
    assert found.sound is None


@pytest.mark.parametrize(
    ("device", "concern"),
    [
        (Device("m", "Monitor of speakers", is_default=True, is_virtual=True), Concern.NOT_A_MICROPHONE),
        (Device("b", "Headset", is_default=True, is_bluetooth=True), Concern.BLUETOOTH),
    ],
)
def test_what_is_no_good_microphone_is_flagged(tmp_path, clock, device, concern):
    """A program that hands on other sound, or a radio link, is said to be one."""
    assert concern in looked(tmp_path, clock, microphone=FakeMicrophone(device)).concerns


def test_what_it_really_gives_is_told(tmp_path, clock):
    """A microphone that gives less than was asked is told with what it gives."""
    sound = SoundFormat(16_000, 1, 16)

    found = looked(tmp_path, clock, microphone=FakeMicrophone(sound=sound))

    assert found.sound == sound
    assert Concern.LESS_SOUND in found.concerns


@pytest.mark.parametrize(
    ("battery", "is_low"),
    [(None, False), (Battery(80, is_plugged_in=False), False), (Battery(29, is_plugged_in=False), True),
     (Battery(5, is_plugged_in=True), False)],
)  # fmt: skip
def test_a_low_battery_is_said(tmp_path, clock, battery, is_low):
    """Below thirty per cent without the mains, and only then."""
    assert (Concern.BATTERY_LOW in looked(tmp_path, clock, power=FakePower(battery)).concerns) is is_low


@pytest.mark.parametrize(
    ("now", "last", "is_plausible"),
    [
        ("2026-11-22T10:00:00", "", True),
        ("1970-01-01T00:00:00", "", False),
        ("2199-01-01T00:00:00", "", False),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:01+00:00", False),
        ("2026-11-22T10:00:00", "2026-11-22T09:59:00+00:00", True),
        ("2026-11-22T10:00:00", "not a time", True),
    ],
)
def test_a_clock_that_cannot_be_right(now, last, is_plausible):
    """Before this program existed, or before what the log already holds, a clock is wrong."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert preflight.is_plausible(moment, last) is is_plausible


@pytest.mark.parametrize(
    ("hours", "concern"), [(1.9, Concern.LITTLE_ROOM), (0.4, Concern.VERY_LITTLE_ROOM), (3.0, None)]
)
def test_little_room_is_said_in_time(tmp_path, clock, monkeypatch, hours, concern):
    """Below two hours, and below half an hour."""
    room_bytes = int(hours * 3600 * 144_000 * 1.7) + room.RESERVE_BYTES
    monkeypatch.setattr(preflight, "free_bytes", lambda _folder: room_bytes)

    found = looked(tmp_path, clock)

    assert found.room_seconds == pytest.approx(hours * 3600, rel=0.01)
    assert [one for one in found.concerns if "room" in one] == ([concern] if concern else [])


def test_room_can_be_asked_of_any_folder(tmp_path):
    """A folder that is there has room; one that is not has none."""
    assert free_bytes(tmp_path) > 0
    assert free_bytes(tmp_path / "nowhere") == 0
    assert Unheld().hold() is False
