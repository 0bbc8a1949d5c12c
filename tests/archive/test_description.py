# SPDX-License-Identifier: Apache-2.0
"""What an archivist adds is found at once and is in the custody log; the testimony's own words stay as they came."""

from __future__ import annotations

import pytest

from testimony_app.archive.description import Description
from testimony_app.model.ids import new_id
from testimony_app.model.person import NamedPerson, NamedPlace
from testimony_app.model.testimony import State


@pytest.fixture
def description(catalogue):
    """Return what writes into the catalogue's vault."""
    return Description(catalogue._vault)


def test_a_title_is_found_and_the_words_stay(description, catalogue, keep):
    """After a title was given, it is found, and the statement is as it came."""
    testimony = keep("What I saw.")

    changes = description.set_title(testimony.id, "Winter at the harbour")

    assert [hit.id for hit in catalogue.search("harbour").hits] == [testimony.id]
    assert catalogue.record(testimony.id).statement.text == "What I saw."
    assert testimony.id in changes.testimonies


def test_people_and_places_added_are_found(description, catalogue, keep):
    """A name written down while listening leads to its testimony."""
    testimony = keep("What I saw.")

    description.set_people(
        testimony.id, (NamedPerson(id=new_id(), names=("Bahareh",)),), (NamedPlace(id=new_id(), names=("Harbour",)),)
    )

    assert [hit.id for hit in catalogue.search("bahareh").hits] == [testimony.id]
    assert [hit.id for hit in catalogue.search("harbour").hits] == [testimony.id]


def test_a_review_ends_in_the_catalogue(description, catalogue, keep):
    """What was reviewed is catalogued, and the screens hear of it."""
    testimony = keep("What I saw.")

    changes = description.finish_review(testimony.id)

    assert catalogue.record(testimony.id).state is State.CATALOGUED
    assert "catalogue" in changes.topics


def test_each_change_is_in_the_log(description, catalogue, keep):
    """Who reads the custody log sees that a description was changed, and which part."""
    testimony = keep("What I saw.")

    description.set_title(testimony.id, "Winter")

    last = catalogue._vault.custody.entries(testimony.id)[-1]
    assert (last.event, last.facts) == ("described", {"fields": "title"})
