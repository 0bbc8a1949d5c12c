# SPDX-License-Identifier: Apache-2.0
"""Settings with partners, and the cover that hides a running recording."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from testimony_app.audio.ports import Device
from testimony_app.i18n import catalogue
from testimony_app.settings import Settings
from testimony_app.ui import theme
from testimony_app.ui.frame.cover import Cover
from testimony_app.ui.settings.screen import SettingsScreen
from tests.fakes.jobs import JobsAtOnce
from tests.ui.flows import samples

PARTNERS = samples.KNOWN
MICROPHONES = (Device("a", "USB PnP Audio", is_default=True), Device("b", "Monitor of Built-in Audio", is_virtual=True))


class Look:
    """An application that keeps nothing."""

    def __init__(self):
        look = QApplication.instance()
        self.settings = Settings(
            language=catalogue.language(),
            text_size=round(theme.scale() * 100),
            theme="dark" if theme.is_dark() else "light",
        )
        self.appearance_changed = look.fontDatabaseChanged

    def change(self, **_choices):
        """Keep nothing."""


def settings():
    """Return settings with two microphones and two partners."""
    screen = SettingsScreen(JobsAtOnce(), Look(), lambda: MICROPHONES, None)
    screen.page.show_microphones(MICROPHONES, "a")
    screen.page.show_partners(PARTNERS)
    return screen


def screens():
    """Yield settings and the cover."""
    yield "settings-1", settings
    yield "cover-1", Cover
