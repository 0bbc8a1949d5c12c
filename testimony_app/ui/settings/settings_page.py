# SPDX-License-Identifier: Apache-2.0
"""Language, text size, colours, calendar, lock, microphone, partners."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.audio.ports import Device
from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.i18n.languages import LANGUAGES, digits
from testimony_app.settings import Settings
from testimony_app.ui import theme
from testimony_app.ui.cards.known_cards import KnownLine
from testimony_app.ui.cards.standing_words import in_order
from testimony_app.ui.cards.values import KnownCard
from testimony_app.ui.frame.top_bar import language_words
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.settings.commands_card import CommandsCard
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label, rule

_MINUTES = (1, 2, 5, 10, 15, 30, 60)


class Lead(msgspec.Struct, frozen=True):
    """A card that leads to a screen of its own."""

    screen: str
    title: str
    help_line: str
    button: str


class SettingsPage(Column):
    """Shows the choices; tells each change as a name and a value."""

    changed = Signal(str, object)
    """The field of Settings, and its new value."""
    add_card_wanted = Signal()
    led = Signal(str)
    """The name of a screen that somebody wants to go to."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(760)
        self._make_choices()
        self._motion = Check(_("Less motion"), name="reduce_motion")
        self._motion.toggled.connect(lambda is_on: self.changed.emit("reduce_motion", is_on))
        self._partners = QVBoxLayout()
        self._partners.setSpacing(8)
        self._lay_out()
        self.show_settings(settings)

    def _make_choices(self) -> None:
        self._language = self._choice(_("Language"), "language")
        self._size = self._choice(_("Text size"), "text_size", is_number=True)
        self._theme = self._choice(_("Colours"), "theme")
        self._calendar = self._choice(_("Calendar"), "calendar")
        self._minutes = self._choice(_("Lock when nobody is there"), "auto_lock_minutes", is_number=True)
        self._microphone = self._choice(_("Microphone"), "microphone")

    def _choice(self, title: str, field: str, *, is_number: bool = False) -> Choice:
        made = Choice(title, name=field)
        made.chosen.connect(lambda value: self.changed.emit(field, int(value) if is_number else value))
        return made

    def _lay_out(self) -> None:
        looks = _rows((self._language, self._size, self._theme, self._calendar))
        looks.addWidget(self._motion)
        self.box.addWidget(card(looks))
        self.box.addWidget(card(_rows((self._minutes, self._microphone))))
        self.box.addWidget(self._partner_card())
        self._commands = CommandsCard()
        self._commands.changed.connect(lambda keys: self.changed.emit("command_keys", keys))
        self.box.addWidget(self._commands)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(16)
        self.box.addLayout(self._ways)
        self.box.addStretch(1)

    def _partner_card(self) -> QFrame:
        box = QVBoxLayout()
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(_("Partners"), "heading"))
        words.addWidget(label(_("Whose cards were compared here, and can be trusted."), "soft"))
        head.addLayout(words, 1)
        add = button(_("Cards and safety numbers"), "add_card")
        add.clicked.connect(self.add_card_wanted)
        head.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addLayout(self._partners)
        return card(box, name="partners")

    def show_leads(self, leads: Sequence[Lead]) -> None:
        """Show what else can be done with the vault, each with its own screen."""
        for lead in leads:
            go = button(lead.button, f"lead_{lead.screen}")
            go.clicked.connect(lambda _is_on=False, screen=lead.screen: self.led.emit(screen))
            holder = card(name=f"{lead.screen}_card")
            told = fill(column(gap=4), label(lead.title, "heading"), label(lead.help_line, "soft"))
            line = fill(row(holder, edge=24, gap=16), told, go)
            line.setStretch(0, 1)
            self._ways.addWidget(holder)

    def show_settings(self, settings: Settings) -> None:
        """Show these choices."""
        self._language.offer([(each.code, language_words(each)) for each in LANGUAGES], settings.language)
        self.show_look(settings.text_size, settings.theme)
        self._calendar.offer(
            [("", _("As the language")), ("solar_hijri", _("Solar Hijri")), ("gregorian", _("Gregorian"))],
            settings.calendar,
        )
        minutes = sorted({*_MINUTES, settings.auto_lock_minutes})
        self._minutes.offer([(str(each), _minute_words(each)) for each in minutes], str(settings.auto_lock_minutes))
        was_blocked = self._motion.blockSignals(True)
        self._motion.setChecked(settings.reduce_motion)
        self._motion.blockSignals(was_blocked)
        self.show_microphones((), settings.microphone)

    def show_look(self, text_size: int, colours: str) -> None:
        """Show the text size and the colours, as when they were changed in the bar above."""
        sizes = range(theme.SMALLEST, theme.LARGEST + 1, theme.STEP)
        words = [(str(each), digits(_("{percent} %").format(percent=each))) for each in sizes]
        self._size.offer(words, str(text_size))
        self._theme.offer([("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))], colours)

    def show_microphones(self, devices: Sequence[Device], chosen: str) -> None:
        """Show the microphones there are now; one that is chosen but gone is said to be so."""
        offered = [("", _("As the system chooses"))]
        offered += [(device.id, _device_words(device)) for device in devices]
        if chosen and chosen not in {value for value, _words in offered}:
            offered.append((chosen, _("The one chosen before, not plugged in now")))
        self._microphone.offer(offered, chosen)

    def show_partners(self, partners: Sequence[KnownCard]) -> None:
        """Show whose cards were compared, and how they stand today."""
        emptied(self._partners)
        if not partners:
            self._partners.addWidget(label(_("Nobody yet. Add the archive's card to be able to seal."), "body"))
        for number, partner in enumerate(in_order(tuple(partners)), start=1):
            self._partners.addWidget(rule())
            self._partners.addWidget(KnownLine(number, partner))


def _rows(choices: Sequence[Choice]) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(24, 16, 24, 16)
    box.setSpacing(8)
    for choice in choices:
        words = label(choice.accessibleName(), "body")
        words.setBuddy(choice)
        holder = QWidget()
        line = row(holder, gap=16)
        line.addWidget(words, 1)
        line.addWidget(choice, 1)
        box.addWidget(holder)
    return box


def _minute_words(minutes: int) -> str:
    return digits(ngettext("after {count} minute", "after {count} minutes", minutes).format(count=minutes))


def _device_words(device: Device) -> str:
    if device.is_virtual:
        return _("{device} (not a real microphone)").format(device=device.name)
    return device.name
