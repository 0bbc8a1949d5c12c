# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from testimony_app.archive.description import Description
from testimony_app.model.person import NamedPerson, NamedPlace
from testimony_app.model.testimony import State
from testimony_app.vault.errors import NotFound
from tests.texts import phrase


@pytest.fixture
def description(catalogue):
    """Return what an archivist writes with, in the vault of the catalogue."""
    return Description(catalogue._vault)


def test_a_title_is_found_at_once_and_stands_in_the_log(catalogue, keep, description):
    """What an archivist writes can be found right away, and the log names the field but not the words."""
    kept = keep("What I saw.")

    changes = description.set_title(kept.id, "An evening in Gohardasht")

    assert changes.testimonies == {kept.id}
    assert [hit.id for hit in catalogue.search(phrase("gohardasht")).hits] == [kept.id]
    assert catalogue.record(kept.id).statement.text == "What I saw."
    last = catalogue._vault.custody.entries(kept.id)[-1]
    assert (last.event, last.facts) == ("described", {"fields": "title"})


def test_people_and_places_are_written_down_and_found(catalogue, keep, description):
    """Names that the archive adds lead to the testimony, and the old ones no more."""
    kept = keep(people=(NamedPerson(id="1", names=("Kaveh Mardani",)),))

    description.set_people(
        kept.id, (NamedPerson(id="2", names=(phrase("parvaneh"),)),), (NamedPlace(id="3", names=("Evin",)),)
    )

    assert catalogue.people("Parvaneh Bahari").people[0].testimonies == (kept.code,)
    assert catalogue.people("Kaveh Mardani").people == ()
    assert catalogue.search(phrase("evin")).total == 1


def test_a_reviewed_testimony_moves_into_the_catalogue(catalogue, keep, description):
    """The review queue gets shorter by one."""
    kept = keep()

    description.finish_review(kept.id)

    assert catalogue.page(state=State.TO_REVIEW).total == 0
    assert catalogue.record(kept.id).state is State.CATALOGUED


def test_what_is_not_there_cannot_be_described(description):
    """A testimony that was erased meanwhile is not made up again."""
    with pytest.raises(NotFound):
        description.set_title("0" * 32, "A title")
