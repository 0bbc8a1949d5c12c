# SPDX-License-Identifier: Apache-2.0
"""Search box, results, detail; the only file here that talks to a service."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from testimony_app.archive import access, amending
from testimony_app.archive.access import Access
from testimony_app.archive.catalogue import Catalogue
from testimony_app.archive.description import Description
from testimony_app.audio.ports import Speaker
from testimony_app.i18n import catalogue as words
from testimony_app.intake import consent, looking
from testimony_app.model.changes import Changes
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Attachment, Testimony
from testimony_app.ui import alerts
from testimony_app.ui.archive.archive_page import ArchivePage
from testimony_app.ui.archive.bar import bar_buttons
from testimony_app.ui.archive.care_notices import care_notices
from testimony_app.ui.archive.search_box import SearchBox
from testimony_app.ui.archive.values import Allowed, Cares, Counts, Filters, Opened, Result, Results, Why, of_hit
from testimony_app.ui.intake.attachment_act import AttachmentAct
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.listening import Listening, Listens
from testimony_app.ui.quietly import play_quietly
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault


class Recoverable(Protocol):
    """Tells whether a vault can be opened again when its passphrase is lost."""

    def needs_recovery(self) -> bool:
        """Tell whether nobody has made recovery sheets and tried them (vault thread)."""


class Countable(Protocol):
    """Tells how many bundles wait for a decision about their signer."""

    def count(self) -> int:
        """Return how many there are."""


class Shelves:
    """The reading side of one archive; everything here belongs to the vault's thread."""

    def __init__(
        self, vault: Vault, catalogue: Catalogue, keys: Recoverable | None = None, held: Countable | None = None
    ) -> None:
        """Read from an open archive; `keys` tells whether its recovery was made and tried, `held` what waits apart."""
        self._vault, self._catalogue, self._keys, self._held = vault, catalogue, keys, held
        self._description = Description(vault)

    def cares(self) -> Cares:
        """Return what somebody should look after."""
        return Cares(
            needs_recovery=self._keys is not None and self._keys.needs_recovery(),
            held_apart=self._held.count() if self._held is not None else 0,
        )

    def finish_review(self, testimony: TestimonyId) -> Changes:
        """Move a reviewed testimony into the catalogue."""
        return self._description.finish_review(testimony)

    def counts(self) -> Counts:
        """Return how many testimonies there are of each state and language."""
        facets = self._catalogue.facets()
        return Counts(states=dict(facets.states), languages=dict(facets.languages))

    def find(self, text: str, filters: Filters, offset: int) -> Results:
        """Return a page of what a search finds, or of everything when nothing is sought."""
        if not text.strip():
            page = self._catalogue.page("", offset, filters.state, language=filters.language)
            return Results(tuple(Result(row) for row in page.rows), page.total, page.more)
        found = self._catalogue.search(text, offset, state=filters.state, language=filters.language)
        results = tuple(of_hit(hit) for hit in found.hits)
        return Results(results, found.total, offset + len(results) < found.total, found.milliseconds)

    def opened(self, testimony: TestimonyId) -> Opened:
        """Return one testimony with all that the detail pane shows; of a closed one, what may still be shown."""
        far = access.of(self._vault, testimony)
        is_closed = far.level == access.SEALED
        whole = self._catalogue.closed_record(testimony) if is_closed else self._catalogue.record(testimony)
        return Opened(
            allowed=_allowed(far),
            testimony=whole,
            row=self._vault.testimonies.row(testimony),
            custody=tuple(self._vault.custody.entries(testimony)),
            consent_titles=_titles(whole),
        )

    def looks(self, attachment: Attachment) -> looking.Held:
        """Return what looks at an attachment, as far as the consent lets the archive work with it."""
        access.check(self._vault, self._vault.attachments.testimony_of(attachment.id))
        return looking.prepare(self._vault, attachment)

    def destroy(self, testimony: TestimonyId) -> Changes:
        """Destroy what was withdrawn. Raises NotWithdrawn."""
        return amending.destroy(self._vault, testimony)

    def confirm_condition(self, testimony: TestimonyId) -> None:
        """Write down that what the release waits for has come true."""
        access.confirm_condition(self._vault, testimony)


class ArchiveScreen(Screen):
    """The archive at work: each keystroke's search may overtake the one before, never the other way round."""

    def __init__(
        self, jobs: Runs, shelves: Shelves, listens: Listens, speaker: Speaker, argument: object = None
    ) -> None:
        """Show this archive; `argument` is a testimony to open at once."""
        super().__init__()
        self.setObjectName("archive_screen")
        self._jobs, self._shelves = jobs, shelves
        self._text, self._filters, self._shown = "", Filters(), 0
        self._wanted = str(argument or "")
        self._opened: Testimony | None = None
        self._page = ArchivePage()
        self._listening = Listening(self, jobs, listens, speaker)
        self._looking = AttachmentAct(self._page.seen, jobs, shelves.looks)
        fill(column(self), self._page)
        self._connect()

    def arrived(self) -> None:
        """Ask for the counts and the first page."""
        self._jobs.latest(self, "cares", self._shelves.cares, self._show_cares, self._show_error)
        self._refresh()

    def where(self, argument: object) -> object:
        """Come back to the testimony that is open."""
        return str(self._opened.id) if self._opened is not None else argument

    def bar_leading(self) -> list[QWidget]:
        """Return the search box."""
        box = SearchBox(self._text)
        box.search_requested.connect(self._on_text)
        return [box]

    def bar_trailing(self) -> list[QWidget]:
        """Return what leads to the import and to the cards."""
        return bar_buttons(lambda screen: self.go.emit(screen, None))

    def flush(self) -> None:
        """Be silent before the screen is hidden."""
        self._listening.stop()

    def _connect(self) -> None:
        page, player, listening = self._page, self._page.detail.player, self._listening
        page.filters.chosen.connect(self._on_filters)
        page.results.chosen.connect(self._open)
        page.results.more_wanted.connect(self._on_more)
        page.import_wanted.connect(lambda: self.go.emit("import", None))
        page.card_wanted.connect(lambda: self.go.emit("add_card", None))
        page.detail.seek_wanted.connect(self._play)
        page.detail.amend_wanted.connect(lambda testimony: self.go.emit("amend", testimony))
        page.detail.identity_wanted.connect(lambda testimony: self.go.emit("identity", testimony))
        page.detail.destroy_wanted.connect(self._on_destroy)
        page.detail.condition_met.connect(self._on_met)
        page.detail.look_wanted.connect(self._on_look)
        page.seen.left.connect(self._looking.close)
        page.detail.reviewed.connect(self._on_reviewed)
        player.play_wanted.connect(self._play)
        player.toggle_wanted.connect(listening.toggle)
        player.seek_wanted.connect(listening.seek)
        player.speed_wanted.connect(listening.set_speed)
        listening.opened.connect(player.show_opened)
        listening.playing.connect(lambda is_on: player.show_playing(is_playing=is_on))
        listening.moved.connect(player.show_position)
        listening.stopped.connect(player.show_stopped)
        listening.failed.connect(self._show_error)

    def _on_text(self, text: str) -> None:
        self._text = text
        self._search()

    def _on_filters(self, filters: Filters) -> None:
        self._filters = filters
        self._search()

    def _search(self) -> None:
        find = partial(self._shelves.find, self._text, self._filters, 0)
        self._jobs.latest(self, "search", find, self._show, self._show_error)

    def _show(self, found: Results) -> None:
        self._shown = len(found.results)
        is_empty = not (found.total or self._text.strip() or self._filters != Filters())
        self._page.show_results(found, text=self._text, is_empty_archive=is_empty)
        if self._wanted:
            self._page.results.choose(self._wanted)

    def _on_more(self) -> None:
        find = partial(self._shelves.find, self._text, self._filters, self._shown)
        self._jobs.latest(self, "search", find, self._add, self._show_error)

    def _add(self, found: Results) -> None:
        self._shown += len(found.results)
        self._page.results.add_results(found)

    def _open(self, testimony: str) -> None:
        if self._opened is not None and self._opened.id == testimony:
            return
        self._wanted = ""
        opened = partial(self._shelves.opened, TestimonyId(testimony))
        self._jobs.latest(self, "open", opened, self._on_opened, self._show_error)

    def _on_opened(self, opened: Opened) -> None:
        self._listening.stop()
        self._opened = opened.testimony
        self._page.detail.show_opened(opened)
        if opened.testimony.recordings:
            self._show_peaks(opened.testimony.recordings[0])

    def _on_look(self, attachment: str) -> None:
        for known in self._opened.attachments if self._opened is not None else ():
            if known.id == attachment:
                self._listening.stop()
                self._page.show_seen()
                self._looking.look(known)

    def _on_destroy(self, testimony: str) -> None:
        self._listening.stop()
        destroy = partial(self._shelves.destroy, TestimonyId(testimony))
        self._jobs.run(self, destroy, lambda _changes: self._on_destroyed(), self._show_error)

    def _on_destroyed(self) -> None:
        self._opened = None
        self._page.detail.show_nothing()
        self.arrived()

    def _on_met(self, testimony: str) -> None:
        met = partial(self._shelves.confirm_condition, TestimonyId(testimony))
        self._jobs.run(self, met, lambda _none: self._reopen(testimony), self._show_error)

    def _reopen(self, testimony: str) -> None:
        self._opened = None
        self._open(testimony)

    def _show_peaks(self, recording: Recording) -> None:
        show = self._page.detail.player.show_peaks
        self._jobs.latest(
            self,
            "peaks",
            lambda: self._listening.peaks(recording),
            lambda peaks: show(recording.id, peaks),
            self._show_error,
        )

    def _play(self, recording: str, at_seconds: float = 0.0) -> None:
        for known in self._opened.recordings if self._opened is not None else ():
            if known.id == recording:
                play_quietly(self, partial(self._listening.listen, known, at_seconds=at_seconds))

    def _show_cares(self, cares: Cares) -> None:
        for notice, screen in care_notices(cares):
            notice.acted.connect(partial(self.go.emit, screen, None))
            self.noticed.emit(notice)

    def _on_reviewed(self) -> None:
        testimony = self._opened
        if testimony is not None:
            self._opened = None
            self._wanted = testimony.id
            finish = partial(self._shelves.finish_review, testimony.id)
            self._jobs.run(self, finish, lambda _changes: self._refresh(), self._show_error)

    def _refresh(self) -> None:
        self._jobs.latest(self, "counts", self._shelves.counts, self._page.filters.show_counts, self._show_error)
        self._search()
        if self._wanted:
            self._open(self._wanted)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))


def _allowed(far: Access) -> Allowed:
    """Return how far a testimony may go, as the page needs it."""
    reasons = tuple(
        Why(reason.word, reason.about, reason.answer, reason.review_year)
        for reason in far.reasons
        if reason.word != "identity" or far.level == reason.level
    )
    return Allowed(far.level, reasons, far.review_year, far.is_review_due)


def _titles(testimony: Testimony) -> dict[str, str]:
    """Return the questions of the consent in the reader's language, else in the one they were asked in."""
    codes = consent.languages()
    asked = testimony.consent[-1].language if testimony.consent else words.SOURCE_LANGUAGE
    language = next((code for code in (words.language(), asked) if code in codes), codes[0])
    return {question.purpose: question.title for question in consent.text(language).questions}
