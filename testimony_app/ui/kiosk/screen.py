# SPDX-License-Identifier: Apache-2.0
"""The flow of recording alone; the only file here that talks to a service.

Which step follows which is decided below; here the language, what is agreed to, hiding, and the helper's way out are
looked after, and the telling is left to `telling`. Pages are made anew for each step, each language and each text
size; what was said and written lies below them. There is one way out: the passphrase, or for a drop box, which has
none, closing it while nobody is telling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from testimony_app.i18n import catalogue
from testimony_app.intake import consent, script
from testimony_app.intake.kiosk import FIRST_PURPOSE, Step, statement
from testimony_app.intake.script import Alone, Script
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import TestimonyId
from testimony_app.model.testimony import Testimony
from testimony_app.ui import theme
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk import words
from testimony_app.ui.kiosk.choice_page import ChoicePage, Shown
from testimony_app.ui.kiosk.covers import HIDDEN, Covers
from testimony_app.ui.kiosk.deposit import Deposit
from testimony_app.ui.kiosk.frame import KioskFrame, Tools
from testimony_app.ui.kiosk.guard import Guard
from testimony_app.ui.kiosk.ports import Booth, Look, Opens, Page, Voice
from testimony_app.ui.kiosk.reading_aloud import ReadingAloud, question_on
from testimony_app.ui.kiosk.saying import Saying
from testimony_app.ui.kiosk.take_act import TakeAct, TakeState
from testimony_app.ui.kiosk.telling import Telling
from testimony_app.ui.kiosk.telling_pages import Text
from testimony_app.ui.layouts import column
from testimony_app.ui.listening import Listening
from testimony_app.ui.screens import Screen

Spoken = tuple[Mapping[str, Opens], Script, tuple[str, ...], tuple[Contact, ...]]
"""The archive's recordings of the questions, the words, the archives, whom to call."""


class Handed(msgspec.Struct, frozen=True):
    """How a laptop was handed over."""

    hides_behind_passphrase: bool = False
    """Whether coming back after hiding needs the passphrase."""
    testimony: str = ""
    """What a crash left open, to go on with."""


def text_of(witness: Alone) -> Text:
    """Return the words that the telling needs."""
    if witness.script is None:
        return Text()
    return Text(
        language=witness.script.consent.language,
        grounding=witness.script.guide.distress,
        archives=witness.archives,
        contacts=witness.contacts,
        asked_again=witness.script.first_question if witness.mind.must_ask_again else "",
        statement=statement(witness.mind.questions, witness.mind.written),
    )


def asked_of(witness: Alone, booth: Booth) -> Shown:
    """Return the page of a step before the telling."""
    spoken, place = witness.script, witness.mind.place
    if spoken is None or place.step is Step.LANGUAGE:
        return words.languages(script.languages())
    if place.step is Step.WELCOME:
        if place.index < len(spoken.parts):
            return words.welcome("" if place.index else spoken.consent.title, spoken.parts[place.index])
        return words.who_can_open(witness.archives, keeps_copy=booth.keeps_copy, is_drop_box=booth.is_drop_box)
    if place.step is Step.COMPANY:
        return words.company(has_company=witness.has_company)
    if place.step is Step.CONSENT:
        question = spoken.asked[place.index]
        given, count = witness.mind.answers.get(question.purpose), len(spoken.purposes)
        return words.consent(question, given, number=place.index + 1, count=count)
    return words.refused()


def words_in(booth: Booth, language: str) -> Spoken:
    """Return everything that is said to a witness in a language (vault thread)."""
    archives = tuple(card.name for card in booth.seals.recipients())
    return booth.voices(language), script.read(language), archives, booth.contacts()


def tools_on(cover: str, telling: Telling, *, can_read: bool, is_first: bool) -> Tools:
    """Return what is offered round a page."""
    is_open = not (cover or telling.is_ended)
    return Tools(
        back=is_open and not is_first and telling.may_go_back,
        read=is_open and can_read,
        hide=not (cover or is_first),
        sizes=cover != HIDDEN,
        helper=not cover,
    )


class Agreement:
    """What a witness agrees to: each set of answers that is new becomes one more event of consent."""

    def __init__(self, booth: Booth, deposit: Deposit) -> None:
        """Keep what is agreed to in the deposit."""
        self._booth, self._deposit = booth, deposit

    def answer(self, witness: Alone, given: Answer, then: Callable[[], None]) -> None:
        """Note an answer; after the last one, keep them all before going on."""
        mind, spoken = witness.mind, witness.script
        mind.answer(mind.purposes[mind.place.index], given)
        is_over = mind.place.step not in (Step.CONSENT, Step.REFUSED)
        if spoken is None or not is_over or self._deposit.has_agreed_to(mind.answers):
            then()
            return
        event = self._event(witness, ConsentKind.AFTER if mind.has_something else ConsentKind.BEFORE)
        self._deposit.agree(event, spoken.consent.language, has_company=mind.has_company, then=then)

    def last_word(self, witness: Alone) -> ConsentEvent | None:
        """Return the yes that keeping is, where the witness wanted to be asked again."""
        if not witness.mind.must_ask_again:
            return None
        witness.mind.answers[FIRST_PURPOSE] = Answer.YES
        return self._event(witness, ConsentKind.AFTER)

    def _event(self, witness: Alone, kind: ConsentKind) -> ConsentEvent:
        if witness.script is None:
            raise RuntimeError("nothing was read yet")
        return consent.answered(witness.script.consent, witness.mind.answers, self._booth.clock, kind=kind)


class KioskScreen(Screen):
    """One witness after another, each alone with one screen."""

    is_bare = True
    keeps_hold = True
    released = Signal()
    """The helper has taken the laptop back."""

    def __init__(self, jobs: Runs, booth: Booth, look: Look, voice: Voice, handed: Handed) -> None:
        """Wait for the first witness, or go on with what a crash left."""
        super().__init__()
        self.setObjectName("kiosk_screen")
        self._jobs, self._booth, self._look, self._handed = jobs, booth, look, handed
        self._noticed, self._saying = "", Saying()
        self._frame: KioskFrame | None = None
        self._page: Page | None = None
        self._before: dict[str, object] = {"language": catalogue.language(), "text_size": round(theme.scale() * 100)}
        self._place = column(self)
        self._make_parts(voice)
        self._connect()

    # What the window asks.

    def arrived(self) -> None:
        """Fill the display and show the first page, or the one that a crash cut."""
        if self.window() is not self:
            self._guard.hold(self.window())
        self.show_page()
        if self._handed.testimony and self._booth.is_drop_box:
            # What was said is sealed already, and nobody here can go on with it; somebody new may begin.
            self._look.change(kiosk_testimony="")
            self._notice("back")
        elif self._handed.testimony:
            read = partial(self._booth.keeps.get, TestimonyId(self._handed.testimony))
            self._jobs.run(self, read, self._come_back, lambda _error: self._notice("trouble"))

    def is_busy_recording(self) -> bool:
        """Tell whether a recording runs, rests, or is being saved."""
        return self._act.is_busy

    def may_leave(self) -> bool:
        """Tell whether the helper has taken the laptop back."""
        return not self.keeps_hold

    may_lock_now = may_leave

    def flush(self) -> None:
        """Keep what is being written now."""
        self._telling.flush()

    def show_trouble(self) -> bool:
        """Say the one thing there is to say when something went wrong anywhere."""
        self._notice("trouble")
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Make the page anew when letters have become larger or smaller."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._on_restyled)

    # Building.

    def _make_parts(self, voice: Voice) -> None:
        self._witness = Alone()
        self._guard = Guard(self)
        self._deposit = Deposit(self, self._jobs, self._booth)
        self._act = TakeAct(self, self._jobs, self._booth)
        self._aloud = ReadingAloud(self, self._jobs, voice, self._booth.speaker, self._act)
        listening = Listening(self, self._jobs, self._booth.listens, self._booth.speaker)
        self._telling = Telling(self, self._booth, self._witness.mind, self._deposit, self._act, listening)
        self._telling.text = lambda: text_of(self._witness)
        self._telling.last_word = lambda: self._agreement.last_word(self._witness)
        self._agreement = Agreement(self._booth, self._deposit)
        self._covers = Covers(
            self, self._jobs, self._booth, hides_behind_passphrase=self._handed.hides_behind_passphrase
        )

    def _connect(self) -> None:
        self._telling.moved.connect(self._on_moved)
        self._telling.left.connect(self._on_left)
        self._telling.noticed.connect(self._notice)
        self._covers.changed.connect(self.show_page)
        self._covers.opened.connect(self._on_opened)
        self._act.changed.connect(self._show_busy)
        self._deposit.under_way.connect(lambda known: self._look.change(kiosk_testimony=known))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._on_hide)

    def _new_frame(self) -> KioskFrame:
        frame = KioskFrame()
        frame.back_wanted.connect(self._on_back)
        frame.read_wanted.connect(self._on_read)
        frame.larger_wanted.connect(partial(self._resize, theme.STEP))
        frame.smaller_wanted.connect(partial(self._resize, -theme.STEP))
        frame.hide_wanted.connect(self._on_hide)
        frame.helper_wanted.connect(self._on_helper)
        return frame

    # Pages.

    def show_page(self) -> None:
        """Show the page of where we are, in the language and size of now."""
        self._aloud.hush()
        self.flush()
        before, self._frame = self._frame, self._new_frame()
        page = self._page = self._made()
        self._frame.show_page(page.widget)
        self._show_tools()
        self._show_busy()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._place.addWidget(self._frame)
        self._frame.show()
        self._saying.arrive(page)

    def _made(self) -> Page:
        cover = self._covers.page(is_telling=self._deposit.testimony is not None)
        if cover is not None:
            self._telling.put_away()
            return cover
        return self._telling.page() or self._choice(asked_of(self._witness, self._booth))

    def _choice(self, shown: Shown) -> ChoicePage:
        page = ChoicePage(shown)
        page.chosen.connect(self._on_chosen)
        return page

    def _show_tools(self) -> None:
        if self._frame is None:
            return
        cover, is_first = self._covers.name, self._witness.mind.place.step is Step.LANGUAGE
        can_read = self._aloud.speaks(catalogue.language(), question_on(self._page, self._witness.mind))
        self._frame.show_tools(tools_on(cover, self._telling, can_read=can_read, is_first=is_first))
        is_telling = self._deposit.testimony is not None
        line = words.lines(self._noticed, is_drop_box=self._booth.is_drop_box, is_telling=is_telling)
        is_quiet = not self._noticed and (cover or is_first or self._telling.is_ended)
        self._frame.show_line("" if is_quiet else line[0], is_safe=line[1])

    def _show_busy(self) -> None:
        if self._frame is not None:
            self._frame.show_busy(self._act.state in (TakeState.OPENING, TakeState.SAVING))

    # What was pressed.

    def _on_chosen(self, name: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "alone": lambda: self._on_company(has_company=False),
            "with_somebody": lambda: self._on_company(has_company=True),
            "change": lambda: self._move(self._witness.mind.go_back),
            "leave": self._telling.leave,
            "go_on": lambda: self._move(self._witness.mind.go_on),
        }
        if name.startswith(words.LANGUAGE):
            self._speak(name.removeprefix(words.LANGUAGE), lambda: self._move(self._witness.mind.go_on))
        elif name in (words.YES, words.NO, words.LATER):
            self._agreement.answer(self._witness, words.answer_of(name), self._on_moved)
        else:
            acts[name]()

    def _speak(self, language: str, then: Callable[[], None]) -> None:
        def done(found: Spoken) -> None:
            self._aloud.recorded = found[0]
            self._witness.speak(*found[1:])
            self._look.change(language=language)
            then()

        read = partial(words_in, self._booth, language)
        self._jobs.run(self, read, done, lambda _error: self._notice("trouble"))

    def _on_company(self, *, has_company: bool) -> None:
        self._witness.mind.has_company = self._witness.has_company = has_company
        self._move(self._witness.mind.go_on)

    def _on_back(self) -> None:
        if not self._telling.go_back():
            self._act.finish(lambda _kept: self._move(self._witness.mind.go_back))

    def _move(self, move: Callable[[], object]) -> None:
        move()
        self._on_moved()

    def _on_moved(self) -> None:
        self._noticed = ""
        self.show_page()

    def _on_left(self) -> None:
        """Be ready for the next witness, and know nothing of this one."""
        self._deposit.forget()
        self._witness = Alone()
        self._telling.start_over(self._witness.mind)
        self._look.change(**self._before)
        self._on_moved()

    def _come_back(self, testimony: Testimony) -> None:
        """Go on with what a crash cut."""

        def opened() -> None:
            self._deposit.open(testimony, tuple(asked.text for asked in self._witness.mind.questions))
            self._witness.come_back(testimony, self._deposit.seconds)
            self.show_page()
            self._notice("back")

        if testimony.consent:
            self._speak(testimony.consent[-1].language, opened)

    def _on_read(self) -> None:
        if self._page is not None:
            self._aloud.say(self._page.said, catalogue.language(), question_on(self._page, self._witness.mind))

    def _resize(self, change: int) -> None:
        wanted = round(theme.scale() * 100) + change
        self._look.change(text_size=min(max(wanted, theme.SMALLEST), theme.LARGEST))

    def _on_restyled(self) -> None:
        """Show the same page in its new size, and leave the focus where it was."""
        if self._frame is not None and not self._frame.is_of_now:
            name = _name_of(self.focusWidget())
            self.show_page()
            _focus_on(self._frame, name)

    def _notice(self, word: str) -> None:
        self._noticed = word
        self._show_tools()

    # Hiding, helping, leaving.

    def _on_hide(self) -> None:
        """Hide everything at once and hear nothing: somebody came in."""
        if self._witness.mind.place.step is not Step.LANGUAGE and not self._covers.is_hiding:
            self._telling.rest()
            self._covers.hide()

    def _on_helper(self) -> None:
        self._telling.rest()
        self._covers.ask_helper()

    def _on_opened(self) -> None:
        self._act.finish(lambda _kept: self._release())

    def _release(self) -> None:
        """Give the laptop back to the helper, in the language and letters it was handed over with."""
        self.flush()
        self._aloud.hush()
        # While it is still held: a screen that may be left is built anew in another language, and would hold again.
        self._look.change(**self._before)
        self.keeps_hold = False
        self._guard.let_go()
        self.released.emit()


def _focus_on(frame: KioskFrame | None, name: str) -> None:
    for found in frame.findChildren(QWidget, name) if frame is not None and name else ():
        found.setFocus()


def _name_of(widget: QWidget | None) -> str:
    return widget.objectName() if widget is not None else ""
