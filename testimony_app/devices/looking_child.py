# SPDX-License-Identifier: Apache-2.0
"""The process in which other people's pictures and pdfs are parsed: it can read, and say what it read, nothing else.

Started as `python -m testimony_app.devices.looking_child`, or by the frozen program with `--looking-child` as its
first argument. Its task and the bytes come over standard input, pixels or words go to standard output. It opens no
file of the witness's and may write none. Only the formats below are tried, each by its own first bytes; what a
picture says of its size is checked before any of it is unpacked.
"""

from __future__ import annotations

import sys

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument

from testimony_app.confined import giving_up, pictures, pipes

_FORMATS = ("jpeg", "png", "gif", "webp", "bmp", "tiff")
_MOST_PIXELS = 120_000_000
"""More than any camera of today; a picture of a few bytes may pretend to have more."""
_ALLOCATION_MIB = 768
_PDF_HEAD = b"%PDF-"
_HEAD_WITHIN = 1024
_PIECE = 1 << 20
_Answer = pictures.Seen | pictures.Read | pictures.Unseen


def main() -> int:
    """Do the one task that standard input names; return 0 when an answer was given."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        task = msgspec.msgpack.decode(pipes.receive(source, pictures.MESSAGE_MAX), type=pictures.Task)
        _warm_up()
        given = giving_up.give_up(None, pictures.BOUNDS)
        pipes.send(answers, _answer(task, _content(source, task.byte_count), given))
    except (pipes.Silence, BrokenPipeError, msgspec.DecodeError):
        return 1
    return 0


def _content(source: pipes.Pipe, byte_count: int) -> bytes:
    content = bytearray()
    while len(content) < byte_count:
        piece = source.read(min(_PIECE, byte_count - len(content)))
        if not piece:
            raise pipes.Silence
        content += piece
    return bytes(content)


def _answer(task: pictures.Task, content: bytes, given: tuple[str, ...]) -> _Answer:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    try:
        if _PDF_HEAD in content[:_HEAD_WITHIN]:
            return _words(buffer) if task.wants_words else _page(buffer, task, given)
        return pictures.Unseen() if task.wants_words else _picture(buffer, task, given)
    except MemoryError:
        return pictures.Unseen()


def _picture(buffer: QBuffer, task: pictures.Task, given: tuple[str, ...]) -> pictures.Seen | pictures.Unseen:
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()).decode("ascii", "replace") not in _FORMATS or not _is_honest(size):
        return pictures.Unseen()
    # A large photograph is unpacked at the size that is shown, where its format can do that.
    reader.setScaledSize(_fitted(size, task.longest_side))
    image = reader.read()
    return pictures.Unseen() if image.isNull() else _seen(image, 1, given)


def _page(buffer: QBuffer, task: pictures.Task, given: tuple[str, ...]) -> pictures.Seen | pictures.Unseen:
    document = QPdfDocument()
    document.load(buffer)
    pages = document.pageCount()
    if document.status() is not QPdfDocument.Status.Ready or not 0 <= task.page < min(pages, pictures.MOST_PAGES):
        return pictures.Unseen()
    points = document.pagePointSize(task.page)
    if not (0 < points.width() < 1e6 and 0 < points.height() < 1e6):
        return pictures.Unseen()
    scale = task.longest_side / max(points.width(), points.height())
    size = QSize(max(1, int(points.width() * scale)), max(1, int(points.height() * scale)))
    image = document.render(task.page, size)
    document.close()
    return pictures.Unseen() if image.isNull() else _seen(image, min(pages, pictures.MOST_PAGES), given)


def _words(buffer: QBuffer) -> pictures.Read | pictures.Unseen:
    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        return pictures.Unseen()
    told, length = [], 0
    for page in range(min(document.pageCount(), pictures.MOST_PAGES)):
        giving_up.still_alive(pictures.SILENCE_SECONDS)
        text = document.getAllText(page).text().replace("\r\n", "\n").replace("\0", "")
        length += len(text) + 2
        if length > pictures.LONGEST_TEXT:
            return pictures.Unseen()
        told.append(text.strip())
    document.close()
    return pictures.Read("\n\n".join(text for text in told if text))


def _seen(image: QImage, pages: int, given: tuple[str, ...]) -> pictures.Seen:
    # On white: what is transparent would be black ink on black paper.
    flat = QImage(image.size(), QImage.Format.Format_RGB888)
    flat.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    width, height, line = flat.width(), flat.height(), flat.bytesPerLine()
    whole = bytes(flat.constBits())
    pixels = b"".join(whole[row * line : row * line + width * 3] for row in range(height))
    return pictures.Seen(width, height, pages, pixels, given)


def _is_honest(size: QSize) -> bool:
    return size.isValid() and not size.isEmpty() and size.width() * size.height() <= _MOST_PIXELS


def _fitted(size: QSize, longest: int) -> QSize:
    if max(size.width(), size.height()) <= longest:
        return size
    fitted = size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(QSize(1, 1))


def _warm_up() -> None:
    """Load what decoding needs while loading is still easy."""
    QCoreApplication.instance() or QCoreApplication([])
    QImageReader.setAllocationLimit(_ALLOCATION_MIB)
    QImageReader.supportedImageFormats()


if __name__ == "__main__":
    sys.exit(main())
