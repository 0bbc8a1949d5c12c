# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gettext
import io
import re
import string

import pytest

from testimony_app.i18n import catalogue, measures, messages
from testimony_app.i18n.languages import LANGUAGES

COUNTS = (0, 1, 2, 3, 11, 100, 101)
FORBIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u064a\u0643]")
"""Direction controls, and the Arabic yeh and kaf: Persian has its own."""


def test_persian_lacks_nothing(translations):
    """Every sentence of the program has its Persian, in every plural form."""
    assert translations.missing("fa") == []


def test_what_is_extracted_is_what_is_committed(translations):
    """The template is up to date, so that a translator sees every sentence."""
    template = translations.extract()

    assert {message.id for message in template} == {message.id for message in _template(translations)}


def test_translations_name_the_same_places(translations):
    """A translated sentence fills in what the English one does, and nothing else."""
    for language in translations.languages():
        for message in translations.read(language):
            for form in _forms(message.string):
                if message.id and form:
                    assert _names(form) == _names(_singular(message.id)), (language, form)


def test_persian_is_written_with_persian_letters(translations):
    """No Arabic kaf or yeh, no direction controls, no exclamation marks."""
    for message in translations.read("fa"):
        for form in _forms(message.string):
            if message.id:
                assert not FORBIDDEN.search(form), form
                assert "!" not in form, form


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES if one.code != "en"])
def test_no_plural_is_ever_empty(translations, language):
    """Every plural sentence says something for every count, in every language that is listed."""
    words = _compiled(translations, language)
    catalogue.set_language(language, words)

    for message in _template(translations):
        if not isinstance(message.id, str) and message.id:
            for count in COUNTS:
                assert catalogue.ngettext(message.id[0], message.id[1], count)


def test_a_pseudo_language_reaches_every_error(translations):
    """What is written long and accented shows that each sentence really goes through the catalogue."""
    pseudo = translations.extract()
    for message in pseudo:
        if isinstance(message.id, str) and message.id:
            message.string = f"\u00ab{message.id}\u00bb"
    catalogue.set_language("en", gettext.GNUTranslations(io.BytesIO(translations.compiled(pseudo))))

    for code in messages.TABLE:
        for sentence in _sentences(messages.in_words(code)):
            assert sentence.startswith("\u00ab"), code


@pytest.mark.usefixtures("persian")
def test_persian_speaks_persian():
    """A length, a size and an error come out in Persian letters and digits."""
    shown = [measures.durations(720), measures.sizes(1_400_000), messages.in_words("vault.in-use").what]

    assert all(re.search(r"[\u0600-\u06ff]", text) for text in shown)
    assert not any(re.search(r"[0-9A-Za-z]", text) for text in shown)


def _sentences(message):
    return (message.what, message.safe, message.next_step)


def _template(translations):
    with translations.TEMPLATE.open("rb") as stream:
        return translations.read_po(stream)


def _compiled(translations, language):
    return gettext.GNUTranslations(io.BytesIO(translations.compiled(translations.read(language))))


def _singular(key):
    return key if isinstance(key, str) else key[1]


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text or ())


def _names(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
