# SPDX-License-Identifier: Apache-2.0
"""Cards: written, read, compared, pinned, replaced, withdrawn."""

from __future__ import annotations

import json
import subprocess

import pytest
import segno

from testimony_app.crypto import canonical
from testimony_app.crypto.fingerprint import fingerprint, safety_number
from testimony_app.exchange import trust
from testimony_app.exchange.errors import (
    CardExpired,
    CardIsOurOwn,
    CardRevoked,
    CardSignatureInvalid,
    FileUnreadable,
    NotACard,
    SafetyNumberDiffers,
)
from testimony_app.model.partner import Role
from tests.exchange import people
from tests.exchange.conftest import introduce
from tests.exchange.people import Party


def test_cards_are_exchanged(collector, archive, tmp_path):
    """A card written by one vault is pinned in another once its number was compared."""
    trust.write_card_file(archive, tmp_path / "archive.card")

    card = trust.read_card_file(tmp_path / "archive.card")
    partner = trust.pin(collector, card, safety_number(archive.card_bytes()))

    assert partner.card == archive.card()
    assert partner.fingerprint == fingerprint(archive.card_bytes())
    assert collector.partners.card_bytes(partner.fingerprint) == archive.card_bytes()
    assert (tmp_path / "archive.card").stat().st_size < 16 * 1024
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "archive.card", "collector"]


def test_wrong_number_pins_nothing(collector, archive):
    """One wrong digit and nobody is trusted."""
    card = trust.read_card(trust.write_card(archive))
    right = card.safety_number
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    for number in (wrong, "", "0" * 60, right[:30]):
        with pytest.raises(SafetyNumberDiffers):
            trust.pin(collector, card, number)
    assert not collector.partners.all()


def test_number_may_be_written_as_people_write(collector, archive):
    """Spaces, hyphens and Persian digits are no difference."""
    card = trust.read_card(trust.write_card(archive))
    persian = "".join(chr(0x6F0 + int(sign)) if sign.isdigit() else "-" for sign in card.safety_number)

    assert trust.pin(collector, card, persian).fingerprint == card.fingerprint


def test_own_and_withdrawn_cards_are_refused(collector, archive):
    """A vault doesn't trust itself, and a withdrawn card doesn't come back."""
    own = trust.read_card(trust.write_card(collector))
    with pytest.raises(CardIsOurOwn):
        trust.pin(collector, own, own.safety_number)

    partner = introduce(collector, archive)
    collector.partners.revoke(partner.fingerprint)
    with pytest.raises(CardRevoked):
        introduce(collector, archive)


@pytest.mark.parametrize(("start", "end"), [("2026-02-01", ""), ("", "2026-01-30")])
def test_card_out_of_its_time_is_refused(collector, start, end):
    """A card that isn't valid today is not pinned."""
    party = Party("Archive", Role.ARCHIVE, valid_from=start, valid_until=end)
    card = trust.read_card(trust.sign_card(party.card_bytes, party.device))

    with pytest.raises(CardExpired):
        trust.pin(collector, card, card.safety_number)


def test_replacing_a_card_withdraws_the_old_one(collector):
    """A new card signed by the old keys takes the old one's place, after it was compared as well."""
    old, new = people.an_archive(), people.an_archive()
    first = trust.read_card(trust.sign_card(old.card_bytes, old.device))
    trust.pin(collector, first, first.safety_number)
    file = trust.sign_card(new.card_bytes, new.device, replaces=(old.device, old.fingerprint))

    card = trust.read_card(file)
    with pytest.raises(SafetyNumberDiffers):
        trust.pin(collector, card, first.safety_number)
    trust.pin(collector, card, card.safety_number)

    assert collector.partners.by_fingerprint(old.fingerprint).revoked_at
    assert not collector.partners.by_fingerprint(new.fingerprint).revoked_at
    assert len(file) <= 24 * 1024


def test_replacement_that_the_old_keys_didnt_sign_is_refused(collector):
    """Somebody else's claim to replace a trusted card changes nothing."""
    old, thief = people.an_archive(), people.an_archive()
    first = trust.read_card(trust.sign_card(old.card_bytes, old.device))
    trust.pin(collector, first, first.safety_number)
    forged = trust.read_card(trust.sign_card(thief.card_bytes, thief.device, replaces=(thief.device, old.fingerprint)))

    with pytest.raises(CardSignatureInvalid):
        trust.pin(collector, forged, forged.safety_number)
    assert not collector.partners.by_fingerprint(old.fingerprint).revoked_at


def test_every_altered_byte_is_noticed(archive):
    """A card file with any one byte changed isn't read, wherever the byte stands."""
    file = trust.write_card(archive)

    for position in range(0, len(file), 41):
        altered = bytearray(file)
        altered[position] ^= 1
        with pytest.raises((NotACard, CardSignatureInvalid)):
            trust.read_card(bytes(altered))


def test_no_card_at_all(tmp_path):
    """A missing file, a folder, noise and an empty file are refused plainly."""
    (tmp_path / "noise").write_bytes(b"\xff" * 100)
    (tmp_path / "empty").touch()

    with pytest.raises(FileUnreadable):
        trust.read_card_file(tmp_path / "missing")
    for name in ("noise", "empty"):
        with pytest.raises(NotACard):
            trust.read_card_file(tmp_path / name)


def test_cards_signature_verifies_with_ssh_keygen(archive, tmp_path):
    """The Ed25519 signature over a card is good for OpenSSH, under the card's own allowed signers."""
    file = json.loads(trust.write_card(archive))
    (tmp_path / "card.sig").write_text(file["signatures"]["ed25519"])
    (tmp_path / "allowed").write_text(trust.allowed_signers("device", archive.card()))

    told = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "device", "-n", "card-v1@govah", "-s", "card.sig"],
        input=canonical.dumps(file["card"]),
        capture_output=True,
        cwd=tmp_path,
    )

    assert told.returncode == 0, told.stderr


def test_printed_code_is_the_recipient_in_capitals(archive):
    """What a printed card's code holds is alphanumeric and reads back as the same recipient."""
    text = trust.recipient_qr_text(archive.card())

    assert text.lower() == archive.card().recipient
    assert segno.make(text, error="m").mode == "alphanumeric"
