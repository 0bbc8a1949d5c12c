# SPDX-License-Identifier: Apache-2.0
"""What somebody wants restored and by which way of opening: a plain frozen value that prints none of it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.crypto.secret import Secret


class Wanted(msgspec.Struct, frozen=True):
    """A backup, the folder of the new vault, and what opens it; the Secrets are wiped by whoever takes it."""

    backup: Path
    folder: Path
    passphrase: Secret | None = None
    key_file: Path | None = None
    words: tuple[str, ...] = ()
    """Recovery sheets, in the place of a passphrase."""
    renewed: Secret | None = None
    """With sheets: the passphrase that opens the vault from now on."""
    only: bool = False
    """With sheets: whether every passphrase before it opens nothing any more."""

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "Wanted(…)"

    def wipe(self) -> None:
        """Forget the passphrases."""
        for secret in (self.passphrase, self.renewed):
            if secret is not None:
                secret.wipe()
