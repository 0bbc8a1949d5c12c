# SPDX-License-Identifier: Apache-2.0
"""A field that does not leak: hidden as it is typed, never copied, cleared as soon as it was taken.

It tells the keyboard layout in use and that capitals are locked, because a passphrase typed in the wrong layout
looks like a forgotten one.
"""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.crypto.passphrase import from_text
from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.ui import theme
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.hidden_line import HiddenLine
from testimony_app.ui.widgets.parts import button, label, set_property


def _layout_of_system() -> str:
    """Return the name of the keyboard layout in use, where the system tells the truth about it."""
    if QGuiApplication.platformName() not in ("windows", "cocoa"):
        return ""
    return QGuiApplication.inputMethod().locale().nativeLanguageName()


class PassphraseField(QWidget):
    """A labelled passphrase with show and hide, the keyboard layout in use, and room for what went wrong."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, title: str, *, name: str = "passphrase", with_hints: bool = True) -> None:
        super().__init__()
        self._line = HiddenLine(name)
        self._line.setAccessibleName(title)
        self.setFocusProxy(self._line)
        self._reveal = button(_("Show"), f"{name}_reveal", said=_("Show what is typed"))
        self._reveal.setCheckable(True)
        self._hint = label("", "small", name=f"{name}_hint")
        self._wrong = label("", "body", name=f"{name}_wrong", tone="record")
        self._wrong.hide()
        self._is_caps, self._script = False, ""
        self._with_hints = with_hints
        self._lay_out(title)
        self._connect()
        self._show_layout()

    def _lay_out(self, title: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        head = label(title, "strong")
        head.setBuddy(self._line)
        box.addWidget(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._reveal)
        box.addLayout(row)
        box.addWidget(self._wrong)
        box.addWidget(self._hint)
        self._hint.setVisible(self._with_hints)

    def _connect(self) -> None:
        self._reveal.toggled.connect(self._on_reveal)
        self._line.returnPressed.connect(self.submitted)
        self._line.textEdited.connect(self._on_edited)
        self._line.letter_typed.connect(self._on_letter)
        QGuiApplication.inputMethod().localeChanged.connect(self._show_layout)

    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not self._line.typed()

    def says_same_as(self, other: PassphraseField) -> bool:
        """Tell whether both fields hold the same."""
        return self._line.typed() == other._line.typed()

    def text_for_estimate(self) -> str:
        """Return what is typed, for the strength estimate only."""
        return self._line.typed()

    def take(self) -> Secret:
        """Return what was typed as a Secret, and clear the field."""
        typed = from_text(self._line.typed())
        self.clear()
        return typed

    def fill(self, text: str) -> None:
        """Put a generated passphrase into the field."""
        self._line.clear()
        self._line.put(text)
        self._on_edited()

    def clear(self) -> None:
        """Forget what was typed and hide again."""
        self._line.clear()
        self._reveal.setChecked(False)

    def show_wrong(self, sentence: str) -> None:
        """Say beside the field what went wrong, and stand ready to be typed again."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self._line.setAccessibleDescription(sentence)
        set_property(self._line, "wrong", "true" if sentence else "false")
        if sentence:
            announce(self._line, sentence)
            self._line.setFocus()

    def _on_edited(self) -> None:
        if self._wrong.isVisibleTo(self):
            self.show_wrong("")
        self.edited.emit()

    def _on_reveal(self, is_shown: bool) -> None:
        self._line.show_typed(is_shown=is_shown)
        self._reveal.setText(_("Hide") if is_shown else _("Show"))
        self._reveal.setAccessibleName(_("Hide what is typed") if is_shown else _("Show what is typed"))

    def _on_letter(self, letter: str, is_locked: bool) -> None:
        """Tell the layout by what it gives: some systems name another one than is in use."""
        is_arabic = bidirectional(letter[0]) in ("R", "AL")
        self._script = _("Persian or Arabic letters") if is_arabic else _("Latin letters")
        self._is_caps = is_locked
        self._show_layout()

    def _show_layout(self) -> None:
        layout = self._script or _layout_of_system()
        said = _("Keyboard: {layout}").format(layout=auto(layout)) if layout else ""
        locked = _("Capitals are locked.") if self._is_caps else ""
        self._hint.setText(" · ".join(part for part in (said, locked) if part))

    def sizeHint(self) -> QSize:
        """Qt asks: wide enough for six words."""
        return QSize(theme.pixels(420), super().sizeHint().height())
