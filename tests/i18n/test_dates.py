# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from testimony_app.i18n import dates
from testimony_app.i18n.languages import ltr
from tests.texts import phrase


def test_a_day_in_both_calendars():
    """The reader's calendar comes first, the other one beside it."""
    assert dates.show_both("1988-07-27") == "27 July 1988 (5 Mordad 1367)"

    dates.set_calendar("solar_hijri")

    assert dates.show_both("1988-07-27") == "5 Mordad 1367 (27 July 1988)"


@pytest.mark.usefixtures("persian")
def test_persian_readers_see_their_calendar_and_digits():
    """In Persian a day is Solar Hijri, and its year is not grouped."""
    assert dates.show_day("1988-07-27") == phrase("mordad_5")


def test_a_moment_has_the_clock_of_its_place():
    """The hour is the one that the clock there showed, set apart."""
    assert dates.show_moment("2026-01-31T17:05:09+01:00") == f"31 January 2026, {ltr('17:05')}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("summer of 1367", "about \u206822 June 1988\u2069 to \u206822 September 1988\u2069"),
        ("28 July 1988", "28 July 1988"),
        ("before August 1988", "until 31 July 1988"),
        ("after 1988", "from 1 January 1989 on"),
        ("maybe 5 Mordad 1367", "27 July 1988 (uncertain)"),
        ("between the two visits", ""),
    ],
)
def test_what_a_said_date_can_mean_is_shown_in_words(said, shown):
    """An uncertain date shows its days and its doubt."""
    assert dates.show_said(dates.read_said(said)) == shown
