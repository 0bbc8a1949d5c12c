# SPDX-License-Identifier: Apache-2.0
"""Choices that are no secret and live outside the vault: language, text size, last vault opened.

A settings file that is missing, broken or from a newer version never stops the program: it opens with what can be
read, else with the defaults. Nothing of a testimony, a witness or a passphrase is ever kept here.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

_LARGEST = 64 * 1024  # a settings file is under a kilobyte; anything larger is not ours


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose at this computer."""

    language: str = "en"
    text_size: int = 100  # percent: 100 to 200
    theme: str = "system"  # system, light or dark
    last_vault: str = ""
    auto_lock_minutes: int = 5
    microphone: str = ""  # the device's own id; empty is the system's choice
    calendar: str = ""  # empty follows the language
    reduce_motion: bool = False
    command_keys: dict[str, str] = {}  # which key each single-key command was put on, where not the usual one
    kiosk_vault: str = ""  # the vault or drop box behind self-recording: the next start comes back to it
    kiosk_testimony: str = ""  # which one is under way there, so that nobody else's is ever shown


def load(path: Path) -> Settings:
    """Return the settings kept in a file; what can't be read falls back to its default."""
    try:
        with path.open("rb") as file:
            kept = msgspec.json.decode(file.read(_LARGEST), type=dict[str, object])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Settings()
    return _within_bounds(_known_and_sound(kept))


def save(path: Path, settings: Settings) -> None:
    """Write the settings; after a power cut either the old file or the new one is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(settings), indent=2))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _known_and_sound(kept: dict[str, object]) -> Settings:
    """Take each field by itself, so that one bad value costs one choice and not all of them."""
    sound: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in kept:
            try:
                sound[field.name] = msgspec.convert(kept[field.name], type=field.type)
            except msgspec.ValidationError:
                continue
    return msgspec.convert(sound, type=Settings)


def _within_bounds(settings: Settings) -> Settings:
    """Bring numbers that would make the program unusable back to where it can be used."""
    return msgspec.structs.replace(
        settings,
        text_size=min(max(settings.text_size, 100), 200),
        auto_lock_minutes=min(max(settings.auto_lock_minutes, 1), 120),
        theme=settings.theme if settings.theme in {"system", "light", "dark"} else "system",
    )
