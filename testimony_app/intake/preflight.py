# SPDX-License-Identifier: Apache-2.0
"""Before recording: whether there is room, power, a real microphone, and a clock that can be right.

Nothing here forbids to record. Each finding is a word from a closed list with its figures; the interface says it
in a sentence, and the interviewer decides.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from testimony_app.audio.errors import FormatRefused, NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Device, Microphone
from testimony_app.clock import Clock
from testimony_app.intake.room import LOW_SECONDS, VERY_LOW_SECONDS, seconds_of_room
from testimony_app.machine import Battery, Power, free_bytes

_EARLIEST_YEAR, _LATEST_YEAR = 2026, 2100
_LOW_PERCENT = 30


class Concern(StrEnum):
    """What the interviewer should know before recording: the closed list, the gravest first."""

    NO_MICROPHONE = "no-microphone"
    NOT_A_MICROPHONE = "not-a-microphone"
    VERY_LITTLE_ROOM = "very-little-room"
    LITTLE_ROOM = "little-room"
    BATTERY_LOW = "battery-low"
    CLOCK_WRONG = "clock-wrong"
    BLUETOOTH = "bluetooth"
    LESS_SOUND = "less-sound"
    """The microphone gives fewer samples or bits than an archive asks for."""


class Preflight(msgspec.Struct, frozen=True):
    """How things stand before the first sample."""

    device: Device | None
    sound: SoundFormat | None
    """What the microphone really gives."""
    room_seconds: float
    battery: Battery | None
    now: str
    concerns: tuple[Concern, ...]


def look(  # noqa: PLR0913 - each is a port of its own, given by name
    folder: Path,
    *,
    microphone: Microphone,
    power: Power,
    clock: Clock,
    device: str = "",
    wanted: SoundFormat | None = None,
    last_known: str = "",
) -> Preflight:
    """Return how things stand for recording into a folder; `last_known` is a moment that has certainly passed."""
    wanted = wanted or SoundFormat()
    found, sound = _microphone(microphone, device, wanted)
    room = seconds_of_room(free_bytes(folder), sound or wanted)
    battery, now = power.battery(), clock.now()
    concerns = {
        Concern.NO_MICROPHONE: sound is None,
        Concern.NOT_A_MICROPHONE: found is not None and found.is_virtual,
        Concern.VERY_LITTLE_ROOM: room < VERY_LOW_SECONDS,
        Concern.LITTLE_ROOM: VERY_LOW_SECONDS <= room < LOW_SECONDS,
        Concern.BATTERY_LOW: battery is not None and not battery.is_plugged_in and battery.percent < _LOW_PERCENT,
        Concern.CLOCK_WRONG: not is_plausible(now, last_known),
        Concern.BLUETOOTH: found is not None and found.is_bluetooth,
        Concern.LESS_SOUND: sound is not None and (sound.rate < wanted.rate or sound.bits < wanted.bits),
    }
    return Preflight(
        device=found,
        sound=sound,
        room_seconds=room,
        battery=battery,
        now=now.isoformat(timespec="seconds"),
        concerns=tuple(concern for concern, is_so in concerns.items() if is_so),
    )


def is_plausible(now: datetime, last_known: str = "") -> bool:
    """Tell whether a clock can be right: after this program was written, and after what is in the log."""
    if not _EARLIEST_YEAR <= now.year < _LATEST_YEAR:
        return False
    try:
        return not last_known or now >= datetime.fromisoformat(last_known)
    except (ValueError, TypeError):
        return True


def _microphone(microphone: Microphone, wanted: str, sound: SoundFormat) -> tuple[Device | None, SoundFormat | None]:
    devices = microphone.devices()
    found = next((one for one in devices if wanted in {one.id, one.name} or (not wanted and one.is_default)), None)
    try:
        return found, microphone.probe(wanted, sound)
    except (NoMicrophone, FormatRefused):
        return found, None
