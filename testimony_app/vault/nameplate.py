# SPDX-License-Identifier: Apache-2.0
"""What the vault says of itself: its role and name, its public card, and the device's own keys.

The private seeds are kept sealed under a key of the vault's root and are unwrapped only when they are asked for.
"""

from __future__ import annotations

import base64

import msgspec

from testimony_app.crypto import canonical
from testimony_app.crypto.age import HybridIdentity
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import DeviceKey
from testimony_app.model.partner import Card, Role
from testimony_app.vault.columns import digest
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import VaultDamaged
from testimony_app.vault.wrapping import unwrap, wrap

_DEVICE, _IDENTITY, _FORMER = "device_seeds", "identity_seed", "former_cards"
_CARD_FILE, _OLD_KEYS = "card_file", "cards_of_old_keys"


class Nameplate:
    """The settings of one vault."""

    def __init__(self, database: Database, custody: Custody, wrap_key: Secret) -> None:
        """Work on this database."""
        self._database = database
        self._custody = custody
        self._wrap_key = wrap_key

    def write_first(self, *, role: Role, name: str, day: str, keep_until_receipt: bool) -> None:
        """Make the device's keys and write everything down, once, when the vault is made."""
        device, identity = DeviceKey.generate(), HybridIdentity.generate()
        card = Card(
            name=name,
            role=role,
            recipient=identity.recipient().text(),
            ed25519=base64.b64encode(device.ed25519_public).decode(),
            composite=base64.b64encode(device.composite_public).decode(),
            valid_from=day,
        )
        with device.seeds() as seeds:
            self.put(_DEVICE, wrap(self._wrap_key, _DEVICE, seeds))
        self.put(_IDENTITY, wrap(self._wrap_key, _IDENTITY, identity.seed))
        identity.wipe()
        self.put("role", role.value.encode())
        self.put("keep_until_receipt", b"1" if keep_until_receipt else b"0")
        self.put_card(card)

    def put_card(self, card: Card) -> None:
        """Replace the card, for instance to name the keepers' key; what was made for the old one stays ours."""
        with self._database.transaction():
            if self._find("card") is not None:
                former = (*self.former_cards(), fingerprint(self.card_bytes()))
                self.put(_FORMER, canonical.dumps(former))
            self.put("card", canonical.dumps(msgspec.to_builtins(card)))

    def put_device(self, device: DeviceKey, card: Card, card_file: bytes) -> None:
        """Replace the keys this device signs with, its card, and the card's file, which the old keys signed too."""
        with self._database.transaction():
            with device.seeds() as seeds:
                self.put(_DEVICE, wrap(self._wrap_key, _DEVICE, seeds))
            self.put_card(card)
            self.put(_OLD_KEYS, canonical.dumps(self.former_cards()))
            self.put(_CARD_FILE, card_file)

    def put(self, name: str, value: bytes) -> None:
        """Write one setting, with its digest in the custody log."""
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
            self._custody.append("setting_changed", name=name, row=f"setting/{name}", value=digest(name, value))

    def get(self, name: str) -> bytes:
        """Return one setting. Raises VaultDamaged when it isn't there."""
        found = self._find(name)
        if found is None:
            raise VaultDamaged(what="database")
        return found

    def find(self, name: str) -> bytes | None:
        """Return one setting, or nothing where it was never written."""
        return self._find(name)

    @property
    def role(self) -> Role:
        """What the vault is for."""
        return Role(self.get("role").decode())

    @property
    def keep_until_receipt(self) -> bool:
        """Whether sealing leaves a readable copy here until the archive's receipt."""
        return self.get("keep_until_receipt") == b"1"

    def card_bytes(self) -> bytes:
        """Return the card in its canonical form, as its fingerprint is made of."""
        return self.get("card")

    def card_file(self) -> bytes | None:
        """Return the file of the card with which the signing keys were last replaced, if they ever were."""
        return self._find(_CARD_FILE)

    def cards_of_old_keys(self) -> tuple[str, ...]:
        """Return the fingerprints of the former cards with other signing keys than the present ones."""
        found = self._find(_OLD_KEYS)
        return () if found is None else msgspec.json.decode(found, type=tuple[str, ...])

    def former_cards(self) -> tuple[str, ...]:
        """Return the fingerprints of the cards before this one, the oldest first; what names one is for this vault."""
        found = self._find(_FORMER)
        return () if found is None else msgspec.json.decode(found, type=tuple[str, ...])

    def card(self) -> Card:
        """Return the public card."""
        return msgspec.json.decode(self.card_bytes(), type=Card)

    def device(self) -> DeviceKey:
        """Return the key this device signs with; the caller wipes it."""
        return DeviceKey.from_seeds(unwrap(self._wrap_key, _DEVICE, self.get(_DEVICE)))

    def identity(self) -> HybridIdentity:
        """Return the key that opens what is sent to this vault; the caller wipes it."""
        return HybridIdentity(unwrap(self._wrap_key, _IDENTITY, self.get(_IDENTITY)))

    def _find(self, name: str) -> bytes | None:
        found = self._database.value("SELECT value FROM setting WHERE name = ?", (name,))
        return None if found is None else bytes(found)
