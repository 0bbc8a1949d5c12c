# SPDX-License-Identifier: Apache-2.0
"""Language, sound, people we exchange with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from testimony_app.audio.ports import Device
from testimony_app.i18n.catalogue import _
from testimony_app.model.changes import Changes
from testimony_app.model.partner import Role
from testimony_app.ui.application import Application
from testimony_app.ui.cards.values import KnownCard
from testimony_app.ui.jobs import Jobs
from testimony_app.ui.screens import Screen
from testimony_app.ui.settings.settings_page import Lead, SettingsPage


class SettingsScreen(Screen):
    """Each choice applies at once and is kept."""

    can_go_back = True

    def __init__(
        self,
        jobs: Jobs,
        application: Application,
        microphones: Callable[[], Sequence[Device]],
        partners: Callable[[], Sequence[KnownCard]] | None,
        role: Role | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("settings_screen")
        self.title = _("Settings")
        self._jobs, self._application = jobs, application
        self._microphones, self._all_partners = microphones, partners
        self.page = SettingsPage(application.settings)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.page)
        self.page.changed.connect(self._on_changed)
        self.page.show_leads(_leads(role) if role is not None else ())
        self.page.led.connect(lambda screen: self.go.emit(screen, None))
        self.page.add_card_wanted.connect(lambda: self.go.emit("add_card", None))
        jobs.changed.connect(self._on_changes)
        application.appearance_changed.connect(self._on_appearance)

    def arrived(self) -> None:
        """Ask for the microphones and the partners."""
        self._jobs.run(self, self._microphones, self._show_microphones, heavy=True)
        self._ask_partners()

    def _ask_partners(self) -> None:
        if self._all_partners is not None:
            self._jobs.run(self, self._all_partners, self.page.show_partners)

    def _show_microphones(self, devices: Sequence[Device]) -> None:
        self.page.show_microphones(devices, self._application.settings.microphone)

    def _on_changed(self, field: str, value: object) -> None:
        self._application.change(**{field: value})

    def _on_changes(self, changes: Changes) -> None:
        if "partner" in changes.topics:
            self._ask_partners()

    def _on_appearance(self) -> None:
        settings = self._application.settings
        self.page.show_look(settings.text_size, settings.theme)


def _leads(role: Role) -> tuple[Lead, ...]:
    """Return what else can be done with a vault of this role."""
    told = _("The questions beside the recorder, and whose they are.")
    questions = Lead("questions", _("Interview guide"), told, _("Show"))
    aftercare = Lead("aftercare", _("Somebody to call afterwards"), _("For witnesses, in the days after."), _("Show"))
    keys = Lead("keys", _("Ways of opening"), _("Passphrases, a file on a stick, recovery sheets."), _("Show"))
    backup = Lead("backup", _("Backup"), _("A second copy, encrypted as the vault is."), _("Make a backup"))
    check = Lead(
        "check", _("Check everything"), _("Every byte is read and compared with what was written."), _("Check")
    )
    keepers = Lead("keepers", _("Keepers"), _("Who together learn a witness’s name, with sheets of paper."), _("Show"))
    box = Lead(
        "drop_box", _("Drop box"), _("A folder for a witness alone: no passphrase, sealed at once."), _("Make one")
    )
    border = Lead(
        "border", _("Before a border"), _("Carry everything out on a stick; an empty vault stays."), _("Look at it")
    )
    if role is Role.ARCHIVE:
        return (keys, keepers, backup, check, box, questions)
    return (keys, backup, check, border, box, questions, aftercare)
