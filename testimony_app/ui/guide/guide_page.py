# SPDX-License-Identifier: Apache-2.0
"""The guide's two sides: its headings, to be searched and chosen, and the chapter that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QWidget

from testimony_app import resources
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.ui import theme
from testimony_app.ui.guide import paging
from testimony_app.ui.guide.chapters import PICTURES, Chapter, Section, chapters, folded
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import label

_ANCHOR = Qt.ItemDataRole.UserRole
_INDENT = "\N{NO-BREAK SPACE}" * 4
_LIST_WIDTH = 300
_WIDEST_PICTURE = 640


class GuidePage(QWidget):
    """Opens at an anchor; a heading that is chosen, or a link that is followed, opens another."""

    def __init__(self, language: str) -> None:
        """Show the guide in a language that it has."""
        super().__init__()
        self.setObjectName("guide_page")
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._language = language
        self._is_rtl = next(one.is_right_to_left for one in LANGUAGES if one.code == language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if self._is_rtl else Qt.LayoutDirection.LeftToRight)
        self._chapters = chapters(language)
        self._open: Chapter | None = None
        self.anchor = ""
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_headings("")

    def show_anchor(self, anchor: str) -> None:
        """Open the chapter that holds an anchor, there; an unknown one opens the beginning."""
        found = next((one for one in self._chapters if any(s.anchor == anchor for s in one.sections)), None)
        chapter = found or self._chapters[0]
        self.anchor = anchor if found is not None else chapter.anchor
        self._show_chapter(chapter)
        self._text.scrollToAnchor(self.anchor)
        self._show_headings(self._search.text())

    def take_focus(self) -> None:
        """Stand ready to read."""
        self._text.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep pictures as wide as the page has room for."""
        super().resizeEvent(event)
        if self._open is not None:
            self._show_chapter(self._open, is_anew=True)

    def _make_parts(self) -> None:
        self._search = BidiLine(_("Search the headings"), name="guide_search", placeholder=_("Search the headings"))
        self._headings = QListWidget()
        self._headings.setObjectName("guide_headings")
        self._headings.setAccessibleName(_("Chapters of the guide"))
        self._headings.setWordWrap(True)
        self._headings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = label(_("No heading has these words."), "soft", name="guide_none")
        self._none.hide()
        self._text = QTextBrowser()
        self._text.setObjectName("guide_text")
        self._text.setAccessibleName(_("The guide"))
        self._text.setOpenLinks(False)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        side = Qt.LayoutDirection.RightToLeft if self._is_rtl else Qt.LayoutDirection.LeftToRight
        option = QTextOption()
        option.setTextDirection(side)
        self._text.document().setDefaultTextOption(option)
        self._text.document().setDocumentMargin(theme.pixels(16))

    def _lay_out(self) -> None:
        leading = fill(column(gap=8), self._search, self._none)
        leading.addWidget(self._headings, 1)
        holder = QWidget()
        holder.setLayout(leading)
        holder.setFixedWidth(theme.pixels(_LIST_WIDTH))
        box = row(self, edge=16, gap=16)
        box.addWidget(holder)
        box.addWidget(self._text, 1)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._show_headings)
        self._search.returnPressed.connect(self._on_first)
        self._headings.itemClicked.connect(self._on_heading)
        self._headings.itemActivated.connect(self._on_heading)
        self._text.anchorClicked.connect(lambda url: self.show_anchor(url.fragment()))

    def _show_headings(self, sought: str) -> None:
        """List the headings that hold what is sought; with nothing sought, the chapters, and the open one's parts."""
        self._headings.clear()
        wanted = folded(sought.strip())
        for chapter in self._chapters:
            for section in chapter.sections:
                is_listed = wanted in folded(section.title) if wanted else section.is_chapter or chapter is self._open
                if is_listed:
                    self._headings.addItem(_heading(section))
        self._none.setVisible(self._headings.count() == 0)
        self._mark_heading()

    def _mark_heading(self) -> None:
        for number in range(self._headings.count()):
            if self._headings.item(number).data(_ANCHOR) == self.anchor:
                self._headings.setCurrentRow(number)

    def _on_heading(self, item: QListWidgetItem) -> None:
        self.show_anchor(str(item.data(_ANCHOR)))

    def _on_first(self) -> None:
        if self._headings.count():
            self._on_heading(self._headings.item(0))
            self.take_focus()

    def _show_chapter(self, chapter: Chapter, *, is_anew: bool = False) -> None:
        if chapter is self._open and not is_anew:
            return
        self._open = chapter
        room = self._text.viewport().width() - 2 * theme.pixels(16) - 4
        width = max(200, min(room, theme.pixels(_WIDEST_PICTURE)))
        document, at = self._text.document(), self._text.verticalScrollBar().value()
        self._text.setHtml(paging.page(chapter, is_right_to_left=self._is_rtl, picture_width=width))
        for block in (block for section in chapter.sections for block in section.blocks if block.picture):
            picture = QImage.fromData(resources.binary(f"{PICTURES}/{block.picture}-{self._language}.png"))
            document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(block.picture), picture)
        if is_anew:
            self._text.verticalScrollBar().setValue(at)


def _heading(section: Section) -> QListWidgetItem:
    item = QListWidgetItem(section.title if section.is_chapter else _INDENT + section.title)
    item.setData(_ANCHOR, section.anchor)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, section.title)
    font = theme.font()
    font.setBold(section.is_chapter)
    item.setFont(font)
    return item
