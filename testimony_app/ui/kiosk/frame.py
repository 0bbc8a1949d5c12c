# SPDX-License-Identifier: Apache-2.0
"""What stands round every page for a witness alone: back, reading aloud, letters larger or smaller, hide, and help."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui import theme
from testimony_app.ui.kiosk.parts import big_button, line
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce

_NARROWEST = 960
_DOT = chr(0x25CF)


class Tools(msgspec.Struct, frozen=True):
    """What is offered round a page."""

    back: bool
    read: bool
    hide: bool
    sizes: bool
    helper: bool


class KioskFrame(QWidget):
    """One page in the middle, a row above, a line below; the same places on every page."""

    back_wanted = Signal()
    read_wanted = Signal()
    larger_wanted = Signal()
    smaller_wanted = Signal()
    hide_wanted = Signal()
    helper_wanted = Signal()

    def __init__(self) -> None:
        """Stand round nothing yet."""
        super().__init__()
        self.setObjectName("kiosk_frame")
        self.setProperty("surface", "paper")
        self._page: QWidget | None = None
        self._look = _look_now()
        self._make_parts()
        self._lay_out()
        self._connect()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._page

    @property
    def is_of_now(self) -> bool:
        """Whether it was made in the language, letters and colours of now."""
        return self._look == _look_now()

    def hasHeightForWidth(self) -> bool:
        """Qt asks: it takes the display as it is."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Qt asks: what the page needs in the width there is, and not in the narrowest it could be put into."""
        box = self.layout()
        width = max(self.width(), _NARROWEST)
        return QSize(_NARROWEST, box.minimumHeightForWidth(width) if box is not None else 0)

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of the one before."""
        before, self._page = self._page, page
        if before is not None:
            before.hide()
            before.deleteLater()
        self._box.addWidget(page, 1)

    def show_tools(self, tools: Tools) -> None:
        """Offer what makes sense on the page."""
        self._back.setVisible(tools.back)
        self._read.setVisible(tools.read)
        self._hide.setVisible(tools.hide)
        self._smaller.setVisible(tools.sizes)
        self._larger.setVisible(tools.sizes)
        self._helper.setVisible(tools.helper)

    def show_line(self, text: str, *, is_safe: bool = True) -> None:
        """Say in one line what becomes of what is said."""
        shown = f"{_DOT}  {text}" if text and is_safe else text
        if shown != self._line.text():
            self._line.setText(shown)
            if self.isVisible():  # with a new page there is enough to be heard; what changes under it is news
                announce(self, text)

    def show_busy(self, is_busy: bool) -> None:
        """Take no wish while something is being saved."""
        for part in (self._back, self._helper):
            part.setEnabled(not is_busy)

    def _make_parts(self) -> None:
        self._back = big_button(f" {_('Back')}", "kiosk_back", "quiet", icon="back", said=_("Back"))
        self._read = big_button(_("Read aloud"), "kiosk_read", "quiet")
        self._smaller = big_button(ltr("A−"), "kiosk_smaller", "quiet", said=_("Smaller letters"))
        self._larger = big_button(ltr("A+"), "kiosk_larger", "quiet", said=_("Larger letters"))
        self._hide = big_button(_("Someone came in"), "kiosk_hide")
        self._helper = big_button(_("Helper"), "kiosk_helper", "quiet", said=_("For the person who helps you"))
        self._line = line("", "kiosk_line")

    def _lay_out(self) -> None:
        above = fill(row(gap=8), self._back, None, self._read, self._smaller, self._larger, self._hide)
        above.setContentsMargins(32, 8, 32, 0)
        self._box: QVBoxLayout = column(gap=0)
        self._box.setContentsMargins(48, 0, 48, 8)
        strip = QFrame()
        strip.setProperty("surface", "strip")
        below = row(strip, gap=12)
        below.setContentsMargins(32, 4, 32, 4)
        below.addWidget(self._line, 1)
        below.addWidget(self._helper)
        whole = column(self, gap=0)
        whole.addLayout(above)
        whole.addLayout(self._box, 1)
        whole.addWidget(strip)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_wanted)
        self._read.clicked.connect(self.read_wanted)
        self._larger.clicked.connect(self.larger_wanted)
        self._smaller.clicked.connect(self.smaller_wanted)
        self._hide.clicked.connect(self.hide_wanted)
        self._helper.clicked.connect(self.helper_wanted)


def _look_now() -> tuple[str, float, bool]:
    return catalogue.language(), theme.scale(), theme.is_dark()
