# SPDX-License-Identifier: Apache-2.0
"""What people type: queries, said dates, details, codes, recovery sheets. Nothing typed may break the program."""

from __future__ import annotations

import msgspec
import sqlcipher3

from fuzz.target import Target
from testimony_app.archive import folding, query
from testimony_app.cli import details
from testimony_app.crypto import shares
from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError
from testimony_app.i18n import said
from testimony_app.model.ids import NotACode, parse_code
from testimony_app.safekeeping import sheet_words
from tests.texts import text_rows

DETAILS = msgspec.json.encode(
    {
        "languages": ["fa"], "title": "t", "identity": {"names": ["n"]}, "witness": {"pseudonym": "p"},
        "people": [{"name": "a"}], "places": [{"name": "b"}], "notes": ["c"],
        "consent": {"language": "en", "answers": {"P1": "yes"}, "how": "spoken"},
    }
)  # fmt: skip
INDEX = sqlcipher3.connect(":memory:")
INDEX.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
SHEETS = tuple(words.encode() for words in shares.split(Secret(bytes(32)), 2, 2))


def targets() -> tuple[Target, ...]:
    """Return the parsers of what people type."""
    dates = tuple(row[0].encode() for row in text_rows("said_dates.tsv"))
    queries = tuple(row[1].encode() for row in text_rows("search.tsv"))
    folded = tuple(row[0].encode() for row in text_rows("folding.tsv"))
    return (
        Target(
            "query",
            _query,
            (*queries, b"-evin", b'"the hall of visits" gohar*', b"T-7K2F-Q9"),
            (b'"', b"-", b"*", "\u200c".encode()),
        ),
        Target("folding", _folding, folded),
        Target("said-date", _said, dates, (b"/", b"or", b"between", b"Mordad", b"1367")),
        Target("details", _details, (DETAILS,), (b'"consent":', b'"people":', b'"alive_status":')),
        Target("code", _code, (b"T-7K2F-Q9", b"t7k2fq9")),
        Target("sheet-words", _sheet_words, (*SHEETS, b'<th>1</th><td class="word">academic</td>')),
    )


def _query(content: bytes) -> None:
    for term in query.parse(_text(content)).terms:
        # Whatever was typed, the expression for the index is one that SQLite understands.
        for expression in filter(None, (term.in_words, term.in_letters)):
            INDEX.execute("SELECT 1 FROM words WHERE words MATCH ?", (expression,)).fetchall()


def _folding(content: bytes) -> None:
    for fold in (folding.strict, folding.loose, folding.joined):
        once = fold(_text(content))
        assert fold(once) == once, "what is folded is folded again into something else"


def _said(content: bytes) -> None:
    text = _text(content)
    read = said.read_said(text)
    assert read.as_said == text.strip()
    first, last = said.span_of(read)
    assert first is None or last is None or first <= last


def _details(content: bytes) -> None:
    try:
        read = details.parse_details(content)
    except GovahError:
        return
    assert details.parse_details(msgspec.json.encode(read)) == read


def _code(content: bytes) -> None:
    try:
        code = parse_code(_text(content))
    except NotACode:
        return
    assert parse_code(code) == code == parse_code(code.lower())


def _sheet_words(content: bytes) -> None:
    sheets = sheet_words.read_text(_text(content))
    try:
        sheet_words.secret_of(sheets).wipe()
    except GovahError:
        return
    assert {words.encode() for words in sheets} <= set(SHEETS)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
