# SPDX-License-Identifier: Apache-2.0
"""What the meter advises and what a microphone is called, in plain words."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.intake.values import DeviceChoice


def advice_words(advice: str) -> str:
    """Return the sentence for a word of the recorder's closed list."""
    words = {
        "listening": _("Listening"),
        "good": _("Level good"),
        "too-quiet": _("Too quiet: move the microphone closer"),
        "too-loud": _("Too loud: move the microphone away"),
        "clipped": _("Distorted: move the microphone away"),
        "hushed": _("Very quiet for a while"),
        "half-silent": _("One microphone is silent: check it"),
        "silent": _("No sound at all: check the microphone"),
        "gone": _("The microphone is gone"),
    }
    return words.get(advice, "")


def advice_tone(advice: str) -> str:
    """Return the tone that goes with an advice."""
    if advice in ("good", "listening", "hushed"):
        return "sealed" if advice == "good" else ""
    return "care"


def device_words(device: DeviceChoice) -> str:
    """Return a microphone's name, and whether it is the usual one or none at all."""
    name = wording.quoted(device.name)
    if device.is_virtual:
        return _("{name} (not a real microphone)").format(name=name)
    return _("{name} (usual)").format(name=name) if device.is_default else name
