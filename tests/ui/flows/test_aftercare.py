# SPDX-License-Identifier: Apache-2.0
"""Written down once for a gathering, shown where it is needed: after a seal, and to a witness alone."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QAbstractButton, QFrame

from testimony_app.intake.aftercare import Aftercare
from testimony_app.model.aftercare import Contact
from testimony_app.ui.aftercare.screen import AftercareScreen
from testimony_app.ui.kiosk import words
from tests.ui.flows.test_interview import agreed, spoken, visible_text

LINE = Contact("Help line", "+49 30 1234", "day and night")


def test_what_a_gathering_agreed_on_is_shown_after_the_seal(house, qtbot):
    """Typed once, it stands on the page after the next testimony was sealed."""
    house.trust_each_other()
    aftercare = Aftercare(house.collector.vault)
    screen = house.shown(AftercareScreen(house.jobs, aftercare, lambda _parent, _start: ""))
    house.rest()
    for name, text in (("contact_who_1", LINE.who), ("contact_reach_1", LINE.reach), ("contact_when_1", LINE.when)):
        house.type_in(screen, name, text)
    with qtbot.waitSignal(screen.back, timeout=20_000):
        house.press(screen, "aftercare_keep")
    interview = house.interview()
    agreed(house, interview)
    spoken(house, interview, seconds=1)
    interview.enter("review")

    house.press(interview, "seal_button")
    house.wait(lambda: bool(visible_text(interview, "sealed_code")))

    told = visible_text(interview, "aftercare_contacts")
    assert LINE.who in told
    assert LINE.reach in told


def test_a_witness_alone_reads_it_on_a_page_of_its_own():
    """After the thanks follows whom to call; with nobody written down it ends there."""
    assert [one.name for one in words.after(has_more=True).choices] == ["go_on"]
    assert [one.name for one in words.after().choices] == ["done"]

    shown = words.somebody_to_call((LINE, Contact("A doctor", "room 12")))

    assert LINE.reach in shown.body
    assert len(shown.body.splitlines()) == 2
    assert [one.name for one in shown.choices] == ["done"]


def test_rows_come_as_they_are_needed(house):
    """One empty row waits below those that are kept; a press brings the next, up to as many as help."""
    aftercare = Aftercare(house.collector.vault)
    house.on_vault(lambda: aftercare.keep([LINE]))
    screen = house.shown(AftercareScreen(house.jobs, aftercare, lambda _parent, _start: ""))
    house.wait(lambda: visible_rows(screen) == 2)

    for _more in range(3):
        house.press(screen, "aftercare_more")

    assert visible_rows(screen) == 5
    assert not screen.findChild(QAbstractButton, "aftercare_more").isVisible()


def test_a_card_to_carry_tells_nothing(house, tmp_path):
    """A line for the code and how the archive is reached: no name, no title, and none of our words."""
    aftercare = Aftercare(house.collector.vault)
    screen = house.shown(AftercareScreen(house.jobs, aftercare, lambda _parent, _start: str(tmp_path)))
    house.rest()
    house.type_in(screen, "archive_reached", "post box 12, Bremen <3")

    house.press(screen, "witness_cards_write")
    house.wait(lambda: bool(visible_text(screen, "cards_told")))

    (page,) = tmp_path.glob("*.HTM")
    body = page.read_text(encoding="utf-8")
    assert re.sub(r"<[^>]*>", "", body.split("<body>")[1]).split() == ["post", "box", "12,", "Bremen", "&lt;3"] * 8
    assert "<title></title>" in body
    assert not re.search(r"govah|testimony|archive|witness", body, re.IGNORECASE)
    assert house.on_vault(aftercare.reached) == "post box 12, Bremen <3"


def visible_rows(screen):
    """Return how many rows are seen."""
    return len([number for number in range(1, 6) if screen.findChild(QFrame, f"contact_{number}").isVisible()])
