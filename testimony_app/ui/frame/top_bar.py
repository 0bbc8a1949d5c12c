# SPDX-License-Identifier: Apache-2.0
"""The bar above every screen: where we are, what can be done here, text size, language, Lock."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from testimony_app.i18n import languages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES, auto, digits, ltr
from testimony_app.model.partner import Role
from testimony_app.ui import arriving, theme
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.elided import Elided
from testimony_app.ui.widgets.parts import button, label


class TopBar(QFrame):
    """Made for one screen and made anew for the next."""

    back = Signal()
    lock = Signal()
    help = Signal()
    """Somebody wants to read in the guide."""
    text_size_chosen = Signal(int)
    language_chosen = Signal(str)

    def __init__(self, screen: Screen | None, role: Role | None, text_size: int) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setProperty("surface", "bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(56)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 5, 24, 5)
        self._row.setSpacing(12)
        self._add_leading(screen, role)
        if screen is not None:
            for part in screen.bar_leading():
                self._row.addWidget(part, 1 if _grows(part) else 0)
        self._row.addStretch(1)
        if screen is not None:
            for part in screen.bar_trailing():
                self._row.addWidget(part)
        self._add_text_size(text_size)
        self._add_language()
        self._add_help()
        if role is not None:
            self._add(button(_("Lock"), "lock_button"), self.lock)

    def take_focus_of(self, before: QWidget) -> None:
        """Stand where the focus stood on the bar before this one: whoever makes the text larger may do it again."""
        arriving.focus_again(self, arriving.name_of_focus(before))

    def _add_leading(self, screen: Screen | None, role: Role | None) -> None:
        if screen is not None and screen.can_go_back:
            back = button("", "back_button", "narrow", icon="back", said=_("Back"))
            self._add(back, self.back)
        if screen is not None and screen.title:
            title = ltr(screen.title) if screen.title_is_code else screen.title
            self._row.addWidget(label(title, "brand", name="screen_title", wraps=False))
            if screen.subtitle:
                self._row.addWidget(Elided(screen.subtitle, "soft", name="screen_subtitle"))
            return
        self._row.addWidget(label(_("Govah"), "brand", name="brand", wraps=False))
        if role is not None:
            self._row.addWidget(Chip(role_words(role), "action", name="role_chip"))

    def _add_text_size(self, size: int) -> None:
        for sign, change, name, said in (
            ("A\N{MINUS SIGN}", -theme.STEP, "text_smaller", _("Smaller text")),
            ("A+", theme.STEP, "text_larger", _("Larger text")),
        ):
            wanted = size + change
            made = button(ltr(sign), name, "flatnarrow", said=said)
            made.setToolTip(_("{said}, now {size} %").format(said=said, size=digits(size)))
            made.setEnabled(theme.SMALLEST <= wanted <= theme.LARGEST)
            made.clicked.connect(lambda _checked=False, wanted=wanted: self.text_size_chosen.emit(wanted))
            self._row.addWidget(made)

    def _add_language(self) -> None:
        chooser = button(languages.current().own_name, "language_button", "flatnarrow")
        chooser.setAccessibleName(_("Language: {language}").format(language=auto(languages.current().own_name)))
        menu = QMenu(chooser)
        menu.setObjectName("language_menu")
        group = QActionGroup(menu)
        for language in LANGUAGES:
            act = menu.addAction(language_words(language))
            act.setCheckable(True)
            act.setChecked(language.code == languages.current().code)
            group.addAction(act)
            act.triggered.connect(lambda _checked=False, code=language.code: self.language_chosen.emit(code))
        chooser.clicked.connect(lambda: menu.popup(chooser.mapToGlobal(chooser.rect().bottomLeft())))
        self._row.addWidget(chooser)

    def _add_help(self) -> None:
        made = button(_("?"), "help_button", "flatnarrow", said=_("Guide"))
        made.setToolTip(_("Guide ({key})").format(key=ltr("F1")))
        self._add(made, self.help)

    def _add(self, made: QPushButton, signal: SignalInstance) -> None:
        made.clicked.connect(signal)
        self._row.addWidget(made)


def role_words(role: Role) -> str:
    """Return what a vault is for, as its user reads it."""
    return _("Archive") if role is Role.ARCHIVE else _("Interviewer")


def language_words(language: languages.Language) -> str:
    """Return a language's own name, and that it is a draft when no native reader has signed it off."""
    return f"{auto(language.own_name)} · {language.draft_mark}" if language.is_draft else language.own_name


def _grows(part: QWidget) -> bool:
    return bool(part.sizePolicy().expandingDirections())
