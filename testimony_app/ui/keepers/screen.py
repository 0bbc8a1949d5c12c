# SPDX-License-Identifier: Apache-2.0
"""The keepers' key of one archive; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget

from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import keepers
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keepers.standing_page import StandingPage
from testimony_app.ui.keepers.values import KeepersStanding
from testimony_app.ui.keys.gather_page import GatherPage, to_try
from testimony_app.ui.keys.gathering import Gathering
from testimony_app.ui.keys.make_page import MakePage
from testimony_app.ui.keys.passphrase_page import ChoosesFolder
from testimony_app.ui.keys.screen import Sheets
from testimony_app.ui.keys.sheet_texts import keepers_texts
from testimony_app.ui.keys.values import MadeSheets, WantedSheets
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault

_NAMED, _TRIED = "keepers_named", "keepers_tried"


class Keepers(Sheets):
    """The keepers' key of one archive; on the vault's thread, but for reading sheets."""

    def __init__(self, vault: Vault) -> None:
        """Work on an open archive."""
        self._vault = vault

    def standing(self) -> KeepersStanding:
        """Return whether there is a key, how it is shared, and whether its sheets were tried."""
        if not self._vault.card().keepers:
            return KeepersStanding()
        told = [entry for entry in self._vault.custody.entries("") if entry.event in (_NAMED, _TRIED)]
        named = next(entry for entry in reversed(told) if entry.event == _NAMED)
        return KeepersStanding(
            is_named=True,
            needed=int(named.facts["needed"]),
            sheets=int(named.facts["sheets"]),
            mark=str(named.facts["mark"]),
            day=named.at[:10],
            is_tried=told[-1].event == _TRIED,
        )

    def make(self, wanted: WantedSheets) -> MadeSheets:
        """Write sheets that were read back and proved, and name their key on the card; an earlier one is replaced.

        Raises FileThere, FolderMissing, and what a disk refuses.
        """
        made = keepers.make_keepers(self._vault, wanted.needed, wanted.count, wanted.folder, is_replacing=True)
        names = tuple(file.name for file in made.files)
        return MadeSheets(names, str(wanted.folder), made.needed, made.mark, is_archive_key=False)

    def prove(self, words: Sequence[str]) -> None:
        """Write down that somebody proved a set. Raises what is wrong with it."""
        self._vault.custody.append(_TRIED, mark=keepers.try_keepers(self._vault, words).mark)


class KeepersScreen(Screen):
    """One page at a time: how it stands, making sheets, trying them."""

    can_go_back = True

    def __init__(self, jobs: Runs, service: Keepers, choose_folder: ChoosesFolder) -> None:
        """Show how it stands."""
        super().__init__()
        self.setObjectName("keepers_screen")
        self.title = _("Keepers")
        self._jobs, self._keepers = jobs, service
        self._is_busy = self._has_new_card = False
        texts = keepers_texts()
        self._standing, self._make, self._try = (
            StandingPage(),
            MakePage(choose_folder, texts),
            GatherPage(to_try(texts)),
        )
        self._gathering = Gathering(self._try.entry, jobs, service)
        self._stack = QStackedWidget()
        for page in (self._standing, self._make, self._try):
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._connect()

    def arrived(self) -> None:
        """Ask how it stands."""
        self._jobs.latest(self, "standing", self._keepers.standing, self._standing.show_standing, self._show_error)

    def left(self) -> None:
        """Let go of every sheet."""
        self._gathering.forget()

    def may_leave(self) -> bool:
        """Tell whether no key is being made."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether no key is being made."""
        return not self._is_busy

    def _connect(self) -> None:
        self._standing.make_wanted.connect(self._begin)
        self._standing.try_wanted.connect(self._begin_try)
        self._standing.cards_wanted.connect(lambda: self.go.emit("add_card", None))
        self._make.wanted.connect(self._on_wanted)
        self._make.try_wanted.connect(self._begin_try)
        self._make.left.connect(self._back_to_standing)
        self._try.continued.connect(self._on_try)
        self._try.left.connect(self._back_to_standing)
        self._gathering.changed.connect(self._try.show_sheets)

    def _begin(self) -> None:
        self._make.begin(is_archive=True, is_first=False)
        self._stack.setCurrentWidget(self._make)

    def _begin_try(self) -> None:
        self._gathering.forget()
        self._stack.setCurrentWidget(self._try)
        self._try.setFocus()

    def _on_wanted(self, wanted: WantedSheets) -> None:
        self._is_busy = True
        self._jobs.run(self, partial(self._keepers.make, wanted), self._on_made, self._not_made)

    def _on_made(self, made: MadeSheets) -> None:
        self._is_busy, self._has_new_card = False, True
        self._make.show_made(made)

    def _not_made(self, error: Exception) -> None:
        self._is_busy = False
        self._make.show_wrong(alerts.field_text(error))

    def _on_try(self) -> None:
        prove = partial(self._keepers.prove, self._gathering.words())
        refused = lambda error: self._try.show_wrong(alerts.field_text(error))  # noqa: E731
        self._jobs.run(self, prove, self._on_proved, refused)

    def _on_proved(self, _none: object) -> None:
        self._back_to_standing(_("These sheets open identities. Each keeper takes one home."))

    def _back_to_standing(self, sentence: str = "") -> None:
        self._gathering.forget()
        self._stack.setCurrentWidget(self._standing)
        if sentence or self._has_new_card:
            told = sentence or _("The keepers’ sheets are written, and not tried yet.")
            self._standing.show_done(told, has_new_card=self._has_new_card)
        self.arrived()

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
