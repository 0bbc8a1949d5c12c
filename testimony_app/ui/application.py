# SPDX-License-Identifier: Apache-2.0
"""The QApplication: fonts, style, direction, the last-resort exception hook.

Holds the settings that change how everything looks, applies a change at once, and keeps it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

import msgspec
from PySide6.QtCore import QLocale, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from testimony_app import diagnostics
from testimony_app.i18n import catalogue, languages
from testimony_app.i18n.messages import bug_code
from testimony_app.settings import Settings
from testimony_app.ui import commands, theme


def make_qt(argv: Sequence[str] = ("govah",)) -> QApplication:
    """Return the one QApplication; nothing of a testimony ever stands in its names."""
    # Qt warns where the desktop rounds its scaling; passing it through keeps text sharp.
    policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
    _keep_no_history()
    app = QApplication(list(argv))
    app.setApplicationName("govah")
    app.setApplicationDisplayName("Govah")
    app.setDesktopFileName("govah")
    be_plain(app)
    return app


def be_plain(app: QApplication) -> None:
    """Give the application the same style on every system, in which nothing blinks, slides or fades."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setCursorFlashTime(0)
    effect = Qt.UIEffect
    for each in (effect.UI_AnimateCombo, effect.UI_AnimateMenu, effect.UI_FadeMenu, effect.UI_FadeTooltip):
        app.setEffectEnabled(each, False)


def _keep_no_history() -> None:
    """Keep Qt's own file dialog from writing down where somebody looked: what it would write goes nowhere."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


class Application(QObject):
    """The program's look and language; `change` applies a choice at once and keeps it."""

    language_changed = Signal(str)
    appearance_changed = Signal()
    changed = Signal(object)
    """The Settings after any change."""
    troubled = Signal(str)
    """A bug got to the last resort: its short code."""

    def __init__(self, app: QApplication, settings: Settings, keep: Callable[[Settings], None]) -> None:
        super().__init__(app)
        self._app, self._settings, self._keep = app, settings, keep
        app.setWindowIcon(theme.icon("govah", "action"))
        theme.load_fonts()
        commands.use(settings.command_keys)
        self._use_language()
        self._use_look()
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def settings(self) -> Settings:
        """The choices as they are now."""
        return self._settings

    def change(self, **choices: object) -> None:
        """Change some settings, apply them to every window at once, and keep them."""
        before, self._settings = self._settings, msgspec.structs.replace(self._settings, **choices)
        if self._settings == before:
            return
        commands.use(self._settings.command_keys)
        if self._settings.language != before.language:
            self._use_language()
        if (self._settings.theme, self._settings.text_size, self._settings.language) != (
            before.theme,
            before.text_size,
            before.language,
        ):
            self._use_look()
        self._keep(self._settings)
        self.changed.emit(self._settings)
        if self._settings.language != before.language:
            self.language_changed.emit(self._settings.language)

    def step_text_size(self, change: int) -> None:
        """Make the text larger or smaller by so many percent, within what fits."""
        self.change(text_size=min(max(self._settings.text_size + change, theme.SMALLEST), theme.LARGEST))

    def catch_the_rest(self) -> None:
        """From now on, whatever nobody caught ends in one calm sentence and a code, and the program goes on."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def _use_language(self) -> None:
        catalogue.set_language(self._settings.language)
        spoken = languages.current()
        is_rtl = spoken.is_right_to_left
        self._app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(QLocale(spoken.code))

    def _use_look(self) -> None:
        theme.apply(self._app, self._settings.theme, self._settings.text_size)
        self.appearance_changed.emit()

    def _on_system_changed(self) -> None:
        if self._settings.theme == "system":
            self._use_look()

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        code = bug_code(error)
        diagnostics.note("govah.bug", place=f"govah.bug-{code}".lower())
        self.troubled.emit(code)

    def _on_uncaught_in_thread(self, trouble: threading.ExceptHookArgs) -> None:
        if trouble.exc_value is not None:
            self._on_uncaught(trouble.exc_type, trouble.exc_value, trouble.exc_traceback)
