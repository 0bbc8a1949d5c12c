# SPDX-License-Identifier: Apache-2.0
"""Handing over and coming back: checks that everything can be sealed first, and finds the witness again after a crash.

That a laptop was handed over stands in the settings, with the folder and the identifier of what is under way: nothing
secret, and enough for the next start to come back to the same witness and to nobody else's words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from testimony_app.audio.ports import Microphone, PcmReader, Speaker
from testimony_app.clock import Clock
from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError
from testimony_app.i18n.catalogue import _
from testimony_app.intake import kiosk
from testimony_app.intake.aftercare import Aftercare
from testimony_app.intake.capture import Captured
from testimony_app.intake.errors import NoArchiveKnown
from testimony_app.intake.recorder import Progress
from testimony_app.intake.taking import RecordingSteps
from testimony_app.intake.voices import Voices
from testimony_app.machine import Awake
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.settings import Settings
from testimony_app.ui.handover.hand_over_page import HandOverPage
from testimony_app.ui.intake.ports import Seals
from testimony_app.ui.jobs import Runs
from testimony_app.ui.kiosk import words
from testimony_app.ui.kiosk.choice_page import ChoicePage
from testimony_app.ui.kiosk.guard import Guard
from testimony_app.ui.kiosk.helper_page import HelperPage
from testimony_app.ui.kiosk.ports import Booth, Keeps, Look, Voice
from testimony_app.ui.kiosk.saying import Saying
from testimony_app.ui.kiosk.screen import Handed, KioskScreen
from testimony_app.ui.layouts import column
from testimony_app.ui.listening import Listens
from testimony_app.ui.screens import Screen, Screens
from testimony_app.workspace import Workspace

OpensVault = Callable[[Path, Secret], object]


class Box(Keeps, Seals, Protocol):
    """A drop box: it keeps, seals and lets listen, and holds no key that opens anything later."""

    @property
    def listens(self) -> Listens:
        """What opens its recordings, as long as they aren't sealed."""

    def records(self, microphone: Microphone, awake: Awake | None = None) -> RecordingSteps:
        """Return what records into it."""

    def discard_recording(self, testimony_id: TestimonyId, recording_id: str) -> None:
        """Destroy one recording."""


class BoxListens:
    """Lets a witness listen to what was just said into a drop box, as long as it is under way."""

    def __init__(self, box: Box) -> None:
        """Ask this box, each time anew."""
        self._box = box

    def open(self, recording: Recording) -> PcmReader:
        """Return the sound of a recording."""
        return self._box.listens.open(recording)

    def peaks(self, recording: Recording) -> tuple[float, ...]:
        """Return its shape."""
        return self._box.listens.peaks(recording)


class BoxRecords:
    """Records into the testimony that is under way in a drop box; each has its own keys, so each is asked for anew."""

    def __init__(self, box: Box, microphone: Microphone, awake: Awake | None = None) -> None:
        """Record from this microphone; `awake` keeps the computer from sleeping meanwhile."""
        self._box, self._microphone, self._awake = box, microphone, awake
        self._now: RecordingSteps | None = None

    @property
    def wants_slots(self) -> bool:
        """Whether `top_up` is due."""
        return self._now is not None and self._now.wants_slots

    def begin(
        self,
        testimony: TestimonyId,
        *,
        device: str = "",
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Recording:
        """Write down that a recording starts."""
        self._now = self._box.records(self._microphone, self._awake)
        return self._now.begin(testimony, device=device, on_progress=on_progress)

    def top_up(self) -> None:
        """Promise it more room."""
        self._steps.top_up()

    def finish(self) -> Recording:
        """Make what was stopped the recording."""
        return self._steps.finish()

    def discard(self) -> None:
        """Take back what could not start, or what is not to be kept."""
        if self._now is not None:
            self._now.discard()

    def start(self) -> None:
        """Open the microphone."""
        self._steps.start()

    def pause(self) -> None:
        """Hear nothing."""
        self._steps.pause()

    def resume(self) -> None:
        """Hear again."""
        self._steps.resume()

    def change_device(self, device: str) -> None:
        """Go on with another microphone."""
        self._steps.change_device(device)

    def stop(self) -> Captured | None:
        """Hear to the last sample."""
        return self._now.stop() if self._now is not None else None

    @property
    def _steps(self) -> RecordingSteps:
        if self._now is None:
            raise RuntimeError("nothing was begun")
        return self._now


def booth_of_vault(  # noqa: PLR0913 - each is a device or a service of its own, given by name
    workspace: Workspace,
    *,
    records: RecordingSteps,
    microphone: Microphone,
    listens: Listens,
    speaker: Speaker,
    tries_passphrase: Callable[[Secret], None],
    device: str = "",
) -> Booth:
    """Return what recording alone needs, over an open vault."""
    vault = workspace.vault
    return Booth(
        keeps=workspace.interviews,
        records=records,
        devices=microphone,
        seals=workspace.sealing,
        listens=listens,
        speaker=speaker,
        clock=workspace.clock,
        takes_back=lambda _testimony, recording: vault.recordings.discard(recording),
        contacts=Aftercare(vault).contacts,
        voices=Voices(vault).opens,
        keeps_copy=workspace.keeps_copy,
        device=device,
        tries_passphrase=tries_passphrase,
    )


def booth_of_box(
    box: Box,
    *,
    microphone: Microphone,
    speaker: Speaker,
    clock: Clock,
    device: str = "",
    awake: Awake | None = None,
) -> Booth:
    """Return what recording alone needs, over a drop box: no passphrase, and nothing to come back to."""
    return Booth(
        keeps=box,
        records=BoxRecords(box, microphone, awake),
        devices=microphone,
        seals=box,
        listens=BoxListens(box),
        speaker=speaker,
        clock=clock,
        takes_back=box.discard_recording,
        device=device,
    )


def hindrance_of(booth: Booth) -> GovahError | None:
    """Return what must be put right before handing over; on the vault's thread."""
    return kiosk.hindrance(booth.seals.recipients(), booth.devices.devices())


class HandOverScreen(Screen):
    """Checks that what will be told can be sealed, then lets go of the laptop."""

    can_go_back = True
    handed_over = Signal(bool)
    """Whether coming back after hiding needs the passphrase."""

    def __init__(self, jobs: Runs, check: Callable[[], GovahError | None]) -> None:
        """Hand over what `check` finds nothing against."""
        super().__init__()
        self.setObjectName("hand_over_screen")
        self.title = _("Self-recording")
        self._jobs, self._check = jobs, check
        self.page = HandOverPage()
        column(self).addWidget(self.page)
        self.page.handed_over.connect(self.handed_over)
        self.page.card_wanted.connect(lambda: self.go.emit("add_card", None))
        self.page.contacts_wanted.connect(lambda: self.go.emit("aftercare", None))

    def arrived(self) -> None:
        """Check what is needed."""
        self._jobs.run(self, self._check, self.show_ready, self.show_ready)

    def show_ready(self, hindrance: Exception | None) -> None:
        """Show that it can begin, or what stands in the way."""
        self.page.show_ready(hindrance, needs_card=isinstance(hindrance, NoArchiveKnown))
        self.page.take_focus()


class ReturnScreen(Screen):
    """After a crash: says only whom to call, until the passphrase is given; then goes on, or gives the laptop back."""

    is_bare = True
    keeps_hold = True
    opened = Signal(object, bool)
    """What `open_vault` returned, and whether self-recording goes on."""

    def __init__(self, jobs: Runs, open_vault: OpensVault, folder: Path) -> None:
        """Wait for the person who helps."""
        super().__init__()
        self.setObjectName("return_screen")
        self._jobs, self._open_vault, self._folder = jobs, open_vault, folder
        self._guard = Guard(self)
        self._place = column(self)
        self._place.setContentsMargins(48, 24, 48, 24)
        self._page: HelperPage | ChoicePage | None = None
        self._workspace: object = None

    def may_leave(self) -> bool:
        """Tell whether the passphrase was given and somebody chose."""
        return not self.keeps_hold

    may_lock_now = may_leave

    def arrived(self) -> None:
        """Fill the display."""
        if self.window() is not self:
            self._guard.hold(self.window())
        self.ask()

    def ask(self) -> None:
        """Ask for the passphrase."""
        page = HelperPage(*words.call_helper(), may_return=False)
        page.submitted.connect(self._on_submitted)
        self._show(page)

    def _show(self, page: HelperPage | ChoicePage) -> None:
        before, self._page = self._page, page
        if before is not None:
            before.hide()
            before.deleteLater()
        self._place.addWidget(page)
        page.show()
        Saying().arrive(page)

    def _on_submitted(self, secret: Secret) -> None:
        work = partial(_open_and_wipe, self._open_vault, self._folder, secret)
        page = self._page
        if isinstance(page, HelperPage):
            self._jobs.run(self, work, self._on_opened, page.show_error)

    def _on_opened(self, workspace: object) -> None:
        self._workspace = workspace
        page = ChoicePage(words.came_back())
        page.chosen.connect(self._on_chosen)
        self._show(page)

    def _on_chosen(self, name: str) -> None:
        self.keeps_hold = False
        self._guard.let_go()
        self.opened.emit(self._workspace, name == "go_on")


def _open_and_wipe(open_vault: OpensVault, folder: Path, secret: Secret) -> object:
    try:
        return open_vault(folder, secret)
    finally:
        secret.wipe()


class Remembers(Look, Protocol):
    """The settings, where a laptop that was handed over is written down."""

    @property
    def settings(self) -> Settings:
        """The choices as they are now."""


class HandOver(QObject):
    """Lets go of the laptop, and takes it back; knows from the settings where it was left."""

    taken_back = Signal()
    """The helper is here again."""

    def __init__(self, jobs: Runs, remembers: Remembers, screens: Screens, voice: Voice) -> None:
        """Stand by."""
        super().__init__()
        self._jobs, self._remembers, self._screens, self._voice = jobs, remembers, screens, voice

    @property
    def left_at(self) -> Path | None:
        """Return the vault or drop box behind self-recording, if the laptop was not taken back from there."""
        known = self._remembers.settings.kiosk_vault
        return Path(known) if known and Path(known).is_dir() else None

    def offer(self, booth: Booth, folder: Path) -> None:
        """Make the screens known with which the laptop can be handed over."""
        jobs, check = self._jobs, partial(hindrance_of, booth)

        def hand_over(_argument: object) -> Screen:
            screen = HandOverScreen(jobs, check)
            screen.handed_over.connect(lambda hides: self.begin(folder, Handed(hides_behind_passphrase=hides)))
            return screen

        def alone(argument: object) -> Screen:
            handed = argument if isinstance(argument, Handed) else Handed()
            screen = KioskScreen(jobs, booth, self._remembers, self._voice, handed)
            screen.released.connect(self.take_back)
            return screen

        self._screens.add({"hand_over": hand_over, "kiosk": alone})

    def offer_return(self, open_vault: OpensVault, opened: Callable[[object, bool], None]) -> None:
        """Make the screen known that stands there after a crash."""

        def back(argument: object) -> Screen:
            screen = ReturnScreen(self._jobs, open_vault, Path(str(argument)))
            screen.opened.connect(opened)
            return screen

        self._screens.add({"kiosk_return": back})

    def begin(self, folder: Path, handed: Handed = Handed()) -> None:  # noqa: B008 - a frozen value
        """Let go of the laptop."""
        self._remembers.change(kiosk_vault=str(folder), kiosk_testimony=handed.testimony)
        self._screens.start("kiosk", handed)

    def go_on(self) -> None:
        """Go on where a crash cut it."""
        kept = self._remembers.settings
        self.begin(Path(kept.kiosk_vault), Handed(testimony=kept.kiosk_testimony))

    def go_on_in(self, folder: Path) -> None:
        """Begin with a drop box, or come back to it: it can be opened by whoever starts it."""
        kept = self._remembers.settings
        was_there = kept.kiosk_vault == str(folder)
        self.begin(folder, Handed(testimony=kept.kiosk_testimony if was_there else ""))

    def take_back(self) -> None:
        """Write down that the helper has the laptop again."""
        self._remembers.change(kiosk_vault="", kiosk_testimony="")
        self.taken_back.emit()
