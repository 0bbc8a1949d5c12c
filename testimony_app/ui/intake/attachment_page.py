# SPDX-License-Identifier: Apache-2.0
"""One attachment to look at: a photograph, a scan, or a letter page by page; the picture is as large as the page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label

_SMALLEST = QSize(240, 160)


class PictureView(QWidget):
    """A picture, as large as there is room and no larger than it is."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName("picture")
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage, said: str) -> None:
        """Show a picture; `said` is what a screen reader says of it."""
        self._image = image
        self.setAccessibleName(said)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Qt asks: a picture can always be made smaller."""
        return _SMALLEST

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle, its shape kept."""
        if self._image.isNull():
            return
        size = self._image.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
        place.setSize(size)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)


class AttachmentPage(QWidget):
    """Tells which page is wanted, and when somebody has seen enough."""

    page_wanted = Signal(int)
    left = Signal()

    def __init__(self, back: str) -> None:
        """Show nothing; `back` says where the way back leads."""
        super().__init__()
        self.setObjectName("attachment_page")
        self.setProperty("surface", "paper")
        self._page = self._pages = 0
        self._name = ""
        self._title = label("", "title", name="attachment_title")
        self._count = label("", "soft", name="attachment_count", wraps=False)
        self._waiting = label("", "body", name="attachment_waiting")
        self._picture = PictureView()
        self._before = button(_("Page before"), "page_before")
        self._after = button(_("Next page"), "page_after")
        self._back = button(back, "attachment_back", "main")
        self._before.clicked.connect(lambda: self.page_wanted.emit(self._page - 1))
        self._after.clicked.connect(lambda: self.page_wanted.emit(self._page + 1))
        self._back.clicked.connect(self.left)
        whole = column(self, gap=12)
        whole.setContentsMargins(32, 24, 32, 16)
        below = fill(row(gap=12), self._before, self._after, self._count, None, self._back)
        fill(whole, self._title, self._waiting, self._picture, below)
        whole.setStretch(2, 1)

    def begin(self, name: str) -> None:
        """Show that a file is being opened."""
        self._name = name
        self._title.setText(wording.quoted(name))
        self._pages = 0
        self._picture.show_image(QImage(), "")
        self.show_waiting()
        self._back.setFocus()

    def show_waiting(self) -> None:
        """Show that a page is on its way."""
        self._waiting.setText(_("One moment"))
        self._show_turning(may_turn=False)

    def show_page(self, image: QImage, page: int, pages: int) -> None:
        """Show one page of so many."""
        self._page, self._pages = page, pages
        told = _("Page {page} of {pages}").format(page=page + 1, pages=pages) if pages > 1 else ""
        self._count.setText(digits(told))
        self._waiting.setText("")
        self._picture.show_image(image, f"{wording.quoted(self._name)} {digits(told)}".strip())
        self._show_turning(may_turn=True)
        if told:
            announce(self, digits(told))

    def show_refused(self, told: str) -> None:
        """Show why there is nothing to see, and that the file is kept."""
        self._waiting.setText(told)
        self._show_turning(may_turn=self._pages > 0)
        announce(self, told)

    def forget(self) -> None:
        """Show nothing any more."""
        self._picture.show_image(QImage(), "")

    def _show_turning(self, *, may_turn: bool) -> None:
        for turned, is_there in ((self._before, self._page > 0), (self._after, self._page + 1 < self._pages)):
            turned.setVisible(self._pages > 1)
            turned.setEnabled(may_turn and is_there)
        self._count.setVisible(self._pages > 1)
