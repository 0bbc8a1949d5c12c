# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import time

import pytest

from testimony_app.archive import names
from testimony_app.archive.name_list import NameList
from testimony_app.archive.sounds import keys
from testimony_app.model.person import NamedPerson
from tests.texts import phrase, text_rows

ROWS = text_rows("names.tsv")
LIMIT_SECONDS = 0.5
"""Five times the target of a tenth of a second, for machines that do other things as well."""


@pytest.mark.parametrize(("one", "other", "same"), ROWS, ids=range(len(ROWS)))
def test_names_are_the_same_when_they_sound_the_same(one, other, same):
    """Script, order, title, alias, spaces and spelling do not part a name; another name does."""
    assert names.is_same(one, other) is (same == "yes"), names.similarity(one, other)
    assert names.similarity(one, other) == pytest.approx(names.similarity(other, one), abs=0.03)


def test_a_name_is_like_itself():
    """Nothing is nearer to a name than the name."""
    for one, other, _ in ROWS:
        assert names.similarity(one, one) == 1.0
        assert names.similarity(other, other) == 1.0


@pytest.mark.parametrize("empty", ["", " ", "()", "\u200c", "123", "!"])
def test_what_is_no_name_is_like_nothing(empty):
    """An empty name is no error and finds nobody."""
    assert names.similarity(empty, "Parvaneh") == 0.0
    assert NameList(["Parvaneh"]).nearest(empty) == []


def test_a_place_sounds_the_same_in_both_scripts():
    """Gohardasht and its Persian spelling share a key."""
    assert set(keys(phrase("gohardasht"))) & set(keys("gohardasht"))
    assert set(keys(phrase("evin"))) & set(keys("evin"))
    assert not set(keys(phrase("khavaran"))) & set(keys("evin"))


def test_the_nearest_of_a_list_comes_first():
    """A list answers with the name that was meant, in the other script."""
    listed = NameList([one for one, _, _ in ROWS])

    assert phrase("parvaneh") in [name for name, _ in listed.nearest("Parvane Bahari", top=2)]
    assert len(listed.nearest("Parvane Bahari", top=3)) == 3


def test_a_person_is_found_among_many(catalogue, keep):
    """Among thousands of names the one that was meant is found at once."""
    firsts = ("Kaveh", "Sirus", "Parvaneh", "Jaleh", "Yousef", "Babak", "Shirin", "Ramin", "Laleh", "Siavash")
    lasts = ("Mardani", "Bahari", "Khosravan", "Shirzad", "Naziri", "Rezvani", "Gharadaghi", "Sabzevari")
    syllables = ("ba", "mo", "sha", "ri", "ku", "na", "te", "lo", "fa", "ze")
    made = [f"{first} {last}{one}{two}" for first in firsts for last in lasts for one in syllables for two in syllables]
    for start in range(0, len(made), 500):
        keep(people=tuple(NamedPerson(id=str(at), names=(name,)) for at, name in enumerate(made[start : start + 500])))
    meant = keep(people=(NamedPerson(id="x", names=(phrase("sirus"),)),))

    started = time.perf_counter()
    found = catalogue.people("Siroos Nikpour")

    assert found.people[0].testimonies == (meant.code,)
    assert time.perf_counter() - started < LIMIT_SECONDS
