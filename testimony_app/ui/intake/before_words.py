# SPDX-License-Identifier: Apache-2.0
"""How things stand before a recording, in plain words: what is well in one line, each concern in its own."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, digits
from testimony_app.i18n.measures import durations
from testimony_app.ui import wording
from testimony_app.ui.intake.values import Standing

KINDS = ("testimony", "slate", "room_tone", "consent_statement")


def standing_line(standing: Standing) -> str:
    """Return room, battery and sound in one line: Room for 12 h · battery 80 % · 48 kHz 24-bit."""
    parts = [_("Room for {length}").format(length=durations(standing.room_seconds))]
    if standing.battery_percent is not None:
        percent = digits(_("battery {percent} %").format(percent=standing.battery_percent))
        parts.append(_("plugged in") if standing.is_plugged_in else percent)
    if standing.rate:
        kilohertz = f"{standing.rate / 1000:g}"
        parts.append(auto(digits(_("{rate} kHz {bits}-bit").format(rate=kilohertz, bits=standing.bits))))
    return wording.DOT.join(parts)


def concern_words(concern: str, standing: Standing) -> str:
    """Return the sentence for a word of the closed list of concerns."""
    words = {
        "no-microphone": _("No microphone is there. Plug one in, or write instead."),
        "not-a-microphone": _("This is no microphone: it hands on other sound of this computer."),
        "very-little-room": _("There is room for {length} only. Make room on the disk first.").format(
            length=durations(standing.room_seconds)
        ),
        "little-room": _("There is room for less than two hours."),
        "battery-low": _("The battery is low. Plug the computer in."),
        "clock-wrong": _("The computer’s clock cannot be right. Set it before you record."),
        "bluetooth": _("Wireless microphones lose words. One with a cable is better."),
        "less-sound": _("This microphone gives less than archives ask for. It can still be used."),
    }
    return words.get(concern, "")


def kind_words(kind: str) -> str:
    """Return what is recorded, in words."""
    words = {
        "testimony": _("The testimony"),
        "slate": _("The beginning: code, day, language, who is here"),
        "room_tone": _("Half a minute of the quiet room"),
        "consent_statement": _("The spoken consent"),
    }
    return words.get(kind, "")


def take_words(kind: str, number: int) -> str:
    """Return what a take is called in a list."""
    words = {
        "slate": _("Beginning {number}"),
        "room_tone": _("Quiet room {number}"),
        "consent_statement": _("Spoken consent {number}"),
    }
    return digits(words.get(kind, _("Take {number}")).format(number=number))
