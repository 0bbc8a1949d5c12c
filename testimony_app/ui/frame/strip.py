# SPDX-License-Identifier: Apache-2.0
"""The strip at the bottom: encrypted, no network, saved, room left in hours."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
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
        self.token = "sealed"  # noqa: S105 - a colour's name
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
        self._facts, self._is_saving = Facts(), False
        self._dot = _Dot()
        self._encrypted = label("", "small", name="strip_encrypted", wraps=False)
        self._network = label("", "small", name="strip_network", wraps=False)
        self._saved = label("", "small", name="strip_saved", wraps=False)
        self._room = label("", "small", name="strip_room", wraps=False)
        self._row = row = QHBoxLayout(self)
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
        self._facts = facts
        self._dot.token = "sealed" if facts.is_encrypted else "ink-faint"
        self._dot.update()
        self._say()

    def show_saving(self, is_saving: bool) -> None:
        """Show whether everything typed is kept."""
        self._is_saving = is_saving
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say it in fewer words where there is less room."""
        super().resizeEvent(event)
        self._say()

    def minimumSizeHint(self) -> QSize:
        """Qt asks: never the reason that a window can't be made smaller."""
        return QSize(0, super().minimumSizeHint().height())

    def _say(self) -> None:
        self._show_words(_full_words(self._facts, is_saving=self._is_saving))
        if super().minimumSizeHint().width() > self.width():
            self._show_words(_short_words(self._facts, is_saving=self._is_saving))

    def _show_words(self, words: tuple[str, str, str, str]) -> None:
        for part, said in zip((self._encrypted, self._network, self._saved, self._room), words, strict=True):
            part.setText(said)
        self._row.invalidate()


def _full_words(facts: Facts, *, is_saving: bool) -> tuple[str, str, str, str]:
    return (
        _("Encrypted on this computer") if facts.is_encrypted else _("No vault is open"),
        _("No network"),
        _("Saving …") if is_saving else _("All changes saved"),
        facts.note or _room_words(facts),
    )


def _short_words(facts: Facts, *, is_saving: bool) -> tuple[str, str, str, str]:
    room = digits(_("{hours} h left").format(hours=facts.hours)) if facts.free_bytes is not None else ""
    return (
        _("Encrypted") if facts.is_encrypted else _("No vault"),
        _("No network"),
        _("Saving …") if is_saving else _("Saved"),
        facts.note or room,
    )


def _room_words(facts: Facts) -> str:
    if facts.free_bytes is None:
        return ""
    size = sizes(facts.free_bytes)
    if facts.hours < 1:
        return _("Free space {size} · less than an hour of audio").format(size=size)
    return digits(_("Free space {size} · about {hours} h of audio").format(size=size, hours=facts.hours))
