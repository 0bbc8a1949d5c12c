# SPDX-License-Identifier: Apache-2.0
"""The words of documents: two paragraphs in each format, and what hostile ones get."""

from __future__ import annotations

import io
import zipfile

import pytest

from testimony_app.intake.errors import TextUnreadable
from testimony_app.intake.reading import may_hold_text, read_document

ONE, TWO = "In the summer of 1988", "\u062f\u0631 \u0627\u0648\u06cc\u0646"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = (
    f"<w:document {W}><w:body><w:p><w:r><w:t>In the </w:t></w:r><w:del><w:r><w:delText>autumn</w:delText>"
    f"<w:t>gone</w:t></w:r></w:del><w:r><w:t>summer of 1988</w:t></w:r></w:p><w:p><w:r><w:t>{TWO}</w:t></w:r></w:p>"
    "</w:body></w:document>"
)
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:h>In the<text:s/>summer <text:span>of 1988</text:span></text:h>"
    f"<text:p><office:annotation><text:span>a remark</text:span></office:annotation>{TWO}</text:p>"
    "</office:text></office:body></office:document-content>"
)


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"{ONE}\r\n{TWO}".encode()),
        ("bom.txt", b"\xef\xbb\xbf" + f"{ONE}\n{TWO}".encode()),
        ("wide.txt", f"{ONE}\n{TWO}".encode("utf-16")),
        ("a.docx", zipped(word__document_xml=DOCX)),
        ("a.odt", zipped(content_xml=ODT)),
    ],
)
def test_the_words_of_a_document(tmp_path, name, content):
    """Each paragraph is a line; what was struck out, and remarks, are left out."""
    (tmp_path / name).write_bytes(content)

    assert read_document(tmp_path / name) == f"{ONE}\n{TWO}"
    assert may_hold_text(tmp_path / name)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + DOCX.replace("In the", "&b;")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02 not a text",
        b"\xe9t\xe9 in an old encoding",
        b"PK\x03\x04 torn",
        b"%PDF-1.7\n\xff\xfe",
        zipped(other_xml="<a/>"),
        zipped(word__document_xml="<w:document"),
        zipped(word__document_xml=LAUGHS),
        zipped(word__document_xml=DOCX.replace("In the", "x" * (5 << 20))),
        zipped(content_xml=b" " * (70 << 20)),
        zipped(content_xml="<a>" * 100_000 + "</a>" * 100_000),
        zipped(content_xml=ODT.replace("<text:s/>", '<text:s text:c="many"/>')),
    ],
    ids=["empty", "bytes", "encoding", "torn", "pdf", "other", "xml", "laughs", "long", "bomb", "deep", "spaces"],
)
def test_what_is_no_text_is_refused(tmp_path, content):
    """Broken and hostile documents are refused alike, and quickly."""
    (tmp_path / "a.docx").write_bytes(content)

    with pytest.raises(TextUnreadable):
        read_document(tmp_path / "a.docx")


def test_a_document_that_is_not_there(tmp_path):
    """A path that leads nowhere is a refusal too."""
    with pytest.raises(TextUnreadable):
        read_document(tmp_path / "none.docx")
