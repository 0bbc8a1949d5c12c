# SPDX-License-Identifier: Apache-2.0
"""Photographs and pdfs become pixels and words in a process that can do nothing else; hostile ones become nothing."""

from __future__ import annotations

import io
import struct
import sys
import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter

from testimony_app.confined import pictures
from testimony_app.intake import looking
from testimony_app.intake.errors import PictureUnreadable, TextUnreadable
from testimony_app.intake.reading import may_hold_text, read_document
from testimony_app.model.testimony import Attachment

WORDS = ("In the summer of 1988", "they moved us north.")


@pytest.fixture(autouse=True)
def running(qapp):
    """Have an application: text is painted on the pages of a pdf with its fonts."""


def picture(kind, width=640, height=480):
    """Return a red picture with a blue corner, as a file of a kind."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 30))
    image.setPixelColor(0, 0, QColor(30, 30, 200))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data())


def pdf(pages=WORDS):
    """Return a pdf with a line of text on each page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    for number, text in enumerate(pages):
        if number:
            writer.newPage()
        painter.drawText(QPoint(1000, 1000), text)
    painter.end()
    return bytes(buffer.data())


def looked(content, **how):
    """Return what is seen of a file."""
    return looking.look(io.BytesIO(content), len(content), **how)


@pytest.mark.parametrize("kind", ["jpeg", "png", "bmp", "webp", "tiff"])
def test_a_photograph_is_seen(kind):
    """Each common format becomes plain pixels of its own size, and red is red."""
    seen = looked(picture(kind))

    assert (seen.width, seen.height, seen.pages) == (640, 480, 1)
    middle = 3 * (640 * 240 + 320)
    red, green, blue = seen.pixels[middle : middle + 3]
    assert red > 180 and green < 60 and blue < 60


def test_a_large_photograph_is_seen_at_the_size_that_is_shown():
    """No more pixels come than were asked for, and the shape stays."""
    seen = looked(picture("jpeg", 3000, 1500), longest_side=600)

    assert (seen.width, seen.height) == (600, 300)


@pytest.mark.skipif(sys.platform != "linux", reason="what is given up elsewhere is less")
def test_the_process_gave_up_everything_first():
    """Before the first byte of a picture it may write no file, open no connection and start no program."""
    given = set(looked(picture("png")).given_up)

    assert "resources" in given
    if not {"landlock", "system-calls"} <= given:
        pytest.skip("this kernel offers no filter, or no Landlock")


def chunk(name, body):
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def boasting():
    """Return a PNG of a few bytes that says it is sixty thousand pixels wide and high."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


HOSTILE = {
    "bytes": lambda: b"\xff\xd8\xff\xe0" + b"x" * 5000,
    "boasting": boasting,
    "drawing": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>',
    "no picture": lambda: b"%!PS-Adobe",
    "pdf": lambda: b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj",
    "cut pdf": lambda: pdf()[:300],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_picture_is_refused(name):
    """Broken files, files that lie about their size, and drawings that are programs are refused alike."""
    with pytest.raises(PictureUnreadable):
        looked(HOSTILE[name]())


def test_nothing_is_asked_of_a_file_that_is_empty_or_too_large():
    """No process is started for a file without a byte, or of a size that no photograph has."""
    for count in (0, pictures.LARGEST_FILE + 1):
        with pytest.raises(PictureUnreadable):
            looking.look(io.BytesIO(b""), count)


def test_the_pages_of_a_pdf(tmp_path):
    """Each page is seen by its number, and one beyond the last is refused."""
    file = pdf()

    second = looked(file, page=1, longest_side=400)

    assert (second.pages, second.height) == (2, 400)
    assert min(second.pixels) < 200 and max(second.pixels) == 255
    with pytest.raises(PictureUnreadable):
        looked(file, page=2)


def test_the_words_of_a_pdf(tmp_path):
    """Its pages follow each other as paragraphs; one that holds pictures only has no words, and says so."""
    (tmp_path / "letter.pdf").write_bytes(pdf())
    (tmp_path / "scan.pdf").write_bytes(pdf(("",)))

    assert may_hold_text(tmp_path / "letter.pdf")
    assert read_document(tmp_path / "letter.pdf") == "\n\n".join(WORDS)
    for name in ("scan.pdf", "none.pdf"):
        with pytest.raises(TextUnreadable):
            read_document(tmp_path / name)


def test_an_attachment_is_looked_at_from_its_ciphertext(vault, draft):
    """What lies sealed in the vault is seen, and nothing of it is written anywhere."""
    content = picture("jpeg")
    kept = vault.testimonies.attach(draft.id, io.BytesIO(content), media_type="image/jpeg", title="yard.jpg")
    before = sorted(vault.folder.rglob("*"))

    held = looking.prepare(vault, kept)
    seen = held.look(longest_side=320)
    held.close()

    assert (seen.width, seen.height) == (320, 240)
    assert sorted(vault.folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("kind", "is_seen"),
    [("image/jpeg", True), ("application/pdf", True), ("image/svg+xml", False), ("audio/wav", False)],
)
def test_only_what_can_be_shown_is_offered(kind, is_seen):
    """Photographs, scans and pdfs; nothing else."""
    assert looking.may_be_seen(Attachment("a", "b", kind, "t", 1, "")) is is_seen
