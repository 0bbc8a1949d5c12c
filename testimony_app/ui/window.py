# SPDX-License-Identifier: Apache-2.0
"""The main window: bar, notices, a stack of screens, strip; and the lock over all of it.

Locking flushes the drafts first. When the present screen lets it, `lock_requested` is emitted and whoever composed the
program ends the process that held the keys. While a recording runs, locking only hides: the cover stays until the
passphrase is given, and the recording goes on behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLayoutItem,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui import alerts, theme
from testimony_app.ui.application import Application
from testimony_app.ui.frame.cover import Cover
from testimony_app.ui.frame.idle import Idle
from testimony_app.ui.frame.strip import Facts, Strip
from testimony_app.ui.frame.top_bar import TopBar
from testimony_app.ui.jobs import Runs
from testimony_app.ui.screens import Screen
from testimony_app.ui.tab_order import put_in_order
from testimony_app.ui.widgets.banner import Banner

_FACTS_MILLISECONDS = 10_000
_MOST_NOTICES = 3

TriesPassphrase = Callable[[Secret], None]
"""Raises when the passphrase does not open the vault that is open now; runs on the bench."""


class Window(QMainWindow):
    """One window, one screen at a time."""

    lock_requested = Signal()
    """Everything is flushed: end the process that holds the keys."""
    closing = Signal()
    help_requested = Signal()
    covered = Signal()
    back_requested = Signal()

    def __init__(self, application: Application, jobs: Runs, facts: Callable[[], Facts] | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Govah")
        self._application, self._jobs = application, jobs
        self._facts = facts
        self._tries_passphrase: TriesPassphrase = _refuse_all
        self._role: Role | None = None
        self._screen: Screen | None = None
        self._bar = TopBar(None, None, application.settings.text_size)
        self._strip = Strip()
        self._cover = Cover()
        self._lay_out()
        self._idle = Idle(_running(), self)
        self._tick = QTimer(self, interval=_FACTS_MILLISECONDS)
        self._connect()

    def _lay_out(self) -> None:
        self._place = QWidget()
        self._place.setProperty("surface", "paper")
        self._place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._box = QVBoxLayout(self._place)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        self._stack = QStackedWidget()
        self._box.addWidget(self._bar)
        self._box.addLayout(self._notices)
        self._box.addWidget(self._stack, 1)
        self._box.addWidget(self._strip)
        self._all = QStackedWidget()
        self._all.addWidget(self._place)
        self._all.addWidget(self._cover)
        self.setCentralWidget(self._all)
        # Not self.screen(): its wrapper belongs to the window, and the display would go with it.
        self.resize(QSize(1280, 800).boundedTo(QGuiApplication.primaryScreen().availableSize()))

    def _connect(self) -> None:
        self._connect_bar()
        self._idle.idle.connect(self.lock)
        self._tick.timeout.connect(self._on_tick)
        self._cover.unlock_requested.connect(self._on_uncover)
        self._application.appearance_changed.connect(self._renew_cover)
        self._application.appearance_changed.connect(self._renew_bar)
        self._application.language_changed.connect(self._on_language)
        self._application.changed.connect(self.watch_idle)
        self._application.troubled.connect(self._on_troubled)
        for keys, act in (
            (QKeySequence("Ctrl+L"), self.lock),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), partial(self._application.step_text_size, theme.STEP)),
            (QKeySequence("Ctrl+="), partial(self._application.step_text_size, theme.STEP)),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), partial(self._application.step_text_size, -theme.STEP)),
            (QKeySequence("Alt+Left"), self._on_back),
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self.help_requested.emit),
        ):
            QShortcut(keys, self).activated.connect(act)

    # ------------------------------------------------------------------ screens

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is up."""
        return self._screen

    @property
    def is_covered(self) -> bool:
        """Whether the cover hides everything."""
        return self._all.currentWidget() is self._cover

    def show_screen(self, screen: Screen) -> None:
        """Put a screen up and destroy the one before."""
        self._screen, before = screen, self._stack.currentWidget()
        place = _Place(screen)
        self._stack.addWidget(place)
        self._stack.setCurrentWidget(place)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        screen.bar_changed.connect(self._renew_bar)
        screen.saving.connect(self._strip.show_saving)
        screen.noticed.connect(self.notify)
        screen.hide_wanted.connect(self.lock)
        self._strip.show_saving(False)
        self._renew_bar()
        self.clear_notices()

    def enter_vault(self, role: Role, tries_passphrase: TriesPassphrase) -> None:
        """Show whose vault is open, and begin to watch for idleness."""
        self._role, self._tries_passphrase = role, tries_passphrase
        self._renew_bar()
        self.watch_idle()
        self._tick.start()
        self.refresh_facts()

    def watch_idle(self) -> None:
        """Take the minutes of the settings from now on."""
        if self._role is not None and not self.is_covered:
            self._idle.watch(self._application.settings.auto_lock_minutes * 60)

    # ------------------------------------------------------------------ notices

    def notify(self, notice: Banner) -> None:
        """Show a notice above the screen, or on the cover while it is up; the oldest makes room."""
        box = self._cover.notices if self.is_covered else self._notices
        box.setContentsMargins(24, 16, 24, 0)
        box.addWidget(notice)
        notice.show()
        while box.count() > _MOST_NOTICES:
            _drop(box.takeAt(0))
        notice.say()

    def show_error(self, error: Exception) -> None:
        """Show an error that no screen asked to hear of."""
        if self._screen is not None and self._screen.show_trouble():
            return
        self.notify(alerts.banner(error))

    def clear_notices(self) -> None:
        """Take all notices down."""
        while self._notices.count():
            _drop(self._notices.takeAt(0))
        self._notices.setContentsMargins(0, 0, 0, 0)

    # ------------------------------------------------------------------ strip

    def refresh_facts(self) -> None:
        """Ask for the strip's facts off the main thread, and show them."""
        if self._facts is not None:
            self._jobs.latest(self, "facts", self._facts, self.show_facts, heavy=True)

    def show_facts(self, facts: Facts) -> None:
        """Show these facts in the strip."""
        self._strip.show_facts(facts)

    # ------------------------------------------------------------------ lock

    def lock(self) -> None:
        """Keep the drafts, then end the process that holds the keys, or cover while a recording runs."""
        if self._role is None or self.is_covered or _is_held(self._screen):
            return
        if self._screen is not None:
            self._screen.flush()
        _forget_clipboard()
        if self._screen is None or self._screen.may_lock_now():
            self._idle.rest()
            self.lock_requested.emit()
            return
        self._cover.reset()
        self._all.setCurrentWidget(self._cover)
        self._cover.take_focus()
        self.covered.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless a recording runs: that is finished first. A witness alone can't close it at all."""
        if _is_held(self._screen):
            event.ignore()
            return
        if self._screen is not None and self._screen.is_busy_recording():
            event.ignore()
            self.notify(Banner(_("A recording is running. Finish it before you close Govah."), "care"))
            return
        if self._screen is not None:
            self._screen.flush()
        _forget_clipboard()
        self._idle.rest()
        self._tick.stop()
        self.closing.emit()
        event.accept()

    def _on_uncover(self, secret: Secret) -> None:
        work = partial(_try_and_wipe, self._tries_passphrase, secret)
        self._jobs.run(self, work, self._on_uncovered, self._cover.show_error, heavy=True)

    def _on_uncovered(self, _nothing: object) -> None:
        self._cover.reset()
        self._cover.hand_over_notices(self._notices)
        self._all.setCurrentWidget(self._place)
        self.watch_idle()
        if self._screen is not None:
            self._screen.setFocus()

    # ------------------------------------------------------------------ bar

    def _renew_bar(self) -> None:
        """Make the bar anew for the present screen."""
        is_bare = self._screen is not None and self._screen.is_bare
        bar = TopBar(self._screen, self._role, self._application.settings.text_size)
        self._box.replaceWidget(self._bar, bar)
        bar.take_focus_of(self._bar)
        self._bar.hide()
        self._bar.deleteLater()
        self._bar = bar
        self._bar.setVisible(not is_bare)
        self._strip.setVisible(not is_bare)
        self._connect_bar()

    def _connect_bar(self) -> None:
        self._bar.back.connect(self._on_back)
        self._bar.lock.connect(self.lock)
        self._bar.help.connect(self.help_requested)
        self._bar.text_size_chosen.connect(lambda size: self._application.change(text_size=size))
        self._bar.language_chosen.connect(lambda code: self._application.change(language=code))

    def _on_back(self) -> None:
        if not self.is_covered:
            self.back_requested.emit()

    def _on_tick(self) -> None:
        self.refresh_facts()
        if self.is_covered and self._screen is not None and self._screen.may_lock_now():
            # The recording that kept the keys here is over: end the process that holds them, as locking does.
            self._screen.flush()
            self.lock_requested.emit()

    def _renew_cover(self) -> None:
        """Make the cover anew, unless somebody stands before it."""
        if self.is_covered:
            return
        self._all.removeWidget(self._cover)
        self._cover.deleteLater()
        self._cover = Cover()
        self._cover.unlock_requested.connect(self._on_uncover)
        self._all.addWidget(self._cover)

    def _on_language(self) -> None:
        """Make bar, strip and cover anew in the new language; Screens does the same for the screen."""
        strip, self._strip = self._strip, Strip()
        self._box.replaceWidget(strip, self._strip)
        strip.deleteLater()
        self._renew_cover()
        self._renew_bar()
        self.refresh_facts()

    def _on_troubled(self, code: str) -> None:
        if self._screen is not None and self._screen.show_trouble():
            return
        alerts.calm_dialog(self, code)


class _Place(QScrollArea):
    """Holds a screen; where the display is smaller than the screen needs, it can be scrolled."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._screen = screen
        self.setWidget(screen)

    def focusNextPrevChild(self, goes_on: bool) -> bool:
        """Qt asks when Tab was pressed: go as one reads, also over what was added meanwhile."""
        put_in_order(self._screen)
        return super().focusNextPrevChild(goes_on)


def _is_held(screen: Screen | None) -> bool:
    return screen is not None and screen.keeps_hold


def _running() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a window needs an application")
    return app


def _forget_clipboard() -> None:
    """Empty the clipboard and the selection; not every system tells whose they are, so whatever they hold."""
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        QGuiApplication.clipboard().clear(mode)


def _refuse_all(_secret: Secret) -> None:
    """Stand in until a vault is open: there is nothing a passphrase could open."""
    raise PermissionError


def _try_and_wipe(tries_passphrase: TriesPassphrase, secret: Secret) -> None:
    try:
        tries_passphrase(secret)
    finally:
        secret.wipe()


def _drop(item: QLayoutItem | None) -> None:
    widget = item.widget() if item is not None else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()
