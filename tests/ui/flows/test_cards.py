# SPDX-License-Identifier: Apache-2.0
"""Cards: nothing is trusted until the sixty digits that its owner told were typed."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton, QLabel

from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.cards.known_cards import KnownLine
from testimony_app.ui.cards.screen import CardBox, CardsScreen
from testimony_app.ui.home.screen import Holdings
from testimony_app.ui.widgets.confirm import ConfirmSheet
from tests.ui.flows.test_sending import sealed_testimony


def shown(screen, name):
    """Return the text of the visible label of a name."""
    return next((one.text() for one in screen.findChildren(QLabel, name) if one.isVisible()), "")


def cards(house):
    """Return the collector's cards, with the archive's card read from a file."""
    path = house.folder / "archive.card"
    other = house.shown(CardsScreen(house.jobs, CardBox(house.archive)))
    other.save_card(path)
    house.wait(path.is_file)
    screen = house.shown(CardsScreen(house.jobs, CardBox(house.collector)))
    screen.choose_card(path)
    house.wait(lambda: "Archive" in shown(screen, "card_name"))
    return screen


def digits(house):
    """Return the archive's safety number."""
    return "".join(house.on_vault(house.archive.safety_number).split())


def test_the_right_digits_make_a_card_trusted(house):
    """Typed with spaces, as they are read aloud, the digits fit and the archive is trusted."""
    screen = cards(house)
    number = digits(house)

    house.type_in(screen, "digits_told", " ".join(number[at : at + 5] for at in range(0, 60, 5)))
    house.press(screen, "trust_button")

    house.wait(lambda: "trusted" in shown(screen, "card_trusted"))
    assert len(house.on_vault(house.collector.vault.partners.trusted)) == 1


def test_one_wrong_digit_is_refused(house):
    """One digit off: the message says so beside the field, and nobody is trusted."""
    screen = cards(house)
    number = digits(house)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    house.type_in(screen, "digits_told", wrong)
    house.press(screen, "trust_button")

    house.wait(lambda: bool(shown(screen, "card_message")))
    assert house.on_vault(house.collector.vault.partners.trusted) == ()


def test_fewer_digits_can_not_be_compared(house):
    """Until all sixty are typed there is nothing to press."""
    screen = cards(house)

    house.type_in(screen, "digits_told", digits(house)[:59])

    assert not screen.findChild(QAbstractButton, "trust_button").isEnabled()


def test_a_file_that_is_no_card_is_refused(house):
    """Any other file: a calm sentence, and no question about digits."""
    path = house.folder / "other.card"
    path.write_text("{}", encoding="utf-8")
    screen = house.shown(CardsScreen(house.jobs, CardBox(house.collector)))

    screen.choose_card(path)

    house.wait(lambda: bool(shown(screen, "card_message")))
    assert not shown(screen, "card_name")


def trusting(house):
    """Return the collector's cards once the archive is trusted."""
    house.trust_each_other()
    screen = house.shown(CardsScreen(house.jobs, CardBox(house.collector)))
    house.wait(lambda: bool(shown(screen, "partner_name_1")))
    return screen


def test_a_partner_is_revoked_after_one_question(house):
    """What it means is said first; keeping the card is the answer at hand."""
    screen = trusting(house)
    house.press(screen, "revoke_1")
    asked = screen.findChild(ConfirmSheet)
    said = asked.accessibleDescription()
    house.press(screen, "confirm_no")
    house.press(screen, "revoke_1")
    before = len(house.on_vault(house.collector.vault.partners.trusted))

    house.press(screen, "confirm_yes")
    house.wait(lambda: "Revoked on" in shown(screen, "partner_told_1"))

    assert "Nothing is sealed to this archive any more" in said
    assert before == 1
    assert house.on_vault(house.collector.vault.partners.trusted) == ()


def test_the_digits_of_a_partner_can_be_looked_at_again(house):
    """They are folded away, and the same that were compared."""
    screen = trusting(house)

    house.press(screen, "show_digits_1")

    line = screen.findChild(KnownLine, "partner_1")
    said = line.findChild(DigitsView).accessibleName()
    assert "".join(letter for letter in said if letter.isdigit()) == digits(house)


def test_a_new_card_has_a_last_day_and_another_number(house):
    """The keys stay; whoever has the old card goes on until the new one was compared."""
    screen = trusting(house)
    before = house.on_vault(house.collector.safety_number)

    house.press(screen, "renew_card")
    house.press(screen, "confirm_yes")
    house.wait(lambda: "new card" in shown(screen, "card_saved"))

    assert house.on_vault(house.collector.safety_number) != before
    assert house.on_vault(house.collector.vault.card).valid_until[:4] == str(house.clock.now().year + 2)
    assert "good until" in shown(screen, "own_until")


def test_the_card_is_saved_as_a_page_to_print(house):
    """The page holds the sixty digits and the code."""
    path = house.folder / "card.html"
    screen = trusting(house)

    screen.save_page(path)
    house.wait(path.is_file)

    text = path.read_text(encoding="utf-8")
    assert all(group in text for group in house.on_vault(house.collector.safety_number).split())
    assert "<svg" in text


def test_new_signing_keys_stand_on_a_card_that_the_old_ones_signed(house):
    """The archive adds the new card like any other; the old one is not trusted any more."""
    screen = trusting(house)
    before = house.on_vault(house.collector.vault.card).ed25519
    house.press(screen, "new_keys")
    house.press(screen, "confirm_yes")
    house.wait(lambda: "new card" in shown(screen, "card_saved"))
    path = house.folder / "new.card"
    screen.save_card(path)
    house.wait(path.is_file)

    there = CardBox(house.archive)
    number = "".join(house.on_vault(house.collector.safety_number).split())
    house.on_vault(lambda: there.pin(there.read(path), number))
    known = [one.standing for one in house.on_vault(there.known)]

    assert house.on_vault(house.collector.vault.card).ed25519 != before
    assert len(known) == 2 and known.count("trusted") == 1


def test_new_keys_wait_for_what_is_on_its_way_unless_asked_twice(house):
    """What the old keys signed and no archive has taken in yet is told first; waiting is the answer at hand."""
    screen = trusting(house)
    sealed_testimony(house)
    before = house.on_vault(house.collector.vault.card).ed25519
    house.press(screen, "new_keys")
    house.press(screen, "confirm_yes")
    house.wait(lambda: any("all the same" in one.windowTitle() for one in screen.findChildren(ConfirmSheet)))
    waited = house.on_vault(house.collector.vault.card).ed25519

    house.press(screen, "confirm_yes")
    house.wait(lambda: "new card" in shown(screen, "card_saved"))

    assert waited == before
    assert house.on_vault(house.collector.vault.card).ed25519 != before


def test_an_archive_s_card_past_its_day_is_asked_for_anew(house):
    """The list says so, and home offers to add a card as if there were none."""
    tomorrow = house.clock.now().date() + timedelta(days=1)
    house.on_vault(lambda: house.archive.renew_card(tomorrow))
    screen = trusting(house)
    holdings = Holdings(house.collector.vault, house.collector.interviews)
    before = house.on_vault(holdings.glance).has_archive

    house.clock.forward(3 * 24 * 3600)
    screen.arrived()
    house.wait(lambda: "Not valid since" in shown(screen, "partner_told_1"))

    assert before
    assert not house.on_vault(holdings.glance).has_archive
