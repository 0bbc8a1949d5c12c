# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata

import pytest

from testimony_app import resources
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.intake import consent, prompts
from testimony_app.intake.guides import PHASES, as_text, from_text
from tests.texts import phrase

DRAFTS = [one.code for one in LANGUAGES if one.is_draft]
RIGHT_TO_LEFT = [one.code for one in LANGUAGES if one.is_right_to_left]
OF_V1 = {
    "en": "3656e490fafebc2b3de474bf366376b0886df931aa8236d42473d940d9c33a73",
    "fa": "de11ccf9818d9527b711983da915b470425d00e21c5d3d9a8967d500af42df2c",
}


def meta_of(text):
    """Return what stands in a consent text's own page."""
    return tomllib.loads(resources.text("consent/{}/{}/meta.toml".format(*text)))


def every_text():
    """Return every consent text that was ever published, in each of its languages."""
    return [consent.text(language, of) for of in consent.PUBLISHED for language in meta_of(of)["sha256"]]


def words_of(text):
    """Return everything that a consent text says, sentence by sentence."""
    besides = [one for one in (text.check, text.aloud) if one is not None]
    asked = [line for one in (*text.questions, *besides) for line in (one.title, one.help)]
    return [text.title, text.draft_note, *text.intro.split("\n\n"), *asked]


def test_a_consent_text_is_the_one_that_was_published():
    """The words that a witness is shown have the digest that stands in the text's own page."""
    for of in consent.PUBLISHED:
        for language, digest in meta_of(of)["sha256"].items():
            body = resources.binary("consent/{}/{}/{}.md".format(*of, language))
            assert digest == hashlib.sha256(body).hexdigest()
            assert b"\r" not in body


def test_an_older_text_can_be_read_for_ever():
    """What a witness agreed to under an earlier version is still there, to the byte."""
    for language, digest in OF_V1.items():
        text = consent.text(language, ("general", "v1"))
        assert (text.version, text.sha256) == ("v1", digest)
        assert [one.purpose for one in text.asked_alone] == [one.purpose for one in text.questions]


def test_a_consent_text_asks_the_same_in_every_language():
    """Every language asks for the same purposes in the same order, each with a line of help, and says as much."""
    for of in consent.PUBLISHED:
        texts = [text for text in every_text() if (text.id, text.version) == of]
        for text in texts:
            assert [question.purpose for question in text.questions] == meta_of(of)["purposes"]
            assert all(question.title and question.help for question in text.questions)
            assert len(text.intro.split("\n\n")) == len(texts[0].intro.split("\n\n"))
            assert (text.check is None, text.aloud is None) == (texts[0].check is None, texts[0].aloud is None)


def test_every_use_is_asked_on_its_own():
    """The current text asks for each of the fourteen uses; alone, only for those that need nobody to explain them."""
    asked = [question.purpose for question in consent.text("fa").questions]
    alone = [question.purpose for question in consent.text("fa").asked_alone]

    assert asked == [*(f"P{number}" for number in range(1, 11)), "P11a", "P11b", "P12", "P13"]
    assert set(asked) - set(alone) == {"P7", "P8", "P10", "P11a", "P11b"}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "as far as the law allows"), ("fa", "as_far_as_the_law_allows")]
)
def test_no_more_is_promised_than_the_law_gives(language, words):
    """The introduction says where secrecy ends, and that a mind may be changed."""
    intro = consent.text(language).intro

    assert (words if language == "en" else phrase(words)) in intro


def test_a_draft_says_so_in_its_own_language():
    """Whoever reads a text that no native reader has signed off is told so before anything else; others are not."""
    assert {text.language for text in every_text() if text.draft_note} == set(DRAFTS)
    assert set(meta_of(consent.CURRENT)["counts"]) == set(consent.languages()) - set(DRAFTS)
    assert set(prompts.drafts(prompts.ALONE)) == set(DRAFTS)
    assert len({consent.text(language).draft_note for language in DRAFTS}) == len(DRAFTS)


def test_no_language_leaves_words_of_another():
    """A text in Arabic letters has no Latin ones, a text in Latin letters no Arabic; no sentence stands in two."""
    seen = {}
    for language in prompts.languages(prompts.ALONE):
        guide = prompts.guide(language, prompts.ALONE)
        asked = [prompt for section in guide.sections for prompt in (section.title, *section.self_prompts)]
        said = [*words_of(consent.text(language)), *asked, *guide.distress, guide.hint]
        letters = {unicodedata.name(letter).split()[0] for text in said for letter in text if letter.isalpha()}
        assert letters == {"ARABIC" if language in RIGHT_TO_LEFT else "LATIN"}, language
        for text in filter(None, said):
            assert seen.setdefault(text, language) == language


@pytest.mark.parametrize("language", prompts.languages())
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
    for of in (prompts.CURRENT, prompts.ALONE):
        guides = [prompts.guide(language, of) for language in prompts.languages(of)]
        shapes = [
            [(one.id, one.phase, len(one.self_prompts), bool(one.content_note)) for one in guide.sections]
            for guide in guides
        ]
        assert all(shape == shapes[0] for shape in shapes)


def test_a_guide_that_is_missing_in_a_language_comes_in_english():
    """A question may be put in other words; a consent text may not."""
    assert prompts.guide("sv").language == "en"
    assert "eo" not in consent.languages()


def test_a_guide_knows_when_it_was_closed():
    """A conversation is not ended in its hardest part without a closing."""
    guide = prompts.guide("en")

    assert not guide.has_closed(frozenset({"arrest", "summer_1367"}))
    assert guide.has_closed(frozenset({"arrest", "remember"}))


def test_nothing_that_a_witness_sees_sounds_like_an_interrogation():
    """Words of the other side are not used for the person who speaks."""
    forbidden = re.compile("|".join(phrase("words_never_used").split()))
    asked = [resources.text(f"prompts/{of}/v1/fa.toml") for of in ("life-story", "self-recording")]
    shown = [*words_of(consent.text("fa")), *asked]

    assert not any(forbidden.search(text) for text in shown)


@pytest.mark.parametrize("sign", [">", "<"])
def test_a_word_of_care_may_be_marked_either_way_round(sign):
    """Where lines run from right to left the sign looks turned round; typed as it looks, it means the same."""
    built_in = prompts.guide("fa")
    texts = [as_text(part for part in built_in.sections if part.phase == phase) for phase in PHASES]

    kept = from_text([text.replace("\n> ", f"\n{sign} ") for text in texts], built_in)

    notes = [section.content_note for section in built_in.sections]
    assert any(notes)
    assert [section.content_note for section in kept.sections] == notes
