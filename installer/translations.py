# SPDX-License-Identifier: Apache-2.0
"""Keeps the translations in step with the program: extract, update, compile, missing.

python installer/translations.py extract: writes resources/locale/govah.pot and brings each .po up to date
python installer/translations.py compile: makes the .mo files that the program reads (not committed)
python installer/translations.py missing: lists what each language lacks; fails if Persian lacks anything
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "govah.pot"
COMPLETE = ("fa",)
# Babel knows Kurmanji as Kurdish, and South Azerbaijani as Azerbaijani: only the plural rule depends on it.
PLURALS_LIKE = {"kmr": "ku", "azb": "az"}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "counted": (2, 3),
    "pgettext": ((1, "c"), 2),
}


def extract() -> Catalog:
    """Return a catalogue of every sentence in the program that a person may read."""
    catalogue = _empty(None)
    found = extract_from_dir(ROOT / "testimony_app", keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in found:
        if message:
            # No line numbers: they would change with every edit and bury what really changed.
            catalogue.add(message, None, [(f"testimony_app/{file}", 0)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it stands in the project."""
    file = po_file(language)
    if not file.is_file():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=PLURALS_LIKE.get(language, language))


def update(language: str, template: Catalog) -> None:
    """Bring a language's file up to date: new sentences empty, lost ones dropped, nothing guessed."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = template.header_comment
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    po_file(language).write_bytes(written(catalogue))


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as it is kept: sorted, without dates, the same for the same words."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, no_location=True, omit_header=False, width=110, ignore_obsolete=True)
    # Babel's own version and the clock would make a difference where there is none.
    noise = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team')
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(noise))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue in the form that the program reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def languages() -> list[str]:
    """Return the languages that have a file of translations."""
    return sorted(file.parent.parent.name for file in LOCALE.glob("*/LC_MESSAGES/govah.po"))


def po_file(language: str) -> Path:
    """Return where a language's sentences are kept."""
    return LOCALE / language / "LC_MESSAGES" / "govah.po"


def missing(language: str, template: Catalog | None = None) -> list[str]:
    """Return the sentences of the program that a language lacks, a plural with an empty form included."""
    catalogue = read(language)
    return [_key(message) for message in _sentences(template or extract()) if not _has(catalogue, message)]


def compile_all() -> None:
    """Write the .mo file of each language beside its .po."""
    for language in languages():
        po_file(language).with_suffix(".mo").write_bytes(compiled(read(language)))


def _empty(language: str | None) -> Catalog:
    known = PLURALS_LIKE.get(language, language) if language else None
    catalogue = Catalog(locale=known, project="govah", version="1", charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# Govah's words for people. SPDX-License-Identifier: Apache-2.0"
    return catalogue


def _sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _has(catalogue: Catalog, wanted: Message) -> bool:
    found = catalogue.get(wanted.id, wanted.context)
    if found is None or found.fuzzy:
        return False
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    if not isinstance(wanted.id, str) and len(forms) != catalogue.num_plurals:
        return False
    return all(forms)


def _extract_command() -> int:
    template = extract()
    TEMPLATE.write_bytes(written(template))
    for language in sorted({*languages(), *COMPLETE}):
        update(language, template)
    return 0


def _missing_command() -> int:
    template, failed = extract(), False
    total = sum(1 for _sentence in _sentences(template))
    for language in languages():
        lacking = missing(language, template)
        print(f"{language}: {total - len(lacking)} of {total}")
        for sentence in lacking:
            print(f"    {sentence}")
        failed = failed or (language in COMPLETE and bool(lacking))
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Run one of the three commands and return its exit status."""
    if arguments == ["extract"]:
        return _extract_command()
    if arguments == ["compile"]:
        compile_all()
        return 0
    if arguments == ["missing"]:
        return _missing_command()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
