# SPDX-License-Identifier: Apache-2.0
"""Opening one identity envelope; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.archive.envelope import identity_envelope, open_envelope
from testimony_app.archive.errors import IdentityForOthers
from testimony_app.crypto.age import HybridIdentity
from testimony_app.i18n.catalogue import _
from testimony_app.model.consent import current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity
from testimony_app.safekeeping import sheet_words
from testimony_app.ui import alerts, arriving
from testimony_app.ui.identity.before_page import BeforePage
from testimony_app.ui.identity.identity_page import IdentityPage
from testimony_app.ui.identity.values import ShownEnvelope, ShownIdentity
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keys.gather_page import GatherPage, to_learn
from testimony_app.ui.keys.gathering import Gathering
from testimony_app.ui.keys.screen import Sheets
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault

_EVENT = "identity_opened"


class Envelopes(Sheets):
    """The identity envelopes of one archive; on the vault's thread, but for what sheets open."""

    def __init__(self, vault: Vault) -> None:
        """Open envelopes of an open archive."""
        self._vault = vault

    def look(self, testimony: TestimonyId) -> ShownEnvelope:
        """Return whose envelope it is and who can open it. Raises NoIdentityEnvelope."""
        whole = self._vault.testimonies.get(testimony)
        try:
            open_envelope(identity_envelope(self._vault, whole), self._vault.identity)
            opens_alone = True
        except IdentityForOthers:
            opens_alone = False
        level = current(whole.consent).identity_level if whole.consent else ""
        return ShownEnvelope(whole.code, opens_alone, level)

    def closed(self, testimony: TestimonyId) -> bytes:
        """Return the envelope as it came."""
        return identity_envelope(self._vault, self._vault.testimonies.get(testimony))

    def open_with(self, envelope: bytes, words: Sequence[str]) -> ShownIdentity:
        """Return what the keepers' sheets open (bench). Raises what is wrong with a sheet, IdentityForOthers."""
        key = HybridIdentity(sheet_words.secret_of(words))
        try:
            return _shown(open_envelope(envelope, key))
        finally:
            key.wipe()

    def open_alone(self, envelope: bytes) -> ShownIdentity:
        """Return what the archive's own key opens."""
        return _shown(open_envelope(envelope, self._vault.identity))

    def note(self, testimony: TestimonyId, mark: str) -> None:
        """Write into the testimony's log that its envelope was opened, and by which set of sheets."""
        self._vault.custody.append(_EVENT, testimony, set=mark)


class IdentityScreen(Screen):
    """What was agreed, the sheets, the name; the log is written before anything is shown."""

    can_go_back = True
    lock_wanted = Signal()

    def __init__(self, jobs: Runs, envelopes: Envelopes, argument: object) -> None:
        """Open the envelope of the testimony with this identifier."""
        super().__init__()
        self.setObjectName("identity_screen")
        self.title = _("Witness’s identity")
        self._jobs, self._envelopes, self._id = jobs, envelopes, TestimonyId(str(argument))
        self._shown = ShownEnvelope("", opens_alone=False)
        self._is_busy = False
        self._before, self._gather, self._identity = BeforePage(), GatherPage(to_learn()), IdentityPage()
        self._gathering = Gathering(self._gather.entry, jobs, envelopes)
        self._stack = QStackedWidget()
        for page in (self._before, self._gather, self._identity):
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._before.hide()
        self._connect()

    def arrived(self) -> None:
        """Ask whose envelope it is."""
        look = partial(self._envelopes.look, self._id)
        self._jobs.latest(self, "look", look, self._on_looked, self._show_error)

    def left(self) -> None:
        """Forget the sheets and the name."""
        self._gathering.forget()
        self._identity.forget()

    def may_leave(self) -> bool:
        """Tell whether nothing is being opened."""
        return not self._is_busy

    def where(self, argument: object) -> object:
        """Begin anew when the screen is built anew: neither sheets nor a name outlive it."""
        self.left()
        return argument

    def _connect(self) -> None:
        self._before.begun.connect(self._on_begun)
        self._before.left.connect(self._on_closed)
        self._gather.left.connect(self._on_closed)
        self._gather.continued.connect(self._on_gathered)
        self._gathering.changed.connect(self._gather.show_sheets)
        self._identity.closed.connect(self._on_closed)
        self._identity.lock_wanted.connect(self._on_lock)

    def _on_looked(self, shown: ShownEnvelope) -> None:
        self._shown = shown
        self._before.show()
        self._before.show_envelope(shown)
        arriving.arrive(self._before)  # the page was turned to before it was known whose envelope it is

    def _on_begun(self) -> None:
        if not self._shown.opens_alone:
            self._stack.setCurrentWidget(self._gather)
            self._gather.setFocus()
            return
        opened = lambda: self._envelopes.open_alone(self._envelopes.closed(self._id))  # noqa: E731
        self._is_busy = True
        self._jobs.run(self, opened, partial(self._note, ""), self._show_error)

    def _on_gathered(self) -> None:
        words, mark = self._gathering.words(), self._gathering.sheets[0].mark
        self._is_busy = True
        opened = lambda envelope: self._open(envelope, words, mark)  # noqa: E731
        self._jobs.run(self, partial(self._envelopes.closed, self._id), opened, self._show_error)

    def _open(self, envelope: bytes, words: Sequence[str], mark: str) -> None:
        opened = partial(self._envelopes.open_with, envelope, words)
        self._jobs.run(self, opened, partial(self._note, mark), self._refuse, heavy=True)

    def _note(self, mark: str, identity: ShownIdentity) -> None:
        show = lambda _none: self._show(identity)  # noqa: E731
        self._jobs.run(self, partial(self._envelopes.note, self._id, mark), show, self._show_error)

    def _show(self, identity: ShownIdentity) -> None:
        self._is_busy = False
        self._gathering.forget()
        self._identity.show_identity(self._shown.code, identity)
        self._stack.setCurrentWidget(self._identity)

    def _refuse(self, error: Exception) -> None:
        self._is_busy = False
        self._gather.show_wrong(alerts.field_text(error))

    def _on_closed(self) -> None:
        self.left()
        self.go.emit("home", str(self._id))

    def _on_lock(self) -> None:
        self.left()
        self.lock_wanted.emit()

    def _show_error(self, error: Exception) -> None:
        self._is_busy = False
        self.noticed.emit(alerts.banner(error))


def _shown(identity: Identity) -> ShownIdentity:
    return ShownIdentity(**msgspec.structs.asdict(identity))
