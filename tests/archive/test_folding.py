# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.archive import folding
from tests.texts import text_rows

ROWS = text_rows("folding.tsv")


@pytest.mark.parametrize(("text", "strict", "loose", "joined"), ROWS, ids=range(len(ROWS)))
def test_letters_that_should_be_found_alike_are_made_alike(text, strict, loose, joined):
    """Three keys for each text, as the page on languages has them."""
    assert folding.strict(text) == strict
    assert folding.loose(text) == loose
    assert folding.joined(text) == joined


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    """A folded text is its own key, so that index and query always meet."""
    assert folding.strict(folding.strict(text)) == folding.strict(text)
    assert folding.loose(folding.loose(text)) == folding.loose(text)
    assert folding.joined(folding.joined(text)) == folding.joined(text)


@given(st.text())
def test_composed_and_taken_apart_text_fold_alike(text):
    """However a keyboard composes a letter, it is found."""
    import unicodedata

    whole = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert folding.loose(whole) == folding.loose(apart)
