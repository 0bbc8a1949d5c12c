# SPDX-License-Identifier: Apache-2.0
"""Draws the program's icon in the forms that each system wants, from the one picture in resources/icons."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"govah.ico": 256, "govah.icns": 512, "govah.png": 256}
PAPER, INK = "#1f5560", b"#ffffff"  # the tokens "action" and white, as in resources/style/tokens.toml


def drawn(size: int) -> QImage:
    """Return the icon at a size: the sign in white on a rounded square."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PAPER))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
    picture = (ROOT / "resources/icons/govah.svg").read_bytes().replace(b"#000000", INK)
    QSvgRenderer(QByteArray(picture)).render(painter, QRectF(size / 8, size / 8, size * 3 / 4, size * 3 / 4))
    painter.end()
    return image


def main() -> int:
    """Write every form into the folder named; say which could not be written."""
    _application = QGuiApplication([])
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    failed = [name for name, size in SIZES.items() if not drawn(size).save(str(folder / name))]
    for name in failed:
        print(f"icons: {name} could not be written", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
