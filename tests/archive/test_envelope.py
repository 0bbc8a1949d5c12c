# SPDX-License-Identifier: Apache-2.0
"""The envelope with the witness's identity, taken out of the archive as it came."""

from __future__ import annotations

import json

import pytest

from testimony_app.archive.envelope import identity_envelope
from testimony_app.archive.errors import NoIdentityEnvelope
from testimony_app.crypto import age
from testimony_app.model.person import Identity
from tests.archive.conftest import a_draft


def test_the_envelope_is_what_the_collector_sealed(collector, archive, send):
    """Without a keepers' key it is sealed to the archive itself, and opens with the archive's key."""
    draft = a_draft(collector, "With a name.")
    collector.vault.testimonies.set_identity(draft.id, Identity(names=("Parvin",)))
    received = send(draft)

    content = age.open_bytes(identity_envelope(archive.vault, received), [archive.vault.identity])

    assert json.loads(bytes(content))["names"] == ["Parvin"]


def test_no_identity_no_envelope(collector, archive, send):
    """A testimony under a pseudonym alone has none."""
    received = send(a_draft(collector, "Without a name."))

    with pytest.raises(NoIdentityEnvelope) as refused:
        identity_envelope(archive.vault, received)
    assert refused.value.facts["code"] == received.code
