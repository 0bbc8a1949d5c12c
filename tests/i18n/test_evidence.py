# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import re
import tomllib

import pytest

from testimony_app import resources
from testimony_app.intake import consent, prompts
from tests.texts import phrase

LANGUAGES = ("en", "fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_text_is_the_one_that_was_published(language):
    """The words that a witness is shown have the digest that stands in the text's own page."""
    meta = tomllib.loads(resources.text("consent/general/v1/meta.toml"))
    body = resources.binary(f"consent/general/v1/{language}.md")

    assert meta["sha256"][language] == hashlib.sha256(body).hexdigest()
    assert b"\r" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_text_asks_the_same_in_every_language(language):
    """Every language asks for the same purposes in the same order, each with a line of help."""
    purposes = tomllib.loads(resources.text("consent/general/v1/meta.toml"))["purposes"]

    text = consent.text(language)

    assert [question.purpose for question in text.questions] == purposes
    assert all(question.title and question.help for question in text.questions)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "as far as the law allows"), ("fa", "as_far_as_the_law_allows")]
)
def test_no_more_is_promised_than_the_law_gives(language, words):
    """The introduction says where secrecy ends, and that a mind may be changed."""
    intro = consent.text(language).intro

    assert (words if language == "en" else phrase(words)) in intro


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_begins_gently_and_closes(language):
    """Opening, events, closing, in this order, with a content note before what may be heavy."""
    guide = prompts.guide(language)

    phases = [section.phase for section in guide.sections]
    assert phases == sorted(phases, key=("opening", "events", "closing").index)
    assert {"opening", "events", "closing"} == set(phases)
    heavy = {"arrest", "interrogation", "summer_1367", "family_told"}
    assert all(section.content_note for section in guide.sections if section.id in heavy)
    assert guide.distress


def test_guides_have_the_same_sections_in_every_language():
    """An answer refers to a section by its id, whatever the language."""
    ids = [[section.id for section in prompts.guide(language).sections] for language in prompts.languages()]

    assert all(these == ids[0] for these in ids)


def test_a_guide_that_is_missing_in_a_language_comes_in_english():
    """A question may be put in other words; a consent text may not."""
    assert prompts.guide("sv").language == "en"
    assert "sv" not in consent.languages()


def test_a_guide_knows_when_it_was_closed():
    """A conversation is not ended in its hardest part without a closing."""
    guide = prompts.guide("en")

    assert not guide.has_closed(frozenset({"arrest", "summer_1367"}))
    assert guide.has_closed(frozenset({"arrest", "remember"}))


def test_nothing_that_a_witness_sees_sounds_like_an_interrogation():
    """Words of the other side are not used for the person who speaks."""
    forbidden = re.compile("|".join(phrase("words_never_used").split()))
    shown = [consent.text("fa").intro, resources.text("prompts/life-story/v1/fa.toml")]

    assert not any(forbidden.search(text) for text in shown)
