# SPDX-License-Identifier: Apache-2.0
"""Keeps whom somebody can call afterwards: in the vault, encrypted like all the rest, offline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto import canonical
from testimony_app.model.aftercare import MOST, Contact

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

_SETTING, _REACHED = "aftercare", "archive_contact"
_LONGEST = 300


class Aftercare:
    """The contacts of one vault; on the vault's thread."""

    def __init__(self, vault: Vault) -> None:
        """Keep them in an open vault."""
        self._nameplate = vault.nameplate

    def contacts(self) -> tuple[Contact, ...]:
        """Return whom somebody can call, in the order in which they were written down."""
        kept = self._nameplate.find(_SETTING)
        return () if kept is None else msgspec.json.decode(kept, type=tuple[Contact, ...])

    def reached(self) -> str:
        """Return how the archive is reached, as it stands on a witness's card; empty where nobody has said it."""
        kept = self._nameplate.find(_REACHED)
        return kept.decode("utf-8") if kept else ""

    def keep_reached(self, text: str) -> str:
        """Return how the archive is reached from now on."""
        self._nameplate.put(_REACHED, text.strip()[:_LONGEST].encode("utf-8", "replace"))
        return self.reached()

    def keep(self, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
        """Return what is kept from now on; whoever could not be reached is left out."""
        kept = tuple(one for one in contacts if not one.is_empty())[:MOST]
        self._nameplate.put(_SETTING, canonical.dumps(msgspec.to_builtins(kept)))
        return kept
