# SPDX-License-Identifier: Apache-2.0
"""Colours, sizes and icons from resources/style, for light and dark.

One palette and one style sheet are made from the tokens and put on the whole application at once. A widget that
paints itself asks `colour("action")`; no colour, size or font name stands anywhere else in the program.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from testimony_app import resources

SMALLEST, LARGEST, STEP = 100, 200, 25
_ICON_PIXELS = 24
_SHARP = 2  # icons are drawn at twice their size, for dense displays


class _Type(msgspec.Struct, frozen=True):
    families: tuple[str, ...]
    base: float
    small: float
    heading: float
    title: float
    display: float
    witness: float


class Tokens(msgspec.Struct, frozen=True):
    """What tokens.toml holds."""

    light: dict[str, str]
    dark: dict[str, str]
    type: _Type
    shape: dict[str, int]


@cache
def tokens() -> Tokens:
    """Return the tokens, read once."""
    return msgspec.toml.decode(resources.binary("style/tokens.toml"), type=Tokens)


class _Shown:
    """What is on the screen now; one look for one program."""

    is_dark = False
    scale = 1.0


def is_dark() -> bool:
    """Tell whether the dark colours are in use."""
    return _Shown.is_dark


def scale() -> float:
    """Return the text size in use, 1.0 to 2.0."""
    return _Shown.scale


def pixels(length: int) -> int:
    """Return a length that grows with half of the text size, so that large text keeps room on the screen."""
    return round(length * (1 + (_Shown.scale - 1) / 2))


def colour(name: str) -> QColor:
    """Return the colour of a token as it is shown now."""
    shown = tokens().dark if _Shown.is_dark else tokens().light
    return QColor(shown[name])


def font(size: str = "base", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font at a named size of the tokens and the text size in use."""
    made = QFont()
    made.setFamilies(list(tokens().type.families))
    made.setPointSizeF(getattr(tokens().type, size) * _Shown.scale)
    made.setWeight(weight)
    return made


@cache
def load_fonts() -> None:
    """Offer the bundled fonts to Qt, once; where there are none, the system's serve."""
    for name in resources.names("fonts"):
        if name.endswith((".ttf", ".otf")):
            QFontDatabase.addApplicationFontFromData(QByteArray(resources.binary(name)))


def wants_dark(choice: str) -> bool:
    """Tell whether a choice of `light`, `dark` or `system` means dark now."""
    if choice == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return choice == "dark"


def apply(app: QApplication, choice: str = "system", text_size: int = SMALLEST) -> None:
    """Put colours, fonts and the style sheet on the whole application."""
    _Shown.is_dark = wants_dark(choice)
    _Shown.scale = min(max(text_size, SMALLEST), LARGEST) / 100
    icon.cache_clear()
    sheet = style_sheet()
    # Dressing every living widget anew takes a while that somebody would notice; the same look again is no reason.
    if sheet == app.styleSheet() and font() == app.font():
        return
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(sheet)


def style_sheet() -> str:
    """Return the one style sheet with the tokens of the look in use filled in."""
    shown = tokens().dark if _Shown.is_dark else tokens().light
    sheet = re.sub(r"/\*.*?\*/", "", resources.text("style/app.qss"), flags=re.DOTALL)
    sheet = re.sub(r"\$([a-z]+(?:-[a-z]+)*)", lambda found: shown[found[1]], sheet)
    sheet = re.sub(r"\bpt\(([\d.]+)\)", lambda found: f"{float(found[1]) * _Shown.scale:.2f}pt", sheet)
    return re.sub(r"\bpx\((\d+)\)", lambda found: f"{pixels(int(found[1]))}px", sheet)


def _palette() -> QPalette:
    role = QPalette.ColorRole
    meaning = {
        role.Window: "paper", role.WindowText: "ink", role.Base: "card", role.AlternateBase: "paper",
        role.Text: "ink", role.Button: "card", role.ButtonText: "ink", role.Highlight: "action",
        role.HighlightedText: "on-action", role.PlaceholderText: "ink-soft", role.Link: "action",
        role.LinkVisited: "action-deep", role.ToolTipBase: "ink", role.ToolTipText: "paper", role.Accent: "action",
        role.Mid: "line", role.Midlight: "line", role.Light: "card", role.Dark: "line-strong", role.BrightText: "card",
        role.Shadow: "line-strong",
    }  # fmt: skip
    palette = QPalette()
    for part, name in meaning.items():
        palette.setColor(part, colour(name))
    for part in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, colour("ink-faint"))
    return palette


@cache
def _mirrored() -> frozenset[str]:
    return frozenset(resources.text("icons/mirrored.txt").split())


@cache
def icon(name: str, token: str = "ink") -> QIcon:  # noqa: S107 - a colour's name
    """Return an icon in a token's colour; one that points turns round where text runs from the right."""
    return QIcon(pixmap(name, token, _ICON_PIXELS))


def pixmap(name: str, token: str, side: int) -> QPixmap:
    """Return an icon as a picture with so many pixels to a side, sharp on dense displays."""
    drawing = resources.text(f"icons/{name}.svg").replace("#000000", colour(token).name())
    image = QImage(QSize(side, side) * _SHARP, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode("ascii"))).render(painter)
    painter.end()
    if name in _mirrored() and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        image.flip(Qt.Orientation.Horizontal)
    picture = QPixmap.fromImage(image)
    picture.setDevicePixelRatio(_SHARP)
    return picture
