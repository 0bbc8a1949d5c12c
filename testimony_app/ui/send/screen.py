# SPDX-License-Identifier: Apache-2.0
"""Sending: what waits is looked up on the vault's thread, copied and compared on the bench, then written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from testimony_app.exchange import carry, receipts, turned_away
from testimony_app.exchange.carry import Carried, Load
from testimony_app.exchange.errors import Cancelled
from testimony_app.exchange.receipts import CheckedReceipts
from testimony_app.i18n import refusals
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.messages import describe
from testimony_app.model.changes import Changes
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.places import Place, Sticks, places
from testimony_app.ui.screens import Screen
from testimony_app.ui.send.send_page import SendPage
from testimony_app.ui.send.values import Exported, ReceiptsChecked, TurnedAway, Waiting
from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Planned:
    """What waits, as it is shown and as it is copied."""

    shown: tuple[Waiting, ...]
    loads: tuple[Load, ...]


class Sending:
    """The sealed bundles of one vault on their way out."""

    def __init__(self, vault: Vault) -> None:
        """Send from an open vault."""
        self._vault, self._out = vault, vault.out

    def plan(self, codes: tuple[str, ...] = ()) -> Planned:
        """Return what has been sealed and not carried, or what is named, carried or not (vault thread)."""
        loads, _refused = carry.waiting(self._vault, codes)
        rows = {load.id: self._vault.testimonies.row(load.id) for load in loads}
        shown = tuple(
            Waiting(
                code=load.code,
                languages=rows[load.id].languages,
                seconds=rows[load.id].seconds,
                word_count=rows[load.id].word_count,
                byte_count=load.byte_count,
            )
            for load in loads
        )
        return Planned(shown, loads)

    def copy(self, plan: Planned, folder: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> Carried:
        """Copy, sync, read back and compare (bench)."""
        return carry.copy_out(self._out, plan.loads, folder, progress=progress, is_cancelled=is_cancelled)

    def mark(self, carried: Carried) -> Changes:
        """Write down what left (vault thread)."""
        carry.mark_carried(self._vault, carried)
        moved = frozenset(one.id for one in carried.written)
        return Changes(testimonies=moved, topics=frozenset({"testimony", "bundle"}))

    def receipts_at(self, folder: Path) -> int:
        """Return how many receipts lie in a folder (bench)."""
        return len(receipts.receipt_files((folder,)))

    def check_receipts(self, folder: Path) -> CheckedReceipts:
        """Check the receipts in a folder and mark what they prove (vault thread)."""
        return receipts.check(self._vault, (folder,))


class SendScreen(Screen):
    """One export at a time; stopped or failed, nothing is left half done."""

    can_go_back = True

    def __init__(self, jobs: Runs, sending: Sending, sticks: Sticks, argument: object = None) -> None:
        """Send to these sticks, or to any folder; `argument` is the code of one that is to go once more."""
        super().__init__()
        self.setObjectName("send_screen")
        self.title = _("Export")
        self._jobs, self._sending, self._sticks = jobs, sending, sticks
        self._codes = (argument,) if isinstance(argument, str) else ()
        self._plan = Planned((), ())
        self._cancel = Cancel()
        self._is_busy = False
        self._page = SendPage()
        fill(column(self), self._page)
        self._connect()

    def arrived(self) -> None:
        """Ask what waits, and show the sticks there are."""
        plan = partial(self._sending.plan, self._codes)
        self._jobs.latest(self, "plan", plan, self._on_planned, self._show_error)
        self._show_sticks()

    def may_leave(self) -> bool:
        """Tell whether nothing is being written."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether nothing is being written."""
        return not self._is_busy

    def choose_folder(self, folder: Path) -> None:
        """Choose a folder to write to, as if somebody had picked it."""
        self._page.places.choose_folder(folder)

    def _connect(self) -> None:
        self._sticks.changed.connect(self._show_sticks)
        self._page.export_wanted.connect(self._on_export)
        self._page.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each export has its own
        self._page.place_chosen.connect(self._on_place)
        self._page.receipts_wanted.connect(self._on_receipts)
        self._page.left.connect(lambda: self.go.emit("home", None))

    def _show_sticks(self) -> None:
        self._page.places.show_sticks(places(self._sticks))

    def _on_planned(self, plan: Planned) -> None:
        self._plan = plan
        self._page.show_waiting(plan.shown)

    def _on_place(self, place: Place | None) -> None:
        if place is not None:
            look = lambda: self._sending.receipts_at(place.path)  # noqa: E731
            self._jobs.latest(self, "receipts", look, self._page.show_receipts_found, self._show_error, heavy=True)

    def _on_export(self, place: Place) -> None:
        self._is_busy, self._cancel = True, Cancel()
        self._page.show_begun(place)
        told = self._jobs.relay(self, self._page.show_progress)
        plan, cancel = self._plan, self._cancel
        self._jobs.run(
            self,
            lambda: self._sending.copy(plan, place.path, told, cancel),
            lambda carried: self._on_copied(carried, place),
            self._on_failed,
            heavy=True,
        )

    def _on_copied(self, carried: Carried, place: Place) -> None:
        done = lambda _changes: self._on_marked(carried, place)  # noqa: E731
        self._jobs.run(self, lambda: self._sending.mark(carried), done, self._on_failed)

    def _on_marked(self, carried: Carried, place: Place) -> None:
        self._is_busy = False
        self._page.show_exported(
            Exported(
                codes=tuple(one.code for one in carried.written),
                byte_count=sum(one.byte_count for one in carried.written),
                place=place.name,
                refused=tuple((one.code, alerts.field_text(one.error)) for one in carried.refused),
            )
        )

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self._page.show_stopped()
        self.arrived()
        if not isinstance(error, Cancelled):
            self._show_error(error)

    def _on_receipts(self, place: Place | None) -> None:
        if place is not None:
            check = lambda: self._sending.check_receipts(place.path)  # noqa: E731
            self._jobs.run(self, check, self._on_checked, self._show_error)

    def _on_checked(self, checked: CheckedReceipts) -> None:
        refused = tuple((one.file.name, describe(one.error).what) for one in checked.refused)
        away = tuple(_turned_away(one) for one in checked.turned_away)
        self._page.show_receipts_checked(ReceiptsChecked(tuple(checked.accepted), refused, away))
        # What came damaged waits again: the next export takes it along.
        self._jobs.latest(self, "plan", self._sending.plan, self._on_planned, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))


def _turned_away(one: turned_away.TurnedAway) -> TurnedAway:
    message = refusals.by_archive(one.reason, may_carry_again=one.may_carry_again)
    return TurnedAway(one.code, message.what, message.safe, message.next_step)
