# SPDX-License-Identifier: Apache-2.0
"""The strip at the bottom: encrypted, no network, saved, room left in hours."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.i18n.measures import sizes
from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import label

_BYTES_PER_HOUR = 48_000 * 3 * 3600  # 48 kHz, 24 bit, one channel, before it is made smaller
_FEW_HOURS = 2


class Facts(msgspec.Struct, frozen=True):
    """What the strip tells; `free_bytes` is None while it is not known."""

    is_encrypted: bool = True
    free_bytes: int | None = None
    note: str = ""
    """A sentence instead of the room left, as an archive's last fixity check."""

    @property
    def hours(self) -> int:
        """Return how many whole hours of recording fit."""
        return (self.free_bytes or 0) // _BYTES_PER_HOUR


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.token = "sealed"
        self.setFixedSize(8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.token))
        painter.drawEllipse(self.rect())
        painter.end()


class Strip(QFrame):
    """Always there, never in the way."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setProperty("surface", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._dot = _Dot()
        self._encrypted = label("", "small", name="strip_encrypted", wraps=False)
        self._network = label(_("No network"), "small", name="strip_network", wraps=False)
        self._saved = label(_("All changes saved"), "small", name="strip_saved", wraps=False)
        self._room = label("", "small", name="strip_room", wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self._encrypted)
        for part in (self._network, self._saved):
            row.addSpacing(theme.pixels(20))
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._room)
        self.show_facts(Facts())

    def show_facts(self, facts: Facts) -> None:
        """Show what is true now."""
        self._dot.token = "sealed" if facts.is_encrypted else "ink-faint"
        self._dot.update()
        self._encrypted.setText(_("Encrypted on this computer") if facts.is_encrypted else _("No vault is open"))
        self._room.setText(facts.note or _room_words(facts))

    def show_saving(self, is_saving: bool) -> None:
        """Show whether everything typed is kept."""
        self._saved.setText(_("Saving …") if is_saving else _("All changes saved"))


def _room_words(facts: Facts) -> str:
    if facts.free_bytes is None:
        return ""
    size = sizes(facts.free_bytes)
    if facts.hours < 1:
        return _("Free space {size} · less than an hour of audio").format(size=size)
    return digits(_("Free space {size} · about {hours} h of audio").format(size=size, hours=facts.hours))
