# SPDX-License-Identifier: Apache-2.0
"""The identity envelope of a testimony, as it came: who the witness is, sealed to the archive's keepers.

The archive keeps it beside the testimony and can't look inside when its card names a keepers' key. Taken out,
it opens with the keepers' sheets alone (`govah unseal FILE --share ...`).
"""

from __future__ import annotations

from testimony_app.archive.errors import NoIdentityEnvelope
from testimony_app.model.bundle import IDENTITY
from testimony_app.model.testimony import Testimony
from testimony_app.vault.vault import Vault


def identity_envelope(vault: Vault, testimony: Testimony) -> bytes:
    """Return the age file with the identity, still closed. Raises NoIdentityEnvelope."""
    for attachment in testimony.attachments:
        if attachment.role == IDENTITY:
            with vault.blobs.open(attachment.blob) as reader:
                return bytes(reader.read())
    raise NoIdentityEnvelope(code=testimony.code)
