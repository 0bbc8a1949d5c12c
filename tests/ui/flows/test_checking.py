# SPDX-License-Identifier: Apache-2.0
"""Every byte is read; what is damaged is told with its testimony and what to do; a cancelled check never was."""

from __future__ import annotations

import pytest

from testimony_app.ui.checking.check_page import CheckPage
from testimony_app.ui.checking.screen import Checks, CheckScreen
from testimony_app.ui.checking.values import Checked, Trouble
from tests.ui.flows.test_backup import Held, a_stop, cancelled
from tests.ui.flows.test_sending import sealed_testimony, shown


@pytest.fixture
def archived(house):
    """Return the code of a testimony in the archive."""
    house.trust_each_other()
    code = sealed_testimony(house)
    house.on_vault(lambda: house.archive.import_bundles([house.collector.vault.out]))
    return code


def checking(house, checks=None):
    """Return the screen over the archive."""
    return house.shown(CheckScreen(house.jobs, checks or Checks(house.archive.vault)))


class SlowChecks(Checks):
    """Checks that wait at a door before they read."""

    def read(self, begun, progress):
        """Read once the door is open."""
        self.door.pass_through()
        return super().read(begun, progress)


def test_a_whole_archive_passes_and_the_day_is_shown(house, archived):
    """The next time the page tells when it was."""
    screen = checking(house)
    house.press(screen, "check_button")
    house.at(screen, "check_done_card")

    again = checking(house)
    house.wait(lambda: "Last checked" in shown(again, "last_check"))

    assert "as it was written" in shown(screen, "check_title")


def test_what_is_damaged_is_told_with_its_testimony(house, archived):
    """The code, what is wrong, and what to do."""
    blobs = house.on_vault(lambda: list(house.archive.vault.blobs.files()))
    content = bytearray(blobs[0].read_bytes())
    content[60] ^= 1
    blobs[0].write_bytes(content)
    screen = checking(house)

    house.press(screen, "check_button")
    house.at(screen, "check_done_card")

    page = screen._page
    texts = [one.text() for one in page.findChildren(type(page._title)) if one.isVisible()]
    assert "damaged" in shown(screen, "check_title")
    assert "not as it was written" in shown(screen, "trouble_1")
    assert any(archived in text for text in texts)
    assert any("Restore the newest backup" in text for text in texts)


def test_a_cancelled_check_never_was(house, archived):
    """Nothing is written down, and the page asks again."""
    checks = SlowChecks(house.archive.vault)
    checks.door = Held()
    screen = checking(house, checks)
    house.press(screen, "check_button")

    cancelled(house, screen, checks.door)
    a_stop(house, screen, "check_button")

    assert house.on_vault(checks.last) == ""
    assert screen.may_leave()


def test_a_damaged_database_is_all_that_is_told(qtbot):
    """Nothing is said of parts that nobody could read."""
    page = CheckPage()
    qtbot.addWidget(page)
    page.show()

    page.show_checked(Checked(1, (Trouble("database", "unreadable"),)))

    assert shown(page, "check_told") == "Nothing else could be read."
    assert "Change nothing" in "".join(one.text() for one in page.findChildren(type(page._title)))
