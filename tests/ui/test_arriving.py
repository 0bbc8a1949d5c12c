# SPDX-License-Identifier: Apache-2.0
"""On a new page the keyboard stands on it, and Tab goes as one reads, also over what was added later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from testimony_app.ui import theme
from testimony_app.ui.screens import Screen, Screens
from testimony_app.ui.widgets.parts import button, label
from testimony_app.ui.window import Window
from tests.screenshots import settle


class Paged(Screen):
    """Two pages with titles; the first has room for what comes later."""

    def __init__(self):
        super().__init__()
        self.title = "Paged"
        self.rows = QVBoxLayout()
        self.stack = QStackedWidget()
        self.stack.addWidget(_page("First", self.rows, button("Erase", "erase", "erase"), button("Go on", "go_on")))
        self.stack.addWidget(_page("Second", button("Done", "done")))
        QVBoxLayout(self).addWidget(self.stack)


def _page(title, *parts):
    made = QWidget()
    box = QVBoxLayout(made)
    box.addWidget(label(title, "title"))
    for part in parts:
        box.addWidget(part) if isinstance(part, QWidget) else box.addLayout(part)
    return made


@pytest.fixture
def screens(application, jobs, qtbot):
    """Return the way through one screen, in a window that has the keyboard."""
    window = Window(application, jobs)
    qtbot.addWidget(window)
    made = Screens(window, {"paged": lambda _argument: Paged()})
    application.appearance_changed.connect(made.rebuild)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.start("paged")
    settle()
    yield made
    application.appearance_changed.disconnect(made.rebuild)


def focused():
    """Return the name of what has the keyboard."""
    found = QApplication.focusWidget()
    return found.objectName() if found is not None else ""


def test_a_page_that_comes_takes_the_keyboard(screens):
    """The first control that erases nothing has it, on the first page and on the next."""
    first = focused()
    screens.current.stack.setCurrentIndex(1)
    settle()

    assert first == "go_on"
    assert focused() == "done"


def test_what_was_added_later_is_met_where_it_stands(screens):
    """A row added above is met before what stands below it; the eraser comes last."""
    for name in ("row_1", "row_2"):
        screens.current.rows.addWidget(button(name, name))
    settle()
    screens.current.findChild(QWidget, "row_1").setFocus()
    met = [focused()]
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(focused())

    assert met == ["row_1", "row_2", "go_on", "erase"]


def test_larger_letters_leave_the_keyboard_where_it_is(screens, application):
    """On a control of the screen, and on the button that makes the text larger, pressed again and again."""
    application.change(text_size=110)
    settle()
    on_screen = focused()
    screens.current.window().findChild(QWidget, "text_larger").setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        settle()

    assert on_screen == "go_on"
    assert focused() == "text_larger"
    assert application.settings.text_size == 110 + 2 * theme.STEP
