# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gettext
import io
import re
import string

import pytest
from PySide6.QtGui import QRawFont

from testimony_app import resources
from testimony_app.i18n import catalogue
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.ui.kiosk import words

DRAFTS = [one.code for one in LANGUAGES if one.is_draft]
COUNTS = (0, 1, 2, 3, 11, 100, 101)
ACCENTED = str.maketrans(
    "aeiouAEIOUcnsy", "\u00e4\u00e9\u00ef\u00f6\u00fc\u00c4\u00c9\u00cf\u00d6\u00dc\u00e7\u00f1\u0161\u00fd"
)
TO_ARABIC = str.maketrans({letter: chr(0x0627 + place) for place, letter in enumerate(string.ascii_lowercase[:18])})
IN_BRACES = re.compile(r"(\{\w+\})")
FONTS = ("fonts/Vazirmatn-Regular.ttf", "fonts/Roboto-Regular.ttf")


def forms(message):
    """Return every form of a translation."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def pseudo(translations, change):
    """Return a language that is made from English, with every placeholder as it was."""
    made = translations.extract()
    for message in made:
        if message.id:
            said = message.id if isinstance(message.id, str) else message.id[1]
            text = "".join(part if IN_BRACES.fullmatch(part) else change(part) for part in IN_BRACES.split(said))
            message.string = text if isinstance(message.id, str) else (text,) * made.num_plurals
    return gettext.GNUTranslations(io.BytesIO(translations.compiled(made)))


@pytest.fixture(scope="module")
def alone(translations):
    """Return every sentence of self-recording, of its keys and of lengths."""
    rooms = ("testimony_app/ui/kiosk/", "testimony_app/ui/keyboard/", "testimony_app/i18n/measures.py")
    every = [one for one in translations.extract() if one.id]
    return [one for one in every if any(place.startswith(rooms) for place, _line in one.locations)]


@pytest.mark.parametrize("language", DRAFTS)
def test_a_draft_has_all_that_a_witness_alone_reads(translations, alone, language):
    """No sentence that a witness alone reads falls back to English."""
    draft = translations.read(language)

    found = {(one.id, one.context): draft.get(one.id, one.context) for one in alone}

    assert len(found) > 100
    assert [key for key, one in found.items() if one is None or not all(forms(one))] == []


@pytest.mark.parametrize("language", DRAFTS)
def test_each_plural_of_a_draft_speaks_its_own_language(translations, language):
    """A translated plural has a form for every count, and none of them is the English one."""
    compiled = gettext.GNUTranslations(io.BytesIO(translations.compiled(translations.read(language))))

    done = [one for one in translations.read(language) if isinstance(one.id, tuple) and any(forms(one))]

    assert done
    for message in done:
        assert all(forms(message)), message.id
        for count in COUNTS:
            assert compiled.ngettext(*message.id, count) in forms(message)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", [one.code for one in LANGUAGES if one.code != "en"])
def test_the_fonts_that_we_bring_have_every_letter(translations, language):
    """No letter of a translation is an empty box where the system has no fonts of its own."""
    fonts = [QRawFont(str(resources.path(name)), 16) for name in FONTS]
    letters = {letter for one in translations.read(language) if one.id for form in forms(one) for letter in form}

    assert all(font.isValid() for font in fonts)
    assert sorted(letter for letter in letters if not any(font.supportsCharacter(ord(letter)) for font in fonts)) == []


@pytest.mark.parametrize(
    "change",
    [lambda text: text.translate(ACCENTED) + text[-2:] * 2, lambda text: text.lower().translate(TO_ARABIC)],
    ids=["long-and-accented", "right-to-left"],
)
def test_every_word_of_self_recording_goes_through_the_catalogue(translations, change):
    """In an invented language no page that is put to a witness keeps a word of English."""
    asked = words.refused, words.nothing, words.erased, words.after, words.sealing, words.trouble, words.came_back
    english = [make() for make in asked]
    catalogue.set_language("en", pseudo(translations, change))
    shown = [make() for make in asked]

    for before, after in zip(english, shown, strict=True):
        assert after.heading != before.heading
        assert after.body != before.body
        pairs = zip(before.choices, after.choices, strict=True)
        assert all(one.text != other.text for one, other in pairs)
