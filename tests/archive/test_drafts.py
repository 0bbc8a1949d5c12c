# SPDX-License-Identifier: Apache-2.0
"""A collector's search: drafts for as long as the search takes, and nothing afterwards."""

from __future__ import annotations

import pytest

from testimony_app.archive.drafts import among_drafts
from testimony_app.model.testimony import State, Statement
from tests.builders import a_testimony


def add(workspace, text, state=State.DRAFT):
    """Keep a written testimony in a state; return its code."""
    statement = Statement(text=text, language="eng", version=1, saved_at="2026-01-31")
    return workspace.vault.testimonies.add(a_testimony(state=state, statement=statement)).code


def test_a_search_means_the_same_as_at_the_archive(collector):
    """Words, beginnings, phrases, what is left out: over drafts alone."""
    lantern = add(collector, "The lantern stood by the well.")
    boat = add(collector, "A boat with nine sails, and a lantern.")
    add(collector, "The lantern that was sealed.", State.SEALED)

    found = {
        words: {hit.code for hit in collector.search(words).hits}
        for words in ("lantern", "lant", '"nine sails"', "lantern -boat")
    }

    assert found == {
        "lantern": {lantern, boat},
        "lant": {lantern, boat},
        '"nine sails"': {boat},
        "lantern -boat": {lantern},
    }


def test_nothing_is_left_of_it(collector):
    """After a search, and after one that fails, the index is empty and the log no longer than before."""
    add(collector, "The lantern stood by the well.")
    vault, head = collector.vault, collector.vault.custody.head()

    collector.search("lantern")
    with pytest.raises(KeyError):
        among_drafts(vault, collector.catalogue, lambda: {}["nothing"])

    assert not list(vault.index.parts()) and vault.custody.head() == head
