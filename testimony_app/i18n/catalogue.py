# SPDX-License-Identifier: Apache-2.0
"""The translated strings: _(), ngettext(), pgettext().

One language at a time for the whole program, changed without a restart. What is not translated comes back in
English, never as a key. The compiled catalogues are made by the build from resources/locale.
"""

from __future__ import annotations

import gettext as standard
import io

from testimony_app import resources

DOMAIN = "govah"
SOURCE_LANGUAGE = "en"


class _Current:
    """The one catalogue in use; a class, so that swapping it is a plain assignment on any thread."""

    code = SOURCE_LANGUAGE
    translations: standard.NullTranslations = standard.NullTranslations()


def set_language(code: str, translations: standard.NullTranslations | None = None) -> None:
    """Use a language from now on; a catalogue may be handed in by whoever tries out a translation."""
    found = translations or load(code)
    _Current.code, _Current.translations = code, found


def language() -> str:
    """Return the code of the language in use."""
    return _Current.code


def load(code: str) -> standard.NullTranslations:
    """Return the compiled catalogue of a language, or one that leaves English as it is."""
    name = f"locale/{code}/LC_MESSAGES/{DOMAIN}.mo"
    if code == SOURCE_LANGUAGE or not resources.path(name).is_file():
        return standard.NullTranslations()
    return standard.GNUTranslations(io.BytesIO(resources.binary(name)))


def gettext(message: str) -> str:
    """Return the sentence in the language in use."""
    # An empty string is the key of the catalogue's own header, which nobody should ever read.
    return _Current.translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the sentence for so many things; the caller fills the number in."""
    return _Current.translations.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return a word whose meaning depends on where it stands."""
    return _Current.translations.pgettext(context, message)


_ = gettext
