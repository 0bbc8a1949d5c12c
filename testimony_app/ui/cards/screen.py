# SPDX-License-Identifier: Apache-2.0
"""Cards: reads, compares, pins and writes them on the vault's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from testimony_app.crypto.fingerprint import safety_number
from testimony_app.exchange import trust
from testimony_app.exchange.new_keys import SealedOnTheWay
from testimony_app.exchange.standing import Standing
from testimony_app.exchange.trust import UntrustedCard
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Partner
from testimony_app.ui import alerts
from testimony_app.ui.cards.cards_page import CardsPage
from testimony_app.ui.cards.values import KnownCard, OwnCard, ReadCard
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.workspace import Workspace

_FEBRUARY = 2


class CardBox:
    """The cards of one vault; every method belongs to the vault's thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Keep the cards of an open vault."""
        self._workspace, self._vault = workspace, workspace.vault
        self.role = workspace.role

    def own(self) -> OwnCard:
        """Return this vault's own card as it is told to others."""
        card = self._vault.card()
        number = safety_number(self._vault.card_bytes())
        return OwnCard(card.name, self.role, number, card.valid_until, has_keepers=bool(card.keepers))

    def known(self) -> tuple[KnownCard, ...]:
        """Return every card that was ever compared, and how it stands today."""
        return tuple(self._known(partner, standing) for partner, standing in self._workspace.partners())

    def read(self, path: Path) -> UntrustedCard:
        """Return the card in a file; raises what is wrong with it."""
        return trust.read_card_file(path)

    def pin(self, untrusted: UntrustedCard, number: str) -> Partner:
        """Trust a card after its digits were compared; raises SafetyNumberDiffers."""
        return trust.pin(self._vault, untrusted, number)

    def revoke(self, fingerprint: str) -> tuple[str, ...]:
        """Trust a card and its keys no more; return the names of all that went with it."""
        return tuple(dict.fromkeys(one.card.name for one in self._workspace.revoke(fingerprint)))

    def save(self, path: Path) -> None:
        """Write this vault's own card to a file."""
        self._workspace.write_card(path)

    def save_page(self, path: Path) -> None:
        """Write this vault's own card as a page to print."""
        self._workspace.write_card_page(path)

    def renew(self, years: int) -> OwnCard:
        """Return a new card of the same keys, good for so many years."""
        today = self._workspace.clock.now().date()
        # A card that is made on 29 February ends on the 28th.
        day = min(today.day, 28) if today.month == _FEBRUARY else today.day
        self._workspace.renew_card(today.replace(year=today.year + years, day=day))
        return self.own()

    def new_keys(self, *, despite_sealed: bool) -> OwnCard:
        """Return a card of new signing keys, which the old ones signed; raises SealedOnTheWay."""
        self._workspace.new_signing_keys(despite_sealed=despite_sealed)
        return self.own()

    def _known(self, partner: Partner, standing: Standing) -> KnownCard:
        card = partner.card
        return KnownCard(
            name=card.name,
            role=card.role,
            trusted_at=partner.trusted_at,
            standing=standing.value,
            fingerprint=partner.fingerprint,
            safety_number=safety_number(self._vault.partners.card_bytes(partner.fingerprint)),
            valid_from=card.valid_from,
            valid_until=card.valid_until,
            revoked_at=partner.revoked_at,
        )


class CardsScreen(Screen):
    """Adding a card, handing out one's own, trusting somebody no more."""

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
        self._page.own.save_wanted.connect(self._on_save)
        self._page.own.page_wanted.connect(self._on_page)
        self._page.own.renew_wanted.connect(self._on_renew)
        self._page.own.keys_wanted.connect(self._on_keys)
        self._page.known.revoke_wanted.connect(self._on_revoke)
        self._page.left.connect(lambda: self.go.emit("home", None))

    def arrived(self) -> None:
        """Show the own card and those that are known."""
        self._jobs.run(self, self._box.own, self._page.own.show_own, self._show_error)
        self._show_known()

    def choose_card(self, path: Path) -> None:
        """Read this card file, as if somebody had picked it."""
        self._page.choose_card(path)

    def save_card(self, path: Path) -> None:
        """Write the own card to a file, as if somebody had picked it."""
        self._on_save(path)

    def save_page(self, path: Path) -> None:
        """Write the own card as a page to print, as if somebody had picked its file."""
        self._on_page(path)

    def _show_known(self) -> None:
        self._jobs.latest(self, "known", self._box.known, self._page.known.show_known, self._show_error)

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
        saved = lambda _nothing: self._page.own.show_saved(path.name)  # noqa: E731
        self._jobs.run(self, partial(self._box.save, path), saved, self._show_error)

    def _on_page(self, path: Path) -> None:
        saved = lambda _nothing: self._page.own.show_saved(path.name)  # noqa: E731
        self._jobs.run(self, partial(self._box.save_page, path), saved, self._show_error)

    def _on_renew(self, years: int) -> None:
        self._jobs.run(self, partial(self._box.renew, years), self._on_renewed, self._show_error)

    def _on_renewed(self, own: OwnCard) -> None:
        self._page.own.show_own(own)
        self._page.own.show_renewed()

    def _on_keys(self, despite_sealed: bool) -> None:
        make = partial(self._box.new_keys, despite_sealed=despite_sealed)
        self._jobs.run(self, make, self._on_renewed, self._on_no_keys)

    def _on_no_keys(self, error: Exception) -> None:
        if getattr(error, "code", "") == SealedOnTheWay.code:
            self._page.own.ask_despite(error)
        else:
            self._show_error(error)

    def _on_revoke(self, fingerprint: str) -> None:
        self._jobs.run(self, partial(self._box.revoke, fingerprint), self._on_revoked, self._show_error)

    def _on_revoked(self, names: tuple[str, ...]) -> None:
        self._page.known.show_revoked(names)
        self._show_known()

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
