# SPDX-License-Identifier: Apache-2.0
"""Makes the pages of the telling: one for each step, and one for whatever may lie over a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from testimony_app.model.aftercare import Contact
from testimony_app.ui.kiosk import words
from testimony_app.ui.kiosk.choice_page import ChoicePage, Shown
from testimony_app.ui.kiosk.deposit import Deposit
from testimony_app.ui.kiosk.listen_page import ListenPage
from testimony_app.ui.kiosk.ports import Booth, Mind, Page
from testimony_app.ui.kiosk.prompt_page import PromptPage
from testimony_app.ui.kiosk.take_act import TakeAct
from testimony_app.ui.kiosk.write_page import WritePage


@dataclass(frozen=True)
class Text:
    """The words of the language in use that the telling needs."""

    language: str = ""
    grounding: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    asked_again: str = ""
    """What must be asked once more before keeping; empty where it was answered."""
    statement: str = ""


class TellingPages:
    """Pages as things stand now; whoever asks for one connects it."""

    def __init__(self, booth: Booth, deposit: Deposit, act: TakeAct) -> None:
        """Look at what is kept and at the recorder."""
        self._booth, self._deposit, self._act = booth, deposit, act

    def make(self, mind: Mind, veil: str, text: Text, take: int) -> Page | None:
        """Return the page of a step or of what lies over it; nothing if the step isn't part of the telling."""
        made = self._veiled(mind, veil, text) if veil else self._stepped(mind, text, take)
        return ChoicePage(made) if isinstance(made, Shown) else made

    def _stepped(self, mind: Mind, text: Text, take: int) -> Page | Shown | None:
        step, number = mind.place.step, mind.place.index
        if step == "note":
            return words.note(mind.questions[number].note)
        if step == "prompt":
            return self._prompt(mind, number)
        if step == "listen":
            return self._listen(mind, take)
        if step == "keep":
            return self._keep(mind, text)
        return words.nothing() if step == "nothing" else None

    def _veiled(self, mind: Mind, veil: str, text: Text) -> Page | Shown:
        number = mind.place.index
        pages: dict[str, Callable[[], Page | Shown]] = {
            "write": lambda: WritePage(mind.questions[number].text, mind.written.get(number, ""), text.language),
            "break": lambda: words.a_break(text.grounding),
            "erase": lambda: words.ask_to_erase(is_everything=True),
            "erase_take": lambda: words.ask_to_erase(is_everything=False),
            "sealing": words.sealing,
            "sealed": lambda: words.sealed(text.archives, keeps_copy=self._booth.keeps_copy),
            "after": lambda: words.after(has_more=bool(text.contacts)),
            "call": lambda: words.somebody_to_call(text.contacts),
            "erased": words.erased,
            "trouble": words.trouble,
        }
        return pages[veil]()

    def _prompt(self, mind: Mind, number: int) -> PromptPage:
        shown = words.prompt(
            mind.questions[number].text,
            number=number + 1,
            count=len(mind.questions),
            seconds=self._deposit.seconds(number),
            has_text=bool(mind.written.get(number)),
        )
        page = PromptPage(shown)
        page.show_state(self._act.state)
        if self._act.is_open:
            page.show_tick(self._act.seconds, 0.0)
        return page

    def _listen(self, mind: Mind, take: int) -> ListenPage:
        takes = self._deposit.takes()
        number, recording = takes[take]
        question = mind.questions[number].text
        return ListenPage(words.take(question, recording.seconds, number=take + 1, count=len(takes)))

    def _keep(self, mind: Mind, text: Text) -> Shown:
        count = sum(len(written.split()) for written in mind.written.values())
        length = words.told_length(self._deposit.all_seconds, count)
        return words.keep(length, text.archives, text.asked_again, keeps_copy=self._booth.keeps_copy)
