# SPDX-License-Identifier: Apache-2.0
"""Deciding about bundles held apart; the only file here that talks to a service."""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.crypto.fingerprint import safety_number
from testimony_app.exchange import receive
from testimony_app.exchange.desk import Desk
from testimony_app.exchange.report import Finding
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.messages import in_words
from testimony_app.model.bundle import Outcome, VerifiedBundle
from testimony_app.ui import alerts
from testimony_app.ui.held.held_page import HeldPage
from testimony_app.ui.held.values import HeldBundle
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.receive.screen import Receiving
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault
from testimony_app.workspace import HELD

_IN = (Outcome.IMPORTED, Outcome.DUPLICATE)


class Held:
    """The bundles held apart in one archive."""

    def __init__(self, vault: Vault) -> None:
        """Look into an open archive."""
        self._vault, self._folder = vault, vault.folder / HELD
        self._receiving = Receiving(vault)

    def count(self) -> int:
        """Return how many there are (any thread)."""
        return len(self._files())

    def desk(self) -> Desk:
        """Return what looking at them needs, as values (vault thread)."""
        return self._receiving.desk()

    def look(self, desk: Desk) -> tuple[HeldBundle, ...]:
        """Return what each of them is, having read every byte and written nothing (bench)."""
        return tuple(_seen(path, receive.verify(path, desk), desk) for path in self._files())

    def numbered(self, bundles: tuple[HeldBundle, ...]) -> tuple[HeldBundle, ...]:
        """Return them with the safety numbers of the signers that are known (vault thread)."""
        return tuple(self._numbered(one) for one in bundles)

    def inspect(self, path: Path, desk: Desk) -> VerifiedBundle | Finding:
        """Return the verified bundle, or what is wrong with it (bench)."""
        return self._receiving.inspect(path, desk, _silent, _never)

    def accept(self, path: Path, verified: VerifiedBundle) -> Finding:
        """Take a bundle in; it is held apart no longer (vault thread)."""
        finding = self._receiving.accept(path.name, verified)
        if finding.outcome in _IN:
            path.unlink(missing_ok=True)
        return finding

    def destroy(self, path: Path) -> None:
        """Remove a bundle that nobody vouches for, and write down that it was (vault thread)."""
        path.unlink(missing_ok=True)
        self._vault.custody.append("held_destroyed", sha256=path.stem)

    def _numbered(self, bundle: HeldBundle) -> HeldBundle:
        if not bundle.fingerprint:
            return bundle
        number = safety_number(self._vault.partners.card_bytes(bundle.fingerprint))
        return msgspec.structs.replace(bundle, safety_number=number)

    def _files(self) -> list[Path]:
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []


class HeldScreen(Screen):
    """One decision at a time."""

    can_go_back = True

    def __init__(self, jobs: Runs, held: Held) -> None:
        """Show what is held apart."""
        super().__init__()
        self.setObjectName("held_screen")
        self.title = _("Held apart")
        self._jobs, self._held = jobs, held
        self._is_busy = False
        self._page = HeldPage()
        fill(column(self), self._page)
        self._page.card_wanted.connect(lambda: self.go.emit("add_card", None))
        self._page.take_wanted.connect(self._on_take)
        self._page.destroy_wanted.connect(self._on_destroy)

    def arrived(self) -> None:
        """Look at each of them with the cards that are known by now."""
        self._jobs.latest(self, "desk", self._held.desk, self._look, self._show_error)

    def may_leave(self) -> bool:
        """Tell whether nothing is being taken in."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether nothing is being taken in."""
        return not self._is_busy

    def _look(self, desk: Desk) -> None:
        look = lambda: self._held.look(desk)  # noqa: E731
        self._jobs.latest(self, "look", look, self._number, self._show_error, heavy=True)

    def _number(self, bundles: tuple[HeldBundle, ...]) -> None:
        numbered = lambda: self._held.numbered(bundles)  # noqa: E731
        self._jobs.latest(self, "number", numbered, self._page.show_bundles, self._show_error)

    def _on_take(self, path: Path) -> None:
        self._is_busy = True
        self._page.show_waiting(True)
        self._jobs.run(self, self._held.desk, lambda desk: self._inspect(path, desk), self._show_error)

    def _inspect(self, path: Path, desk: Desk) -> None:
        inspect = lambda: self._held.inspect(path, desk)  # noqa: E731
        self._jobs.run(self, inspect, lambda found: self._on_inspected(path, found), self._show_error, heavy=True)

    def _on_inspected(self, path: Path, found: VerifiedBundle | Finding) -> None:
        if isinstance(found, Finding):
            self._on_taken(found)
            return
        self._jobs.run(self, lambda: self._held.accept(path, found), self._on_taken, self._show_error)

    def _on_taken(self, finding: Finding) -> None:
        self._is_busy = False
        self._page.show_waiting(False)
        if finding.outcome in _IN:
            self._page.show_done(_("It is in the archive now, to be reviewed."), "sealed")
        else:
            self._page.show_done(_told(finding), "care")
        self.arrived()

    def _on_destroy(self, path: Path) -> None:
        destroyed = lambda _none: self.arrived()  # noqa: E731
        self._jobs.run(self, lambda: self._held.destroy(path), destroyed, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self._is_busy = False
        self._page.show_waiting(False)
        self.noticed.emit(alerts.banner(error))


def _seen(path: Path, finding: Finding, desk: Desk) -> HeldBundle:
    is_plain = finding.outcome in (Outcome.VERIFIED, Outcome.UNKNOWN_SIGNER)
    partner = next((one for one in desk.partners if finding.signer and one.card.name == finding.signer), None)
    return HeldBundle(
        path=path,
        byte_count=path.stat().st_size,
        code=finding.code,
        signer=finding.signer if is_plain else "",
        fingerprint=partner.fingerprint if partner is not None and is_plain else "",
        trouble="" if is_plain else _told(finding),
    )


def _told(finding: Finding) -> str:
    """Return what is wrong with a bundle and what to do, in words."""
    message = in_words(finding.reason, finding.facts)
    return " ".join(part for part in (message.what, message.next_step) if part)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody how far it is: held bundles are looked at one by one."""


def _never() -> bool:
    return False
