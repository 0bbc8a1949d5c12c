# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.i18n.said import SaidDate, from_boxes, read_said, span_of
from tests.texts import phrase, text_rows

ROWS = text_rows("said_dates.tsv")


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_said_dates_give_the_days_they_can_mean(row):
    """What people say becomes an interval in both directions of doubt, or is only kept."""
    said, *expected = row

    read = read_said(said)

    assert [read.calendar, read.earliest, read.latest, read.edtf, read.qualifier] == expected
    assert read.as_said == said


def test_there_are_enough_forms():
    """Many ways of saying a date are tried, among them some that must give nothing."""
    assert len(ROWS) > 60
    assert sum(not row[4] for row in ROWS) >= 8


@given(st.text(max_size=60))
def test_anything_said_is_kept(text):
    """No text is an error; what is understood has its days in order."""
    read = read_said(text)

    first, last = span_of(read)
    assert read.as_said == text.strip()
    assert not (first and last) or first <= last


@given(st.dates(date(1921, 3, 21), date(2032, 3, 19)))
def test_a_day_written_out_is_that_day(day):
    """A full date in either calendar means exactly itself."""
    assert read_said(day.isoformat()).edtf == day.isoformat()


def test_three_boxes_make_a_date():
    """Year alone, year and month, or all three, with and without "about"."""
    assert from_boxes(1367, calendar="solar_hijri").edtf == "1988-03-21/1989-03-20"
    assert from_boxes(1367, 5, calendar="solar_hijri", is_about=True).edtf == "1988-07-23~/1988-08-22~"
    assert from_boxes(67, 5, 10, calendar="solar_hijri").edtf == "1988-08-01"
    assert from_boxes(1988, 8, calendar="gregorian").edtf == "1988-08"
    with pytest.raises(ValueError, match="not in this calendar"):
        from_boxes(1367, 7, 31, calendar="solar_hijri")


def test_what_was_said_survives_being_kept():
    """A said date is a plain value."""
    assert read_said(f"  {phrase('mordad_5')} ") == SaidDate(
        phrase("mordad_5"), "solar_hijri", "1988-07-27", "1988-07-27", "1988-07-27", "exact"
    )
