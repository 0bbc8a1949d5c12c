# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from testimony_app.i18n import catalogue, languages, measures
from testimony_app.i18n.languages import auto, digits, ltr
from tests.texts import phrase


def test_english_and_persian_are_finished_and_the_others_drafts():
    """The list says which languages wait for a native reader."""
    finished = {language.code for language in languages.LANGUAGES if not language.is_draft}

    assert finished == {"en", "fa"}
    assert {"ckb", "kmr", "ar", "azb", "de", "fr", "sv", "nl", "tr"} <= {one.code for one in languages.LANGUAGES}
    assert {one.code for one in languages.LANGUAGES if one.is_right_to_left} == {"fa", "ckb", "ar", "azb"}


def test_runs_set_apart_cannot_steer_what_stands_around_them():
    """Isolates close what they open, and swallow the controls of whoever wrote the text."""
    hostile = "T-7K2F\u202e\u2066\u2069\u200f-Q9\n"

    assert ltr(hostile) == "\u2066T-7K2F-Q9\u2009\u2069".replace("\u2009", "\n")
    assert auto("a\u2069b\u2028c") == "\u2068ab c\u2069"


def test_half_spaces_survive_being_set_apart():
    """A half-space is a letter of Persian writing, not a control."""
    name = phrase("sirus")

    assert name in auto(name)


def test_a_draft_says_so_in_its_own_words_and_in_english():
    """Beside its name in a list stands that no native reader has signed it off; a finished one has no mark."""
    german = next(one for one in languages.LANGUAGES if one.code == "de")

    assert german.draft_mark == f"{auto('Entwurf')} ({ltr('draft')})"
    assert [one.code for one in languages.LANGUAGES if not one.draft_mark] == ["en", "fa"]


@pytest.mark.usefixtures("persian")
def test_digits_follow_the_language():
    """Persian digits in Persian, from whichever digits came in."""
    assert digits(1367) == phrase("number_in_persian")
    assert digits("\u0661\u0663\u0666\u0667") == phrase("number_in_persian")


def test_changing_the_language_takes_effect_at_once(persian_words):
    """No restart: the same call speaks the new language, and English comes back as it was."""
    catalogue.set_language("fa", persian_words)
    in_persian = measures.durations(6120)
    catalogue.set_language("en")

    assert measures.durations(6120) == "1 h 42 min"
    assert in_persian != "1 h 42 min"


def test_a_language_without_translations_speaks_english():
    """What is not translated is shown in English, never as a key or an empty string."""
    catalogue.set_language("fi")

    assert catalogue.gettext("Draft") == "Draft"
    assert catalogue.gettext("") == ""
    assert catalogue.ngettext("{count} second", "{count} seconds", 2) == "{count} seconds"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 s"), (42.9, "42 s"), (60, "1 min"), (720, "12 min"), (3600, "1 h"), (6120, "1 h 42 min")],
)
def test_lengths_are_short_words(seconds, shown):
    """A length names its two largest units."""
    assert measures.durations(seconds) == shown


@pytest.mark.parametrize(
    ("byte_count", "shown"),
    [(1, "1 byte"), (512, "512 bytes"), (1_400_000, "1.4 MB"), (212e9, "212 GB"), (9_999_999_999_999_999, "10000 TB")],
)
def test_sizes_are_counted_as_sticks_are_sold(byte_count, shown):
    """Thousands, one decimal below ten, and no grouping."""
    assert measures.sizes(byte_count) == shown


def test_a_running_time_is_set_apart():
    """A timer reads the same in every direction."""
    assert measures.timer(2537) == "\u206600:42:17\u2069"


def test_spoken_languages_have_names_in_both():
    """Every language of a testimony has a name for the reader; one that is not listed shows its code."""
    assert languages.spoken_name("ckb") == "Kurdish (Sorani)"
    assert languages.spoken_name("xyz") == "xyz"
    assert languages.spoken()[0] == "pes"
