# SPDX-License-Identifier: Apache-2.0
"""Reads a page aloud: a question in the archive's own recorded voice where there is one, else by the system's.

No microphone hears it: a recording that runs is paused first, and whatever is being read ends before one goes on.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from testimony_app.audio.ports import PcmReader, Speaker
from testimony_app.errors import GovahError
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk.ports import Mind, Opens, Page, Voice
from testimony_app.ui.kiosk.prompt_page import PromptPage
from testimony_app.ui.kiosk.take_act import TakeAct, TakeState


def question_on(page: Page | None, mind: Mind) -> str:
    """Return which question a page puts, if it puts one."""
    return mind.questions[mind.place.index].id if isinstance(page, PromptPage) else ""


class ReadingAloud(QObject):
    """One voice at a time."""

    def __init__(self, owner: QObject, jobs: Runs, voice: Voice, speaker: Speaker, act: TakeAct) -> None:
        """Be silent."""
        super().__init__(owner)
        self._jobs, self._voice, self._speaker, self._act = jobs, voice, speaker, act
        self.recorded: Mapping[str, Opens] = {}
        """What opens the archive's recording of a question, in the language of now."""
        self._wanted: tuple[str, str, str] | None = None
        self._is_playing = False
        act.hearing.connect(self.hush)
        act.changed.connect(self._on_changed)

    def speaks(self, language: str, question: str) -> bool:
        """Tell whether a page can be read: which question it puts, if it puts one."""
        return question in self.recorded or self._voice.speaks(language)

    def say(self, text: str, language: str, question: str) -> None:
        """Read a page; what was being read ends."""
        self.hush()
        if self._act.state in (TakeState.OPENING, TakeState.SAVING):
            return
        self._wanted = (text, language, question)
        if self._act.state is TakeState.RECORDING:
            self._act.pause()
        else:
            self._begin()

    def hush(self) -> None:
        """Be silent at once."""
        self._wanted = None
        self._voice.hush()
        if self._is_playing:
            self._is_playing = False
            self._speaker.stop()

    def _on_changed(self) -> None:
        if self._act.state is TakeState.PAUSED:
            self._begin()
        else:
            self.hush()

    def _begin(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        text, language, question = wanted
        opens = self.recorded.get(question)
        if opens is None:
            self._voice.say(text, language)
        else:
            self._jobs.run(self, opens, lambda reader: self._play(wanted, reader), lambda _error: self._instead(wanted))

    def _play(self, wanted: tuple[str, str, str], reader: PcmReader) -> None:
        if self._wanted is not wanted:
            reader.close()
            return
        try:
            self._speaker.set_speed(1.0)
            self._speaker.play(reader)
        except GovahError:
            reader.close()
            self._instead(wanted)
            return
        self._is_playing = True

    def _instead(self, wanted: tuple[str, str, str]) -> None:
        """Let the system read where the recording can't be heard."""
        text, language, _question = wanted
        if self._wanted is wanted and self._voice.speaks(language):
            self._voice.say(text, language)
