# SPDX-License-Identifier: Apache-2.0
"""Makes the user guide's pages in docs/guide, and its pictures, from resources/guide and the screenshots.

python installer/guide.py pages: writes docs/guide/en.md and fa.md
python installer/guide.py pictures FOLDER: makes the small pictures of the guide from the screenshots in a folder
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from testimony_app.ui.guide.chapters import LANGUAGES, Block, Chapter, Kind, Section, chapters  # noqa: E402

DOCS = ROOT / "docs" / "guide"
PICTURES = ROOT / "resources" / "guide" / "pictures"
WIDTH = 820
MADE = "<!-- Made from resources/guide by installer/guide.py: change it there, then run it. -->"
EDGE = 0xC9C2B5
"""A thin line round each picture: a light screen on a light page has no end otherwise."""
MOST_BYTES = 60_000
FROM = {
    "home": "home-1",
    "practice": "practice-3-home",
    "consent": "interview-2-consent",
    "recording": "interview-3-recording",
    "sealed": "interview-6-sealed",
    "alone": "kiosk-07-prompt",
    "export": "export-1",
    "import": "import-2-report",
    "archive": "archive-1",
}
"""Each picture of the guide, and the screenshot it is made from."""


def page(language: str) -> str:
    """Return the guide in a language as one page of Markdown, with what it contains in front."""
    whole = chapters(language)
    contents = "\n".join(f"- [{one.sections[0].title}](#{one.anchor})" for one in whole)
    body = "\n\n".join(_chapter(one, language) for one in whole)
    if language == "fa":
        # Markdown has no direction of its own; the blank lines let the marks inside be read.
        return f'{MADE}\n\n<div dir="rtl">\n\n{contents}\n\n{body}\n\n</div>\n'
    return f"{MADE}\n\n{contents}\n\n{body}\n"


def write_pages() -> None:
    """Write the pages of every language."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (DOCS / f"{language}.md").write_text(page(language), encoding="utf-8", newline="\n")


def make_pictures(folder: Path) -> None:
    """Make the pictures of every language; raises when one would burden the program."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - the pages are made without Qt
    from PySide6.QtGui import QImage  # noqa: PLC0415

    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for name, screenshot in FROM.items():
            large = QImage(str(folder / f"{screenshot}-{language}-light-100.png"))
            if large.isNull():
                raise FileNotFoundError(screenshot)
            small = large.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
            target = PICTURES / f"{name}-{language}.png"
            _with_few_colours(small).save(str(target), "PNG", 0)
            if target.stat().st_size > MOST_BYTES:
                raise ValueError(f"{target.name}: {target.stat().st_size} bytes")


def _with_few_colours(picture: QImage) -> QImage:
    """Return a picture in its own 250 commonest colours: a screen has few, and the file becomes a quarter as large."""
    from PySide6.QtGui import QImage  # noqa: PLC0415

    shown = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(shown.constBits(), np.uint32).reshape(shown.height(), -1)[:, : shown.width()]
    pixels = pixels & 0xFFFFFF
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        edge[:] = EDGE
    found, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    common = found[np.argsort(-counts, kind="stable")[:250]]
    apart = np.stack([(found >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    kept = np.stack([(common >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    nearest = np.array([np.abs(kept - colour).sum(axis=1).argmin() for colour in apart], np.uint8)
    indices = np.ascontiguousarray(nearest[places].reshape(pixels.shape))
    made = QImage(indices.tobytes(), shown.width(), shown.height(), shown.width(), QImage.Format.Format_Indexed8)
    made.setColorTable([int(0xFF000000 | colour) for colour in common])
    return made.copy()


def _chapter(chapter: Chapter, language: str) -> str:
    return "\n\n".join(_section(section, language) for section in chapter.sections)


def _section(section: Section, language: str) -> str:
    head = f'<a id="{section.anchor}"></a>\n\n{"#" if section.is_chapter else "##"} {section.title}'
    return "\n\n".join([head, *(_block(block, language) for block in section.blocks)])


def _block(block: Block, language: str) -> str:
    if block.kind is Kind.BULLETS:
        return "\n".join(f"- {line}" for line in block.lines)
    if block.kind is Kind.STEPS:
        return "\n".join(f"{number}. {line}" for number, line in enumerate(block.lines, 1))
    if block.kind is Kind.CARE:
        return f"> {block.lines[0]}"
    if block.kind is Kind.PICTURE:
        return f"![{block.lines[0]}](../../resources/guide/pictures/{block.picture}-{language}.png)"
    return block.lines[0]


if __name__ == "__main__":
    if sys.argv[1:2] == ["pictures"]:
        make_pictures(Path(sys.argv[2]))
    else:
        write_pages()
