# SPDX-License-Identifier: Apache-2.0
"""Which screen is up, and how one leads to the next.

A screen is disposable: it is built when it is opened, destroyed when it is left, and built anew when the language
changes. Whatever must last lives below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.ui import arriving

Factory = Callable[[object], "Screen"]


class Screen(QWidget):
    """What the window asks of every screen; a flow's screen overrides what it needs."""

    go = Signal(str, object)
    """The name of the screen to open, and what to open it with."""
    back = Signal()
    saving = Signal(bool)
    """True while something typed is not yet kept, False once it is."""
    bar_changed = Signal()
    """The title or what stands in the bar has changed."""
    hide_wanted = Signal()
    """What is shown must go until the passphrase is given: somebody came in."""
    noticed = Signal(object)
    """A Banner to show above the screen."""

    title = ""
    subtitle = ""
    title_is_code = False
    can_go_back = False
    is_bare = False
    """Without the bar and the strip, for a witness alone."""
    keeps_hold = False
    """While it is up, nothing but the screen itself leads away: no lock, no closing."""

    def bar_leading(self) -> list[QWidget]:
        """Return what stands in the bar after the title."""
        return []

    def bar_trailing(self) -> list[QWidget]:
        """Return what stands in the bar before the text size, the language and Lock."""
        return []

    def strip_note(self) -> str:
        """Return what the strip says instead of the room left, or nothing."""
        return ""

    def may_lock_now(self) -> bool:
        """Tell whether locking may end the process; while it may not, locking only hides."""
        return not self.is_busy_recording()

    def is_busy_recording(self) -> bool:
        """Tell whether a recording runs or is paused."""
        return False

    def may_leave(self) -> bool:
        """Tell whether another screen may be opened now."""
        return not self.is_busy_recording()

    def flush(self) -> None:
        """Hand every draft to the vault thread now; locking waits for that thread."""

    def left(self) -> None:
        """Hear that the screen is left for another one or for good, not just built anew; drafts are handed over."""

    def arrived(self) -> None:
        """Hear that the screen is up: set the focus, ask for the first page."""

    def show_trouble(self) -> bool:
        """Tell in the screen's own way that something went wrong anywhere; False lets the window tell it."""
        return False

    def where(self, argument: object) -> object:
        """Return what to open this screen with so that it comes back as it is; given what it was opened with."""
        return argument


class Shows(Protocol):
    """What the navigation asks of the window."""

    def show_screen(self, screen: Screen) -> None:
        """Put a screen up and destroy the one before."""


class Screens(QObject):
    """The way through the screens: open one by name, go back, build the present one anew."""

    opened = Signal(str)

    def __init__(self, window: Shows, factories: Mapping[str, Factory], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._factories = dict(factories)
        self._way: list[tuple[str, object]] = []
        self._current: Screen | None = None
        self._is_stale = False

    @property
    def current(self) -> Screen | None:
        """The screen that is up."""
        return self._current

    @property
    def name(self) -> str:
        """The name of the screen that is up."""
        return self._way[-1][0] if self._way else ""

    def add(self, factories: Mapping[str, Factory]) -> None:
        """Make more screens known, as when a vault has been opened."""
        self._factories.update(factories)

    def open(self, name: str, argument: object = None) -> bool:
        """Put a screen up and remember the way; False if the present one may not be left now."""
        if self._current is not None and not self._current.may_leave():
            return False
        if self._way and self._current is not None:
            before, given = self._way[-1]
            self._way[-1] = (before, self._current.where(given))
        names = [entry[0] for entry in self._way]
        if name in names:
            del self._way[names.index(name) :]
        self._way.append((name, argument))
        self.leave()
        self._build()
        self._arrive()
        return True

    def start(self, name: str, argument: object = None) -> None:
        """Put a screen up as the first of a new way, from which nothing leads back."""
        self._way = [(name, argument)]
        self.leave()
        self._build()
        self._arrive()

    def leave(self) -> None:
        """Let the present screen keep what was typed and hear that it is left, as when the program ends."""
        if self._current is not None:
            self._current.flush()
            self._current.left()

    def back(self) -> bool:
        """Go back one screen; False if there is none or the present one may not be left now."""
        if len(self._way) < 2 or (self._current is not None and not self._current.may_leave()):
            return False
        self._way.pop()
        self.leave()
        self._build()
        self._arrive()
        return True

    def rebuild(self) -> None:
        """Build the present screen anew, as after a change of language; while a recording runs, once it is over."""
        if self._current is None or not self._way:
            return
        self._is_stale = not self._current.may_leave()
        if self._is_stale:
            return  # a recording belongs to the screen that runs it; the screen is built anew when it is over
        name, argument = self._way[-1]
        self._way[-1] = (name, self._current.where(argument))
        focused = arriving.name_of_focus(self._current)
        self._build()
        arriving.focus_again(self._current, focused)

    def _on_bar_changed(self) -> None:
        if self._is_stale:
            QTimer.singleShot(0, self, self._rebuild_if_stale)

    def _rebuild_if_stale(self) -> None:
        if self._is_stale:
            self.rebuild()

    def _build(self) -> None:
        name, argument = self._way[-1]
        if self._current is not None:
            self._current.flush()
        screen = self._factories[name](argument)
        screen.go.connect(self.open)
        screen.back.connect(self.back)
        screen.bar_changed.connect(self._on_bar_changed)
        self._is_stale = False
        self._current = screen
        self._window.show_screen(screen)
        screen.arrived()
        if not screen.is_bare:  # a witness alone is told each page by the screen itself
            arriving.watch(screen)
        self.opened.emit(name)

    def _arrive(self) -> None:
        if self._current is not None and not self._current.is_bare:
            arriving.arrive(self._current)
