# SPDX-License-Identifier: Apache-2.0
"""A chapter of the guide as the page that a reader sees, in the colours and letters of now."""

from __future__ import annotations

import re
from html import escape

from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui import theme
from testimony_app.ui.guide.chapters import Block, Chapter, Kind, Section

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`(.+?)`")
_LINK = re.compile(r"\[(.+?)\]\((#[a-z0-9-]+)\)")
_HANGING = 28  # pixels that a step's number stands before its words


def page(chapter: Chapter, *, is_right_to_left: bool, picture_width: int) -> str:
    """Return a chapter as HTML; a picture's address is its name."""
    side = "rtl" if is_right_to_left else "ltr"
    body = "".join(_section(section, side, picture_width) for section in chapter.sections)
    return f"<html><head><style>{_style()}</style></head><body dir='{side}'>{body}</body></html>"


def _style() -> str:
    ink, soft, action, care = (theme.colour(name).name() for name in ("ink", "ink-soft", "action", "care"))
    size = theme.tokens().type.base * theme.scale()
    return (
        f"body, p, li {{ color: {ink}; line-height: 150%; }}"
        f"h1 {{ font-size: {size * 1.6:.1f}pt; margin-bottom: 8px; }}"
        f"h2 {{ font-size: {size * 1.2:.1f}pt; margin-top: 28px; margin-bottom: 4px; }}"
        f"a {{ color: {action}; text-decoration: underline; }}"
        f"p.care {{ color: {care}; font-weight: 600; }}"
        f"p.shown {{ color: {soft}; font-size: {size * 0.9:.1f}pt; }}"
        "p.picture { line-height: 100%; margin-top: 12px; margin-bottom: 4px; }"
        "li { margin-bottom: 6px; } p { margin-top: 8px; margin-bottom: 8px; }"
    )


def _section(section: Section, side: str, picture_width: int) -> str:
    level = "h1" if section.is_chapter else "h2"
    head = f"<{level} dir='{side}'><a name='{section.anchor}'></a>{escape(section.title)}</{level}>"
    return head + "".join(_block(block, side, picture_width) for block in section.blocks)


def _block(block: Block, side: str, picture_width: int) -> str:
    if block.kind is Kind.BULLETS:
        items = "".join(f"<li dir='{side}'>{_words(line)}</li>" for line in block.lines)
        return f"<ul dir='{side}'>{items}</ul>"
    if block.kind is Kind.STEPS:
        # Qt numbers its own lists with Latin digits only.
        return "".join(_step(number, line, side) for number, line in enumerate(block.lines, 1))
    if block.kind is Kind.PICTURE:
        shown = _words(block.lines[0])
        image = f"<p class='picture' dir='{side}'><img src='{block.picture}' width='{picture_width}'></p>"
        return f"{image}<p class='shown' dir='{side}'>{shown}</p>"
    kind = " class='care'" if block.kind is Kind.CARE else ""
    return f"<p{kind} dir='{side}'>{_words(block.lines[0])}</p>"


def _step(number: int, line: str, side: str) -> str:
    hanging = theme.pixels(_HANGING)
    style = f"-qt-block-indent: 1; text-indent: -{hanging}px; margin-bottom: 6px"
    return f"<p dir='{side}' style='{style}'>{digits(f'{number}.')}&nbsp; {_words(line)}</p>"


def _words(text: str) -> str:
    strong = _STRONG.sub(r"<b>\1</b>", escape(text, quote=False))
    strong = _CODE.sub(lambda found: f"<b>{ltr(found[1])}</b>", strong)
    return _LINK.sub(r"<a href='\2'>\1</a>", strong)
