# SPDX-License-Identifier: Apache-2.0
"""The envelope with the witness's identity, taken out of the archive as it came."""

from __future__ import annotations

import json

import pytest

from testimony_app.archive.envelope import has_envelope, identity_envelope, open_envelope
from testimony_app.archive.errors import IdentityForOthers, IdentityUnreadable, NoIdentityEnvelope
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


def test_the_envelope_opens_with_its_own_key_alone(collector, archive, send):
    """Any other key is told from damage, and reads nothing."""
    draft = a_draft(collector, "With a name.")
    collector.vault.testimonies.set_identity(draft.id, Identity(names=("Parvin",), contacts=("a neighbour",)))
    received = send(draft)
    envelope = identity_envelope(archive.vault, received)

    opened = open_envelope(envelope, archive.vault.identity)

    assert has_envelope(received)
    assert opened == Identity(names=("Parvin",), contacts=("a neighbour",))
    with pytest.raises(IdentityForOthers):
        open_envelope(envelope, age.HybridIdentity.generate())


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"names":"Parvin"}', b'{"names":["Parvin"],"nickname":"P"}'])
def test_what_is_no_identity_is_damage_without_a_word_of_it(content):
    """Neither the error nor what caused it carries what stood inside."""
    key = age.HybridIdentity.generate()
    envelope = age.seal_bytes(content, [key.recipient()])

    with pytest.raises(IdentityUnreadable) as damage:
        open_envelope(envelope, key)

    assert damage.value.facts == {}
    assert damage.value.__cause__ is None
    assert damage.value.__suppress_context__
