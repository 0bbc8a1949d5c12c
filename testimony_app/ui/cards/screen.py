# SPDX-License-Identifier: Apache-2.0
"""Cards: reads, compares, pins and writes them on the vault's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from testimony_app.crypto.fingerprint import safety_number
from testimony_app.exchange import trust
from testimony_app.exchange.trust import UntrustedCard
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Partner, Role
from testimony_app.ui import alerts
from testimony_app.ui.cards.cards_page import CardsPage
from testimony_app.ui.cards.values import KnownCard, OwnCard, ReadCard
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault


class CardBox:
    """The cards of one vault; every method belongs to the vault's thread."""

    def __init__(self, vault: Vault, role: Role) -> None:
        """Keep the cards of an open vault of this role."""
        self._vault, self.role = vault, role

    def own(self) -> OwnCard:
        """Return this vault's own card as it is told to others."""
        return OwnCard(self._vault.name, self.role, safety_number(self._vault.card_bytes()))

    def known(self) -> tuple[KnownCard, ...]:
        """Return every card that was ever compared."""
        return tuple(
            KnownCard(one.card.name, one.card.role, one.trusted_at, bool(one.revoked_at))
            for one in self._vault.partners.all()
        )

    def read(self, path: Path) -> UntrustedCard:
        """Return the card in a file; raises what is wrong with it."""
        return trust.read_card_file(path)

    def pin(self, untrusted: UntrustedCard, number: str) -> Partner:
        """Trust a card after its digits were compared; raises SafetyNumberDiffers."""
        return trust.pin(self._vault, untrusted, number)

    def save(self, path: Path) -> None:
        """Write this vault's own card to a file."""
        trust.write_card_file(self._vault, path)


class CardsScreen(Screen):
    """Adding a card and handing out one's own."""

    can_go_back = True

    def __init__(self, jobs: Runs, box: CardBox) -> None:
        """Show the cards of a vault."""
        super().__init__()
        self.setObjectName("cards_screen")
        self.title = _("Cards")
        self._jobs, self._box = jobs, box
        self._untrusted: UntrustedCard | None = None
        self._page = CardsPage(box.role)
        fill(column(self), self._page)
        self._page.card_chosen.connect(self._on_chosen)
        self._page.trust_wanted.connect(self._on_trust)
        self._page.save_wanted.connect(self._on_save)
        self._page.left.connect(lambda: self.go.emit("home", None))

    def arrived(self) -> None:
        """Show the own card and those that are known."""
        self._jobs.run(self, self._box.own, self._page.show_own, self._show_error)
        self._show_known()

    def choose_card(self, path: Path) -> None:
        """Read this card file, as if somebody had picked it."""
        self._page.choose_card(path)

    def save_card(self, path: Path) -> None:
        """Write the own card to a file, as if somebody had picked it."""
        self._on_save(path)

    def _show_known(self) -> None:
        self._jobs.latest(self, "known", self._box.known, self._page.show_known, self._show_error)

    def _on_chosen(self, path: Path) -> None:
        self._jobs.run(self, partial(self._box.read, path), self._on_read, self._page.show_error)

    def _on_read(self, untrusted: UntrustedCard) -> None:
        self._untrusted = untrusted
        self._page.show_card(ReadCard(untrusted.card.name, untrusted.card.role))

    def _on_trust(self, number: str) -> None:
        if self._untrusted is not None:
            pin = partial(self._box.pin, self._untrusted, number)
            self._jobs.run(self, pin, self._on_pinned, self._page.show_error)

    def _on_pinned(self, partner: Partner) -> None:
        self._untrusted = None
        self._page.show_trusted(partner.card.name)
        self._show_known()

    def _on_save(self, path: Path) -> None:
        saved = lambda _nothing: self._page.show_saved(path.name)  # noqa: E731
        self._jobs.run(self, partial(self._box.save, path), saved, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
