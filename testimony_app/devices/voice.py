# SPDX-License-Identifier: Apache-2.0
"""Reads words aloud with the system's own voice, where it has one for their language.

Only words of the program are ever read: questions, consent, help; never what somebody told. The system's speech
program is asked for when the first words are read or a voice is looked for, not before; where there is none, `speaks`
says no, and nothing is offered.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject
from PySide6.QtTextToSpeech import QTextToSpeech

_SLOWER = -0.15  # of -1 to 1: a little slower than the system's own pace
_PRETENDS = "mock"


class QtVoice(QObject):
    """The system's voices."""

    def __init__(self, parent: QObject | None = None, *, engine: str = "") -> None:
        """Be silent; a test may name the engine."""
        super().__init__(parent)
        self._wanted = engine
        self._speech: QTextToSpeech | None = None
        self._known: dict[str, QLocale] = {}

    def speaks(self, language: str) -> bool:
        """Tell whether there is a voice for a language."""
        return self._locale(language) is not None

    def say(self, text: str, language: str) -> None:
        """Read words aloud; what was being read ends."""
        speech, locale = self._engine(), self._locale(language)
        if speech is not None and locale is not None:
            speech.setLocale(locale)
            speech.setRate(_SLOWER)
            speech.say(text)

    def hush(self) -> None:
        """Be silent at once."""
        if self._speech is not None:
            self._speech.stop(QTextToSpeech.BoundaryHint.Immediate)

    def _locale(self, language: str) -> QLocale | None:
        if language not in self._known:
            found = self._found(language)
            if found is None:
                return None  # asked again next time: some systems name their voices only after a while
            self._known[language] = found
        return self._known[language]

    def _found(self, language: str) -> QLocale | None:
        speech, wanted = self._engine(), QLocale(language).language()
        if speech is None or wanted is QLocale.Language.C:
            return None
        return next((locale for locale in speech.availableLocales() if locale.language() is wanted), None)

    def _engine(self) -> QTextToSpeech | None:
        if self._speech is None:
            engines = [name for name in QTextToSpeech.availableEngines() if name != _PRETENDS]
            name = self._wanted or next(iter(engines), "")
            if not name:
                return None
            self._speech = QTextToSpeech(name, self)
        return None if self._speech.state() is QTextToSpeech.State.Error else self._speech
