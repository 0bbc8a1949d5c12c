# SPDX-License-Identifier: Apache-2.0
"""The identity envelope of a testimony, as it came: who the witness is, sealed to the archive's keepers.

The archive keeps it beside the testimony and can't look inside when its card names a keepers' key. Taken out,
it opens with the keepers' sheets alone (`govah unseal FILE --share ...`); opened here, in memory alone.
"""

from __future__ import annotations

import msgspec

from testimony_app.archive.errors import IdentityForOthers, IdentityUnreadable, NoIdentityEnvelope
from testimony_app.crypto import age
from testimony_app.crypto.errors import NoMatchingKey
from testimony_app.crypto.secret import wipe
from testimony_app.model.bundle import IDENTITY
from testimony_app.model.person import Identity
from testimony_app.model.testimony import Testimony
from testimony_app.vault.vault import Vault


def identity_envelope(vault: Vault, testimony: Testimony) -> bytes:
    """Return the age file with the identity, still closed. Raises NoIdentityEnvelope."""
    for attachment in testimony.attachments:
        if attachment.role == IDENTITY:
            with vault.blobs.open(attachment.blob) as reader:
                return bytes(reader.read())
    raise NoIdentityEnvelope(code=testimony.code)


def has_envelope(testimony: Testimony) -> bool:
    """Tell whether the witness's identity came with a testimony."""
    return any(attachment.role == IDENTITY for attachment in testimony.attachments)


def open_envelope(envelope: bytes, key: age.HybridIdentity) -> Identity:
    """Return who the witness is. What was decrypted is wiped; the names in the answer are text, which can't be.

    Raises IdentityForOthers when it is sealed to another key, IdentityUnreadable, and the crypto room's damage.
    """
    try:
        plain = age.open_bytes(envelope, [key])
    except NoMatchingKey as error:
        raise IdentityForOthers from error
    try:
        return msgspec.json.decode(plain, type=Identity)
    except msgspec.DecodeError:
        # Nothing of what is inside travels on with the error.
        raise IdentityUnreadable from None
    finally:
        wipe(plain)
