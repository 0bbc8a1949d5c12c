# SPDX-License-Identifier: Apache-2.0
"""Making a drop box; the only file here that talks to a service."""

from __future__ import annotations

from functools import partial

from testimony_app.dropbox import founding
from testimony_app.dropbox.folder import BOX_CARD
from testimony_app.dropbox.founding import Founded
from testimony_app.exchange import trust
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui import alerts
from testimony_app.ui.dropbox.dropbox_page import ChoosesFolder, DropBoxPage
from testimony_app.ui.dropbox.values import MadeBox, WantedBox
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.workspace import Workspace


class Boxes:
    """Makes drop boxes; the card on the vault's thread, the keys on the bench."""

    def __init__(self, workspace: Workspace) -> None:
        """Make them with an open vault at hand."""
        self._workspace, self._vault = workspace, workspace.vault
        self.role = workspace.role

    def own_card(self) -> bytes:
        """Return this archive's card file."""
        return trust.write_card(self._vault)

    def make(self, wanted: WantedBox, own_card: bytes) -> Founded:
        """Make a drop box for this archive, or for the one whose card was chosen (bench). Raises what is wrong."""
        clock, name, keys = self._workspace.clock, wanted.name, wanted.keys
        if wanted.card is None:
            return founding.found_for(own_card, wanted.folder, clock=clock, name=name, keys=keys)
        return founding.found(wanted.folder, wanted.card, clock=clock, number=wanted.number, name=name, keys=keys)

    def trust(self, wanted: WantedBox, made: Founded) -> None:
        """Trust at this archive what is given into a box that was made here: nobody else had its card in hand."""
        if self.role is Role.ARCHIVE:
            card = trust.read_card_file(wanted.folder / BOX_CARD)
            trust.pin(self._vault, card, made.safety_number)


class DropBoxScreen(Screen):
    """Asked, made, told what to do with it."""

    can_go_back = True

    def __init__(self, jobs: Runs, boxes: Boxes, choose_folder: ChoosesFolder) -> None:
        """Ask."""
        super().__init__()
        self.setObjectName("dropbox_screen")
        self.title = _("Drop box")
        self._jobs, self._boxes = jobs, boxes
        self._is_busy = False
        self._page = DropBoxPage(boxes.role, choose_folder)
        fill(column(self), self._page)
        self._page.wanted.connect(self._on_wanted)
        self._page.left.connect(self.back)

    def may_leave(self) -> bool:
        """Tell whether no keys are being made."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether no keys are being made."""
        return not self._is_busy

    def _on_wanted(self, wanted: WantedBox) -> None:
        self._is_busy = True
        self._jobs.run(self, self._boxes.own_card, partial(self._make, wanted), self._on_failed)

    def _make(self, wanted: WantedBox, own_card: bytes) -> None:
        made = partial(self._trust, wanted)
        self._jobs.run(self, partial(self._boxes.make, wanted, own_card), made, self._on_failed, heavy=True)

    def _trust(self, wanted: WantedBox, made: Founded) -> None:
        done = lambda _none: self._on_made(wanted, made)  # noqa: E731
        self._jobs.run(self, partial(self._boxes.trust, wanted, made), done, self._on_failed)

    def _on_made(self, wanted: WantedBox, made: Founded) -> None:
        self._is_busy = False
        is_trusted = self._boxes.role is Role.ARCHIVE
        self._page.show_made(MadeBox(wanted.folder, made.archive, made.keys, made.safety_number, is_trusted))

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._page.show_wrong(alerts.field_text(error))
