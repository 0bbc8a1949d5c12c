# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCalendar, QDate

from testimony_app.i18n import calendars
from testimony_app.i18n.calendars import GREGORIAN, LUNAR, SOLAR

FIRST, LAST = date(1921, 3, 21), date(2032, 3, 19)  # 1 Farvardin 1300 to 29 Esfand 1410


def test_solar_days_agree_with_qt_on_every_day_from_1300_to_1410():
    """Our conversion and Qt's independent one give the same day, both ways, for 111 years."""
    jalali = QCalendar("Jalali")
    day, days = FIRST, 0

    while day <= LAST:
        theirs = QDate(day.year, day.month, day.day)
        ours = calendars.to_solar(day)
        assert ours == (theirs.year(jalali), theirs.month(jalali), theirs.day(jalali))
        assert calendars.day_in(SOLAR, *ours) == day
        day, days = day + timedelta(days=1), days + 1

    assert days == 40_542


def test_lunar_months_agree_with_qt():
    """Our tabular months begin where Qt's civil Islamic calendar begins them."""
    civil = QCalendar("Islamic Civil")

    for year in range(1330, 1456):
        for month in range(1, 13):
            theirs = civil.dateFromParts(year, month, 1)
            ours = calendars.month_span(LUNAR, year, month).first
            assert ours == date(theirs.year(), theirs.month(), theirs.day())


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [
        (SOLAR, 1367, 7, 31),
        (SOLAR, 1367, 13, 1),
        (SOLAR, 1368, 12, 30),
        (SOLAR, 99, 1, 1),
        (SOLAR, 2500, 1, 1),
        (GREGORIAN, 1987, 2, 29),
        (GREGORIAN, 1987, 0, 1),
        (GREGORIAN, 0, 1, 1),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(calendar, year, month, day):
    """31 Mehr and 30 Esfand of a common year do not exist."""
    with pytest.raises(ValueError, match=r".+"):
        calendars.day_in(calendar, year, month, day)


def test_leap_years_have_their_thirtieth_of_esfand():
    """The official leap years of a century, among them the five-year steps that a simpler rule gets wrong."""
    official = {1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370}
    official |= {1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408}

    found = {year for year in range(1304, 1409) if len_of_esfand(year) == 30}

    assert found == official


def len_of_esfand(year):
    span = calendars.month_span(SOLAR, year, 12)
    return (span.last - span.first).days + 1
