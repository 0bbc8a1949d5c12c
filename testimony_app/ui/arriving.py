# SPDX-License-Identifier: Apache-2.0
"""Coming to a page: its title is said, and the keyboard stands on it.

Whoever can't see the display knows of a new page only by these two; without them the focus would stay on something
that is gone. A page is what has a title: what merely takes turns inside one is left alone.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from testimony_app.ui.tab_order import in_order, put_in_order
from testimony_app.ui.widgets.announce import announce


def watch(screen: QWidget) -> None:
    """From now on arrive at whatever page of a screen is turned to."""
    for stack in screen.findChildren(QStackedWidget):
        turned = partial(_on_turned, stack)
        stack.currentChanged.connect(lambda _at, stack=stack, turned=turned: QTimer.singleShot(0, stack, turned))


def arrive(page: QWidget) -> None:
    """Say the title of a page, and put the focus on its first control unless it is on the page already."""
    title = _title_of(page)
    if not title:
        return
    put_in_order(page)
    focused = QApplication.focusWidget()
    if focused is None or not (focused is page or page.isAncestorOf(focused)):
        first = first_control(page)
        if first is not None:
            first.setFocus()
    announce(page, title)


def first_control(page: QWidget) -> QWidget | None:
    """Return what Tab comes to first on a page; never what erases."""
    for control in in_order(page):
        if control.isVisibleTo(page) and control.isEnabled() and control.property("weight") != "erase":
            return control
    return None


def focus_again(screen: QWidget, name: str) -> None:
    """Put the focus back on what has this name, after a screen was built anew."""
    found = screen.findChild(QWidget, name) if name else None
    if found is not None and found.isVisibleTo(screen):
        found.setFocus()


def name_of_focus(screen: QWidget) -> str:
    """Return the name of what has the focus inside a screen, or nothing."""
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None and screen.isAncestorOf(focused) else ""


def _on_turned(stack: QStackedWidget) -> None:
    page = stack.currentWidget()
    if page is not None and stack.isVisible():
        arrive(page)


def _title_of(page: QWidget) -> str:
    for label in page.findChildren(QLabel):
        if label.property("kind") == "title" and label.text() and label.isVisibleTo(page):
            return label.text()
    return page.accessibleName()
