# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from testimony_app.archive import query
from testimony_app.model.person import NamedPerson, NamedPlace, Witness
from testimony_app.model.testimony import Note, State
from tests.texts import phrase, text_rows


@pytest.mark.parametrize(("text", "sought", "found"), text_rows("search.tsv"))
def test_words_are_found_in_either_script(catalogue, keep, text, sought, found):
    """What is written one way is found when it is typed another way, and only then."""
    keep(text)
    keep("Something else altogether.", title="")

    hits = catalogue.search(sought)

    assert hits.total == (1 if found == "yes" else 0)


def test_a_hit_shows_the_words_as_written_with_the_find_marked(catalogue, keep):
    """The snippet is the text itself, not its folded form."""
    keep(phrase("evin_to_gohardasht"))

    hit = catalogue.search("gohardasht").hits[0]

    assert f"\x02{phrase('gohardasht')}\x03" in hit.snippet


def test_a_long_text_is_cut_around_the_find(catalogue, keep):
    """A snippet is a line, however long the paragraph."""
    keep(f"{phrase('before')} " * 200 + phrase("khavaran") + f" {phrase('after')}" * 200)

    snippet = catalogue.search("khavaran").hits[0].snippet

    assert f"\x02{phrase('khavaran')}\x03" in snippet
    assert snippet.startswith("\u2026")
    assert len(snippet) < 200


def test_notes_people_places_and_pseudonyms_are_found(catalogue, keep):
    """Everything that is written about a testimony leads to it, a note with its time."""
    kept = keep(
        notes=(Note(id="n", kind="note", text="Ward 350, room 4", at_seconds=760.0, recording="r", at="2026"),),
        people=(NamedPerson(id="p", names=(phrase("gholamreza"), "Gholamreza B."), place="Evin"),),
        places=(NamedPlace(id="q", names=(phrase("gohardasht"), "Rajai Shahr")),),
        witness=Witness(pseudonym=phrase("sima")),
    )

    for sought in ("ward", "gholamreza", "rajai", "sima", "evin"):
        assert [hit.id for hit in catalogue.search(sought).hits] == [kept.id], sought
    assert catalogue.search("room").hits[0].seconds == 760.0


def test_words_in_different_paragraphs_are_found_together(catalogue, keep):
    """All words of a query must be in the testimony, not in one sentence."""
    both = keep(phrase("two_paragraphs"))
    keep(phrase("only_evin"))

    assert [hit.id for hit in catalogue.search(phrase("evin_and_khavaran")).hits] == [both.id]


def test_a_code_leads_to_its_testimony(catalogue, keep):
    """A code is found in any case and without its hyphens."""
    kept = keep(phrase("some_text"))

    assert [hit.id for hit in catalogue.search(kept.code.lower().replace("-", "")).hits] == [kept.id]


def test_an_erased_testimony_is_found_no_more(catalogue, keep):
    """Erasing takes a testimony out of the index with it."""
    kept = keep(phrase("gohardasht"))
    catalogue._vault.testimonies.erase(kept.id, reason="witness")

    assert catalogue.search(phrase("gohardasht")).total == 0
    assert catalogue.people(phrase("gohardasht")).people == ()


def test_pages_of_rows_can_be_narrowed_by_state(catalogue, keep):
    """The review queue and the catalogue are one list with a state."""
    keep(phrase("evin"), state=State.TO_REVIEW)
    keep(phrase("evin"), state=State.CATALOGUED)

    assert catalogue.page("evin").total == 2
    assert catalogue.page("evin", state=State.CATALOGUED).total == 1
    assert catalogue.page(state=State.TO_REVIEW).total == 1


def test_lists_can_be_narrowed_by_language(catalogue, keep):
    """Facets count over everything; a list and a search can be narrowed to one of them."""
    keep(phrase("evin"), languages=("pes",))
    keep(phrase("evin"), languages=("ckb", "pes"), state=State.CATALOGUED)

    facets = catalogue.facets()

    assert facets.languages == {"pes": 2, "ckb": 1}
    assert facets.states == {State.TO_REVIEW: 1, State.CATALOGUED: 1}
    assert catalogue.page(language="ckb").total == 1
    assert catalogue.page("evin", language="pes", state=State.CATALOGUED).total == 1
    assert catalogue.search("evin", language="ckb").total == 1


@pytest.mark.parametrize("typed", ['"', "-", "*", "AND", 'a" OR "b', "NEAR(", "()", ":^", "\x00", "\u200c", "--x", "'"])
def test_whatever_is_typed_is_a_search(catalogue, keep, typed):
    """No sign that a person may type is an error."""
    keep("a b x and near")

    assert catalogue.search(typed).total in {0, 1}


def test_a_person_is_found_by_sound_in_either_script(catalogue, keep):
    """A name leads to every spelling of it and to the testimonies that give it."""
    first = keep(people=(NamedPerson(id="1", names=(phrase("sirus"),)),))
    second = keep(people=(NamedPerson(id="2", names=("Cyrus Nikpour", "Sirus Nikpur")),))
    keep(people=(NamedPerson(id="3", names=(phrase("parvaneh"),)),))

    found = catalogue.people("Siroos Nikpoor").people

    assert set(found[0].testimonies) == {first.code, second.code}
    assert phrase("sirus") in found[0].names


def test_a_query_says_what_it_reads():
    """Words, a phrase and an exclusion are told apart, typographic quotation marks included."""
    read = query.parse(phrase("quoted_query"))

    assert [(term.words, term.is_phrase, term.is_excluded) for term in read.terms] == [
        (("evin",), False, False),
        ((phrase("ward_8"), "8"), True, False),
        ((phrase("khavaran"),), False, True),
    ]
