# SPDX-License-Identifier: Apache-2.0
"""What an archive refused is told on both sides: at once in the report, and at home by its receipt."""

from __future__ import annotations

import pytest

from testimony_app.ui.removing.screen import KeptScreen, Removal
from testimony_app.ui.send.screen import Sending, SendScreen
from testimony_app.ui.widgets.banner import Banner
from tests.ui.flows.test_sending import exported, imported, lines, sealed_testimony, shown


@pytest.fixture
def stick(tmp_path):
    """Return an empty stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def damaged(house, stick):
    """Export a testimony and change a bit far behind its signed pages; return its code."""
    house.trust_each_other()
    code = sealed_testimony(house)
    exported(house, stick)
    (file,) = stick.glob("*.AGE")
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    return code


def receipts_written(house, stick):
    """Import the stick and write receipts to it; return the report."""
    report = imported(house, stick)
    house.press(report, "write_receipts")
    house.wait(lambda: "written" in shown(report, "receipts_title"))
    return report


def test_a_damaged_copy_says_whose_it_is_and_what_to_do(house, stick):
    """The report names the signer and the next step; a receipt for the sender is offered."""
    damaged(house, stick)

    report = receipts_written(house, stick)

    assert lines(report) == ["Damaged"]
    assert "Interviewer 4" in shown(report, "care_signer_1")
    assert shown(report, "care_told_1") and shown(report, "care_next_1")
    assert len(list(stick.glob("*.RCP"))) == 1


def test_the_sender_reads_that_it_was_refused_and_sends_it_again(house, stick):
    """At home the receipt says why and what to do, and the testimony waits for export again."""
    code = damaged(house, stick)
    receipts_written(house, stick)
    screen = house.shown(SendScreen(house.jobs, Sending(house.collector.vault), house.sticks))
    screen.choose_folder(stick)
    house.wait(lambda: "Nothing is waiting" in shown(screen, "send_summary"))

    house.press(screen, "check_receipts")
    house.wait(lambda: screen.findChild(Banner, f"turned_away_{code}") is not None)
    house.wait(lambda: "1 sealed testimony is waiting" in shown(screen, "send_summary"))

    told = screen.findChild(Banner, f"turned_away_{code}")
    assert code in told.text and "damaged on its way" in told.text
    assert "Nothing is removed" in told.help_line and "Send it again" in told.help_line


def test_a_refused_testimony_says_so_on_its_own_page(house, stick):
    """In the place of ten open conditions; nothing can be removed."""
    code = damaged(house, stick)
    receipts_written(house, stick)
    house.on_vault(lambda: house.collector.check_receipts([stick]))
    testimony = house.on_vault(lambda: house.collector.vault.testimonies.by_code(code).id)

    screen = house.shown(KeptScreen(house.jobs, Removal(house.collector), testimony))
    house.wait(lambda: bool(shown(screen, "kept_told")))

    assert "refused it" in shown(screen, "kept_told")
    assert "Send it again" in shown(screen, "kept_next")
    assert not shown(screen, "condition_not-accepted")


def test_a_later_receipt_settles_the_refusal(house, stick):
    """Once it arrived whole, its page speaks of the good receipt alone."""
    code = damaged(house, stick)
    receipts_written(house, stick)
    house.on_vault(lambda: house.collector.check_receipts([stick]))
    for old in stick.iterdir():
        old.unlink()
    exported(house, stick)
    receipts_written(house, stick)
    house.on_vault(lambda: house.collector.check_receipts([stick]))
    testimony = house.on_vault(lambda: house.collector.vault.testimonies.by_code(code).id)

    screen = house.shown(KeptScreen(house.jobs, Removal(house.collector), testimony))
    house.wait(lambda: bool(shown(screen, "condition_not-accepted")))

    assert "refused" not in shown(screen, "kept_told")
    assert not shown(screen, "kept_next")
