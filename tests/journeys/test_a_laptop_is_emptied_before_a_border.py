# SPDX-License-Identifier: Apache-2.0
"""The whole desktop: sheets asked for at an archive's first start; a collector's laptop emptied before a border."""

from __future__ import annotations

from tests.journeys.walking import PASSPHRASE, opened, unlock


def write_draft(places):
    """Leave a written draft in the collector's vault."""
    workspace = opened(places.collector)
    draft = workspace.interviews.start(languages=("pes",))
    workspace.interviews.save_statement(draft.id, "the lamp by the third window", "eng")
    workspace.close()


def test_a_collector_leaves_with_an_empty_vault(hands, places):
    """Settings, one action, one question; then the process ends, and the same passphrase opens an empty vault."""
    write_draft(places)
    collector = hands(places.collector)
    unlock(collector)
    collector.press("settings_button")
    collector.press("lead_border")
    collector.wait(lambda: collector.sees("border_outlook"), "for the outlook")
    collector.desktop.screens.current.choose_folder(places.stick)
    collector.type("border_passphrase", PASSPHRASE)
    collector.press("border_button")
    collector.press("confirm_yes")
    collector.press("border_finish")

    left = opened(places.collector)
    count = left.vault.testimonies.rows(0, 9).total
    left.close()
    assert collector.relaunched == [places.collector]
    assert len(list(places.stick.glob("*.AGE"))) == 1
    assert count == 0


def test_an_archive_without_sheets_says_so_on_its_first_page(hands, places):
    """The notice stays until recovery is made and tried, and leads to it."""
    archive = hands(places.archive)
    unlock(archive)
    archive.see("needs_recovery")
    archive.press("banner_action")

    assert archive.wait(lambda: archive.sees("ways_page"), "for the ways of opening")
