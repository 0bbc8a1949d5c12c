# SPDX-License-Identifier: Apache-2.0
"""Cards: nothing is trusted until the sixty digits that its owner told were typed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel

from testimony_app.model.partner import Role
from testimony_app.ui.cards.screen import CardBox, CardsScreen


def shown(screen, name):
    """Return the text of the visible label of a name."""
    return next((one.text() for one in screen.findChildren(QLabel, name) if one.isVisible()), "")


def cards(house):
    """Return the collector's cards, with the archive's card read from a file."""
    path = house.folder / "archive.card"
    other = house.shown(CardsScreen(house.jobs, CardBox(house.archive.vault, Role.ARCHIVE)))
    other.save_card(path)
    house.wait(path.is_file)
    screen = house.shown(CardsScreen(house.jobs, CardBox(house.collector.vault, Role.COLLECTOR)))
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
    screen = house.shown(CardsScreen(house.jobs, CardBox(house.collector.vault, Role.COLLECTOR)))

    screen.choose_card(path)

    house.wait(lambda: bool(shown(screen, "card_message")))
    assert not shown(screen, "card_name")
