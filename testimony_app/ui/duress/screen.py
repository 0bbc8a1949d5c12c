# SPDX-License-Identifier: Apache-2.0
"""Setting and removing a passphrase that opens another vault; the only file here that talks to a service."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.safekeeping import duress
from testimony_app.ui import alerts
from testimony_app.ui.duress.limits_page import LimitsPage
from testimony_app.ui.duress.other_vault import ChoosesFolder
from testimony_app.ui.duress.setting_page import SettingPage
from testimony_app.ui.duress.values import Standing, Wanted
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.vault import founding
from testimony_app.workspace import Workspace, create_workspace


class Force:
    """The passphrase under force of one vault; on the vault's thread."""

    def __init__(self, workspace: Workspace, cost: Cost | None = None) -> None:
        """Work on an open vault; a new one beside it gets this cost, or what this computer can bear."""
        self._workspace, self._vault, self._cost = workspace, workspace.vault, cost
        self.beside = workspace.vault.folder.parent

    def standing(self) -> Standing:
        """Return whether one is set."""
        found = duress.standing(self._vault)
        return Standing(
            is_set=found is not None,
            erases=found is not None and found.erases,
            may_leave_over_border=self._workspace.role is Role.COLLECTOR,
        )

    def set_up(self, wanted: Wanted) -> None:
        """Set it, having made the other vault where that is wanted; after a failure there is neither. It is wiped.

        Raises what making or opening the other vault raises, and what setting refuses.
        """
        with wanted.passphrase as passphrase:
            other = wanted.other or self._made(wanted, passphrase)
            try:
                duress.set_up(self._vault, other, passphrase, erases=wanted.erases)
            except BaseException:
                if wanted.other is None:
                    founding.undo(other, self._vault.disk, was_there=False)
                raise

    def remove(self) -> None:
        """Let it open nothing here any more."""
        duress.remove(self._vault)

    def _made(self, wanted: Wanted, passphrase: Secret) -> Path:
        other = self.beside / wanted.folder_name
        create_workspace(
            other,
            passphrase,
            role=self._workspace.role,
            name=wanted.name,
            clock=self._workspace.clock,
            cost=self._cost,
        ).close()
        return other


class DuressScreen(Screen):
    """What it can't do, then the setting."""

    can_go_back = True

    def __init__(self, jobs: Runs, force: Force, choose_folder: ChoosesFolder) -> None:
        """Show what it can't do."""
        super().__init__()
        self.setObjectName("duress_screen")
        self.title = _("Ways of opening")
        self._jobs, self._force = jobs, force
        self._is_busy = False
        self._limits, self._setting = LimitsPage(), SettingPage(choose_folder)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._limits)
        self._stack.addWidget(self._setting)
        fill(column(self), self._stack)
        self._limits.set_wanted.connect(self._on_begin)
        self._limits.remove_wanted.connect(self._on_remove)
        self._limits.border_wanted.connect(lambda: self.go.emit("border", None))
        self._limits.left.connect(self.back)
        self._setting.wanted.connect(self._on_wanted)
        self._setting.left.connect(self._show_limits)

    def arrived(self) -> None:
        """Ask whether one is set."""
        self._jobs.latest(self, "standing", self._force.standing, self._limits.show_standing, self._show_error)

    def may_leave(self) -> bool:
        """Tell whether no key is being made."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether no key is being made."""
        return not self._is_busy

    def _on_begin(self) -> None:
        self._setting.begin(self._force.beside)
        self._stack.setCurrentWidget(self._setting)
        self._setting.setFocus()

    def _on_wanted(self, wanted: Wanted) -> None:
        self._is_busy = True
        done = partial(self._on_set, wanted.erases)
        self._jobs.run(self, partial(self._force.set_up, wanted), done, self._on_refused)

    def _on_set(self, erases: bool, _none: object) -> None:
        self._is_busy = False
        if erases:
            self._show_limits(_("It is set."), _("Don’t try it out here: giving it destroys this vault’s keys."))
        else:
            self._show_limits(_("It is set."), _("Try it once: lock, then unlock with it."))

    def _on_refused(self, error: Exception) -> None:
        self._is_busy = False
        self._setting.show_wrong(alerts.field_text(error))

    def _on_remove(self) -> None:
        removed = lambda _none: self._show_limits(_("It opens nothing here any more."))  # noqa: E731
        self._jobs.run(self, self._force.remove, removed, self._show_error)

    def _show_limits(self, sentence: str = "", help_line: str = "") -> None:
        self._stack.setCurrentWidget(self._limits)
        if sentence:
            self._limits.show_done(sentence, help_line)
        self.arrived()

    def _show_error(self, error: Exception) -> None:
        self._is_busy = False
        self.noticed.emit(alerts.banner(error))
