# SPDX-License-Identifier: Apache-2.0
"""The telling itself: questions, pauses, writing, listening back, keeping or erasing; one page at a time.

A recording is always ended and kept before anything else is shown in its place. Erasing asks once; sealing can be
tried again; nothing here ends because time has passed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from testimony_app.model.consent import ConsentEvent
from testimony_app.model.recording import Recording
from testimony_app.ui.kiosk.choice_page import ChoicePage
from testimony_app.ui.kiosk.deposit import Deposit
from testimony_app.ui.kiosk.listen_page import ListenPage
from testimony_app.ui.kiosk.ports import Booth, Mind, Page
from testimony_app.ui.kiosk.prompt_page import PromptPage
from testimony_app.ui.kiosk.take_act import TakeAct, TakeState
from testimony_app.ui.kiosk.telling_pages import TellingPages, Text
from testimony_app.ui.kiosk.write_page import WritePage
from testimony_app.ui.listening import Listening


class Telling(QObject):
    """Shows the page of the step; over it a break, the writing, a question before erasing, the end."""

    moved = Signal()
    """Another page is to be shown."""
    left = Signal()
    """The witness is done; nothing of them is known here any more."""
    noticed = Signal(str)
    """A word for the line at the bottom."""

    def __init__(
        self, owner: QObject, booth: Booth, mind: Mind, deposit: Deposit, act: TakeAct, listening: Listening
    ) -> None:
        """Stand ready."""
        super().__init__(owner)
        self._booth, self.mind, self._deposit, self.act, self._listening = booth, mind, deposit, act, listening
        self._pages = TellingPages(booth, deposit, act)
        self.veil = ""
        self._take = 0
        self._page: Page | None = None
        self.text: Callable[[], Text] = Text
        self.last_word: Callable[[], ConsentEvent | None] = lambda: None
        self._connect()

    @property
    def may_go_back(self) -> bool:
        """Whether going back makes sense on the page that is shown."""
        return self.veil in ("", "write", "erase", "erase_take")

    @property
    def is_ended(self) -> bool:
        """Whether it is being sealed or is over."""
        return self.veil in ("sealing", "sealed", "after", "call", "erased")

    def go_back(self) -> bool:
        """Go back inside a step; False if the step itself is to be left."""
        if self.veil:
            self._veil("")
            return True
        if self.mind.place.step == "listen" and self._take:
            self._take -= 1
            self._listening.stop()
            self.moved.emit()
            return True
        return False

    def page(self) -> Page | None:
        """Return the page of the step or of what lies over it; nothing if it isn't part of the telling."""
        made = self._pages.make(self.mind, self.veil, self.text(), self._take)
        if isinstance(made, ChoicePage | PromptPage | ListenPage):
            made.chosen.connect(self._on_chosen)
        if isinstance(made, PromptPage):
            made.pressed.connect(self._on_pressed)
        elif isinstance(made, ListenPage):
            made.pressed.connect(self._on_listen)
            made.sought.connect(self._listening.seek)
        elif isinstance(made, WritePage):
            made.draft_written.connect(self._on_written)
            made.done.connect(lambda: self._veil(""))
        self._page = made
        return made

    def put_away(self) -> None:
        """Know that another page stands in the place of this one."""
        self.flush()
        self._page = None

    def flush(self) -> None:
        """Keep what is being written now."""
        if isinstance(self._page, WritePage):
            self._page.flush()

    def rest(self) -> None:
        """Be silent and hear nothing."""
        self.flush()
        self._listening.stop()
        self.act.pause()

    def start_over(self, mind: Mind) -> None:
        """Stand ready for the next witness."""
        self.mind, self.veil, self._take = mind, "", 0

    # What was pressed.

    def _on_chosen(self, name: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "go_on": self._on_go_on,
            "skip": lambda: self._go(self.mind.skip),
            "next": lambda: self._after_take(self._on_next),
            "break": self._on_break,
            "resume": lambda: self._veil(""),
            "write": lambda: self._after_take(lambda: self._veil("write")),
            "finished": lambda: self._after_take(lambda: self._go(self.mind.finish)),
            "next_take": lambda: self._show_take(self._take + 1),
            "erase_take": lambda: self._veil("erase_take"),
            "erase": self._on_erase,
            "stay": lambda: self._veil(""),
            "erase_now": self._on_erase_now,
            "keep": self._on_keep,
            "again": self._on_keep,
            "questions": lambda: self._go(lambda: self.mind.come_back_to(0)),
            "leave": self.leave,
            "done": self.left.emit,
        }
        acts[name]()

    def _on_go_on(self) -> None:
        following = {"sealed": "after", "after": "call"}
        if self.veil in following:
            self._veil(following[self.veil])
        else:
            self._go(self.mind.go_on)

    def _on_next(self) -> None:
        number = self.mind.place.index
        has_told = self._deposit.seconds(number) or self.mind.written.get(number)
        self._go(self.mind.go_on if has_told else self.mind.skip)

    def _on_break(self) -> None:
        self.rest()
        self._veil("break")

    def _on_erase(self) -> None:
        self.rest()
        self._veil("erase")

    def leave(self) -> None:
        """Leave without anything kept; what there is goes only after one question."""
        if self.mind.has_something:
            self._veil("erase")
        else:
            self._deposit.erase(self.left.emit)

    def _on_erase_now(self) -> None:
        self._listening.stop()
        if self.veil == "erase_take":
            number, take = self._deposit.takes()[self._take]
            self._deposit.take_back(number, take, lambda: self._on_taken_back(number))
            return
        self.act.drop(lambda: self._deposit.erase(lambda: self._veil("erased")))

    def _on_taken_back(self, number: int) -> None:
        if not self._deposit.seconds(number):
            self.mind.took_back(number)
        self.veil = ""
        if self._deposit.takes():
            self._take = min(self._take, len(self._deposit.takes()) - 1)
            self.moved.emit()
        else:
            self._go(self.mind.finish)

    def _on_keep(self) -> None:
        self._listening.stop()
        self._veil("sealing")
        skipped = [self.mind.questions[number].text for number in sorted(self.mind.skipped)]
        self._deposit.seal(self.last_word(), skipped, lambda: self._veil("sealed"))

    def _on_written(self, text: str) -> None:
        self.mind.wrote(self.mind.place.index, text)
        self._deposit.write(self.text().statement, self.text().language)

    # Recording and listening.

    def _connect(self) -> None:
        self.act.changed.connect(self._on_state)
        self.act.ticked.connect(self._on_tick)
        self.act.begun.connect(self._on_begun)
        self.act.taken.connect(self._on_taken)
        self.act.troubled.connect(self.noticed)
        self.act.failed.connect(lambda _error: self.noticed.emit("unheard"))
        self.act.ended.connect(self._on_full)
        self._deposit.failed.connect(self._on_failed)
        self._listening.opened.connect(self._on_opened)
        self._listening.playing.connect(self._on_playing)
        self._listening.moved.connect(self._on_moved)
        self._listening.failed.connect(lambda _error: self.noticed.emit("unplayed"))

    def _on_pressed(self) -> None:
        if self._deposit.testimony is not None:
            self.act.press(self._deposit.testimony)

    def _on_state(self) -> None:
        if isinstance(self._page, PromptPage):
            self._page.show_state(self.act.state)
        if self.act.state is TakeState.OPENING:
            self.noticed.emit("")

    def _on_tick(self, seconds: float, peak: float) -> None:
        if isinstance(self._page, PromptPage):
            self._page.show_tick(seconds, peak)

    def _on_begun(self, recording: Recording) -> None:
        # Noted before the first word, so that a crash leaves the question beside the recording it cut.
        self._deposit.asked(self.mind.questions[self.mind.place.index].text, recording)

    def _on_taken(self, recording: Recording) -> None:
        number = self.mind.place.index
        self.mind.told(number)
        self._deposit.took(number, recording)

    def _on_full(self, _error: object) -> None:
        self.moved.emit()
        self.noticed.emit("full")  # last, as another page brings its own line

    def _after_take(self, act: Callable[[], object]) -> None:
        """End and keep the recording that runs or rests, then do something."""
        self.act.finish(lambda _kept: act())

    def _on_listen(self) -> None:
        if self._listening.recording is not None:
            self._listening.stop()
        else:
            self._listening.listen(self._deposit.takes()[self._take][1])

    def _show_take(self, number: int) -> None:
        self._take = number
        self._listening.stop()
        self.moved.emit()

    def _on_opened(self, _recording: str, peaks: tuple[float, ...]) -> None:
        if isinstance(self._page, ListenPage):
            self._page.show_opened(peaks, self._deposit.takes()[self._take][1].seconds)

    def _on_playing(self, is_playing: bool) -> None:
        if isinstance(self._page, ListenPage):
            self._page.show_playing(is_playing=is_playing)

    def _on_moved(self, seconds: float) -> None:
        if isinstance(self._page, ListenPage):
            self._page.show_position(seconds)

    # Moving.

    def _go(self, move: Callable[[], object]) -> None:
        self._listening.stop()
        self.veil = ""
        self._take = 0
        move()
        self.moved.emit()

    def _veil(self, name: str) -> None:
        self.veil = name
        self.moved.emit()

    def _on_failed(self, _error: object) -> None:
        if self.veil == "sealing":
            self._veil("trouble")
        else:
            self.noticed.emit("trouble")
