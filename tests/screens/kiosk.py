# SPDX-License-Identifier: Apache-2.0
"""Recording alone, at every step, as a witness sees it."""

from __future__ import annotations

import math
from pathlib import Path

from testimony_app.clock import SystemClock
from testimony_app.i18n import catalogue
from testimony_app.intake import script
from testimony_app.intake.errors import NoArchiveKnown
from testimony_app.intake.kiosk import Place, Step
from testimony_app.model.consent import Answer
from testimony_app.model.partner import Card, Role
from testimony_app.model.recording import Recording, RecordingState
from testimony_app.ui.handover.screen import HandOverScreen, ReturnScreen
from testimony_app.ui.kiosk.ports import Booth
from testimony_app.ui.kiosk.prompt_page import PromptPage
from testimony_app.ui.kiosk.screen import Handed, KioskScreen
from testimony_app.ui.kiosk.take_act import TakeState
from testimony_app.ui.kiosk.write_page import WritePage
from tests.fakes.jobs import JobsAtOnce
from tests.ui.flows import samples

ARCHIVE = "Archive of the Voices"
READ_IN = {code: code for code in script.languages()}
"""A language without a consent text of its own: its words round an English one, as the layout would be."""


class PictureSeals:
    """One archive that everything is sealed to."""

    def recipients(self):
        """Return its card."""
        return (Card(name=ARCHIVE, role=Role.ARCHIVE, recipient="", ed25519="", composite=""),)


class PictureVoice:
    """A voice for every language."""

    def speaks(self, language):
        """Return that it is there."""
        return True

    def hush(self):
        """Be silent."""


class PictureLook:
    """A look that stays as it is."""

    def change(self, **choices):
        """Do nothing."""


class PictureKiosk(KioskScreen):
    """The real screen, that doesn't fill the display."""

    role_for_pictures = Role.COLLECTOR

    def __init__(self, *, is_drop_box=False, keeps_copy=False):
        booth = Booth(
            keeps=None,
            records=None,
            devices=None,
            seals=PictureSeals(),
            listens=None,
            speaker=None,
            clock=SystemClock(),
            takes_back=None,
            keeps_copy=keeps_copy,
            tries_passphrase=None if is_drop_box else lambda _secret: None,
        )
        super().__init__(JobsAtOnce(), booth, PictureLook(), PictureVoice(), Handed())

    def arrived(self):
        """Show the page and nothing else."""
        self.show_page()


def take(number, seconds):
    """Return a recording of so many seconds."""
    return Recording(
        id=f"r{number}", take=number, kind="testimony", state=RecordingState.COMPLETE, started_at=samples.AT,
        sample_rate=48_000, bits=24, channels=1, frames=int(48_000 * seconds),
    )  # fmt: skip


def at(step, index=0, *, veil="", cover="", is_telling=True, noticed="", **kind):
    """Return the screen at a step, with two things told."""
    made = PictureKiosk(**kind)
    alone = made._witness
    alone.speak(script.read(READ_IN.get(catalogue.language(), "en")), (ARCHIVE,))
    alone.mind.answers = dict.fromkeys(alone.mind.purposes, Answer.YES)
    if is_telling:
        alone.mind.said = {0, 1}
        alone.mind.written = {2: "some words that were written"}
        made._deposit._id = "t1"
        made._deposit._takes = {0: [take(1, 192)], 1: [take(2, 747)]}
    alone.mind.place = Place(step, index)
    made._telling.veil, made._covers.name, made._noticed = veil, cover, noticed
    return made


def recording(state, index=3, **kind):
    """Return a question while it is being answered."""
    made = at(Step.PROMPT, index, **kind)
    made._act.state, made._act.seconds = state, 192.0

    def fill_in():
        page = made.findChild(PromptPage)
        for number in range(160):
            page.show_tick(192.0, abs(math.sin(number / 9) * math.sin(number / 2.3)) * 0.8 + 0.04)

    made.arrived = lambda: (made.show_page(), fill_in())
    return made


def writing():
    """Return the writing with the keys on the screen."""
    made = at(Step.PROMPT, 3, veil="write")
    made._witness.mind.written[3] = samples.statement().split("\n")[0]
    made.arrived = lambda: (made.show_page(), made.findChild(WritePage)._keys.setChecked(True))
    return made


def listening():
    """Return the listening back, opened."""
    made = at(Step.LISTEN)
    made.arrived = lambda: (made.show_page(), made._page.show_opened(samples.PEAKS, 192.0),
                            made._page.show_position(60.0), made._page.show_playing(is_playing=True))  # fmt: skip
    return made


def screens():
    """Yield each step, each thing that may lie over it, and each trouble."""
    yield "kiosk-00-hand-over", hand_over
    yield "kiosk-00-hand-over-not-yet", lambda: hand_over(NoArchiveKnown())
    yield "kiosk-01-language", lambda: at(Step.LANGUAGE, is_telling=False)
    yield "kiosk-02-welcome", lambda: at(Step.WELCOME, is_telling=False)
    yield "kiosk-02-welcome-2", lambda: at(Step.WELCOME, 1, is_telling=False)
    yield "kiosk-02-welcome-last", who_can_open
    yield "kiosk-02-welcome-copy", lambda: who_can_open(keeps_copy=True)
    yield "kiosk-03-company", lambda: at(Step.COMPANY, is_telling=False)
    yield "kiosk-04-consent", lambda: at(Step.CONSENT, is_telling=False)
    yield "kiosk-04-consent-3", lambda: at(Step.CONSENT, 2, is_telling=False)
    yield "kiosk-05-refused", lambda: at(Step.REFUSED, is_telling=False)
    yield "kiosk-06-note", lambda: at(Step.NOTE, 4)
    yield "kiosk-07-prompt", lambda: at(Step.PROMPT, 3)
    yield "kiosk-07-prompt-told", lambda: at(Step.PROMPT, 1)
    yield "kiosk-07-prompt-recording", lambda: recording(TakeState.RECORDING)
    yield "kiosk-07-prompt-longest", lambda: recording(TakeState.RECORDING, 4)
    yield "kiosk-07-prompt-paused", lambda: recording(TakeState.PAUSED)
    yield "kiosk-07-prompt-box", lambda: recording(TakeState.RECORDING, is_drop_box=True)
    yield "kiosk-07-prompt-lost", lambda: recording(TakeState.RECORDING, noticed="device-lost")
    yield "kiosk-07-prompt-after-crash", lambda: at(Step.PROMPT, 1, noticed="back")
    yield "kiosk-08-write", lambda: at(Step.PROMPT, 2, veil="write")
    yield "kiosk-08-write-keys", writing
    yield "kiosk-09-break", lambda: at(Step.PROMPT, 3, veil="break")
    yield "kiosk-10-hidden", lambda: at(Step.PROMPT, 3, cover="hidden")
    yield "kiosk-11-listen", lambda: at(Step.LISTEN)
    yield "kiosk-11-listening", listening
    yield "kiosk-12-erase-part", lambda: at(Step.LISTEN, veil="erase_take")
    yield "kiosk-13-keep", lambda: at(Step.KEEP)
    yield "kiosk-13-keep-copy", lambda: at(Step.KEEP, keeps_copy=True)
    yield "kiosk-14-erase", lambda: at(Step.KEEP, veil="erase")
    yield "kiosk-15-erased", lambda: at(Step.KEEP, veil="erased")
    yield "kiosk-16-sealing", lambda: at(Step.KEEP, veil="sealing")
    yield "kiosk-17-sealed", lambda: at(Step.KEEP, veil="sealed")
    yield "kiosk-18-after", lambda: at(Step.KEEP, veil="after")
    yield "kiosk-18-call", calling
    yield "kiosk-19-nothing", lambda: at(Step.NOTHING, is_telling=False)
    yield "kiosk-20-trouble", lambda: at(Step.KEEP, veil="trouble")
    yield "kiosk-21-helper", lambda: at(Step.PROMPT, 3, cover="helper")
    yield "kiosk-21-helper-unhide", lambda: at(Step.PROMPT, 3, cover="unhiding")
    yield "kiosk-22-close-box", lambda: at(Step.LANGUAGE, cover="closing", is_telling=False, is_drop_box=True)
    yield "kiosk-23-return", returned
    yield "kiosk-23-return-open", came_back


def who_can_open(**kind):
    """Return the last page that is read before anything is asked."""
    made = at(Step.WELCOME, is_telling=False, **kind)
    made._witness.mind.place = Place(Step.WELCOME, len(made._witness.script.parts))
    return made


def calling():
    """Return whom a witness can call afterwards."""
    made = at(Step.KEEP, veil="call")
    made._witness.contacts = samples.CONTACTS
    return made


def hand_over(hindrance=None):
    """Return the page on which an interviewer hands the laptop over."""
    return HandOverScreen(JobsAtOnce(), lambda: hindrance)


class PictureReturn(ReturnScreen):
    """The real screen, that doesn't fill the display."""

    role_for_pictures = None

    def arrived(self):
        """Show the page and nothing else."""
        self.ask()


def returned():
    """Return what stands on the laptop after a crash."""
    return PictureReturn(JobsAtOnce(), lambda _folder, _secret: None, Path("laptop"))


def came_back():
    """Return the question put to the helper after a crash."""
    made = returned()
    made.arrived = lambda: made._on_opened(None)
    return made
