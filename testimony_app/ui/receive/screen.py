# SPDX-License-Identifier: Apache-2.0
"""Receiving: each file is verified on the bench, then taken in on the vault's thread, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from testimony_app.archive import accession
from testimony_app.archive.errors import AlreadyHere, TestimonyNotHere
from testimony_app.errors import GovahError
from testimony_app.exchange import carry, receipts, receive, report, turned_away
from testimony_app.exchange.errors import Cancelled
from testimony_app.exchange.receive import Desk
from testimony_app.exchange.report import Finding
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.messages import Message, finding_warning, in_words
from testimony_app.intake import rescuing
from testimony_app.intake.converting import Converted
from testimony_app.intake.rescuing import Rescue
from testimony_app.model.bundle import Outcome, VerifiedBundle
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Cancel, Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.places import Place, Sticks, places
from testimony_app.ui.receive.choose_page import ChoosePage
from testimony_app.ui.receive.findings_page import FindingsPage
from testimony_app.ui.receive.outcome_words import is_held, is_safe, outcome_told
from testimony_app.ui.receive.values import FoundLine, Report
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]
_HELD = "held"
_PARTS = 1000
_SAID_ALREADY = ("already-here",)


class Receiving:
    """Bundles on their way into one archive."""

    def __init__(self, vault: Vault) -> None:
        """Receive into an open vault."""
        self._vault = vault
        self._quarantine, self._held = vault.quarantine, vault.folder / _HELD

    def files(self, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        """Return the files to look at (bench)."""
        return carry.bundle_files(paths)

    def desk(self) -> Desk:
        """Return what verifying needs, as values (vault thread)."""
        return receive.desk_of(self._vault)

    def inspect(
        self, path: Path, desk: Desk, progress: Progress, is_cancelled: Callable[[], bool]
    ) -> VerifiedBundle | Finding:
        """Return the verified bundle, or what is wrong with the file (bench). Raises Cancelled."""
        try:
            return receive.inspect(
                path, desk, self._quarantine, held=self._held, progress=progress, is_cancelled=is_cancelled
            )
        except Cancelled:
            raise
        except GovahError as error:
            return report.refused(path.name, error, desk.partners)

    def accept(self, name: str, verified: VerifiedBundle) -> Finding:
        """Take a verified bundle in and return what became of it (vault thread)."""
        try:
            accession.accept(self._vault, verified, self._vault.clock)
        except AlreadyHere:
            return report.found(name, verified, Outcome.DUPLICATE)
        except GovahError as error:
            return report.declined(name, error, verified)
        finally:
            verified.forget()
        return report.found(name, verified, Outcome.IMPORTED)

    def leftovers(self, verified: VerifiedBundle) -> tuple[Rescue, ...]:
        """Return what a drop box left behind as chunks and is to become FLAC; mostly nothing (vault thread)."""
        recordings = self._vault.recordings.of(verified.testimony.id) if verified.is_take else ()
        chunked = (one for one in recordings if any(part.encoding == "pcm" for part in one.segments))
        return tuple(rescuing.prepare(self._vault, one) for one in chunked)

    def rescue(self, rescues: tuple[Rescue, ...]) -> tuple[dict[int, Converted], ...]:
        """Make verified FLAC of the leftovers; what fails stays as it is (bench)."""
        return tuple(rescuing.convert(one) for one in rescues)

    def keep_rescued(self, rescues: tuple[Rescue, ...], made: tuple[dict[int, Converted], ...]) -> None:
        """Make the FLACs the recordings (vault thread)."""
        for rescue, converted in zip(rescues, made, strict=True):
            rescuing.finish(self._vault, rescue, converted)

    def write_receipts(self, findings: tuple[Finding, ...], folder: Path, copies: int) -> int:
        """Write receipts for what is held here in so many copies; return how many (vault thread)."""
        return len(receipts.write(self._vault, findings, folder, copies=copies))

    def receipts_due(self, findings: tuple[Finding, ...]) -> int:
        """Return for how many refused bundles a receipt can tell their sender why (vault thread)."""
        return len({one.bundle for one in findings if turned_away.is_verdict(self._vault, one)})

    def id_of(self, code: str) -> str:
        """Return the testimony behind a code (vault thread)."""
        return str(self._vault.testimonies.by_code(code).id)


class ReceiveScreen(Screen):
    """One import at a time; stopped half way, what was taken in stays, and the rest is untouched."""

    can_go_back = True

    def __init__(self, jobs: Runs, receiving: Receiving, sticks: Sticks) -> None:
        """Receive from these sticks, or from any folder or file."""
        super().__init__()
        self.setObjectName("receive_screen")
        self.title = _("Import")
        self._jobs, self._receiving, self._sticks = jobs, receiving, sticks
        self._cancel = Cancel()
        self._is_busy = False
        self._waiting: list[Path] = []
        self._early: list[Path] | None = None
        self._findings: list[Finding] = []
        self._count, self._place, self._folder = 0, "", Path()
        self._choose, self._report = ChoosePage(), FindingsPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choose)
        self._stack.addWidget(self._report)
        fill(column(self), self._stack)
        self._connect()

    def arrived(self) -> None:
        """Show the sticks there are."""
        self._choose.places.show_sticks(places(self._sticks))

    def may_leave(self) -> bool:
        """Tell whether nothing is being taken in."""
        return not self._is_busy

    def may_lock_now(self) -> bool:
        """Tell whether nothing is being taken in."""
        return not self._is_busy

    def choose_folder(self, folder: Path) -> None:
        """Choose a folder to import from, as if somebody had picked it."""
        self._choose.places.choose_folder(folder)

    def _connect(self) -> None:
        self._sticks.changed.connect(self.arrived)
        self._choose.place_chosen.connect(self._on_place)
        self._choose.import_wanted.connect(self._on_import)
        self._choose.cancelled.connect(lambda: self._cancel.set())  # noqa: PLW0108 - each import has its own
        self._report.receipts_wanted.connect(self._on_receipts)
        self._report.opened.connect(self._on_opened)
        self._report.held_wanted.connect(lambda: self.go.emit("held", None))
        self._report.left.connect(self._on_again)

    def _on_place(self, place: Place | None) -> None:
        if place is not None:
            look = lambda: len(self._receiving.files((place.path,)))  # noqa: E731
            self._jobs.latest(self, "files", look, self._choose.show_found, self._show_error, heavy=True)

    def _on_import(self, paths: tuple[Path, ...], place: str) -> None:
        self._is_busy, self._cancel = True, Cancel()
        self._findings, self._place, self._early = [], place, []
        self._folder = paths[0] if paths[0].is_dir() else paths[0].parent
        self._choose.show_begun(place)
        self._jobs.run(self, lambda: self._receiving.files(paths), self._on_files, self._on_failed, heavy=True)

    def _on_files(self, files: tuple[Path, ...]) -> None:
        self._waiting, self._count = list(files), len(files)
        self._next()

    def _next(self) -> None:
        if not self._waiting and self._early:
            # A consent that came before its testimony, in the order of file names, finds it now.
            self._waiting, self._early = self._early, None
        if not self._waiting:
            self._finish()
            return
        # The desk is asked for anew each time: what was just taken in counts as seen.
        path = self._waiting.pop(0)
        self._jobs.run(self, self._receiving.desk, lambda desk: self._inspect(path, desk), self._on_failed)

    def _inspect(self, path: Path, desk: Desk) -> None:
        number, count = self._count - len(self._waiting) - 1, self._count
        show = self._jobs.relay(self, self._choose.show_progress)
        told = lambda done, total: show(number * _PARTS + (_PARTS * done // total if total else 0), count * _PARTS)  # noqa: E731
        cancel = self._cancel
        self._jobs.run(
            self,
            lambda: self._receiving.inspect(path, desk, told, cancel),
            lambda found: self._on_inspected(path, found),
            self._on_failed,
            heavy=True,
        )

    def _on_inspected(self, path: Path, found: VerifiedBundle | Finding) -> None:
        if isinstance(found, Finding):
            self._on_found(path, found)
            return
        accept = lambda: self._receiving.accept(path.name, found)  # noqa: E731
        self._jobs.run(self, accept, lambda finding: self._on_accepted(path, found, finding), self._on_failed)

    def _on_accepted(self, path: Path, found: VerifiedBundle, finding: Finding) -> None:
        """Make what a drop box left as chunks into FLAC like any other recording; whatever fails, it is taken in."""
        receiving = self._receiving

        def go_on(_error: object = None) -> None:
            self._on_found(path, finding)

        def keep(rescues: tuple[Rescue, ...], made: tuple[dict[int, Converted], ...]) -> None:
            self._jobs.run(self, lambda: receiving.keep_rescued(rescues, made), go_on, go_on)

        def convert(rescues: tuple[Rescue, ...]) -> None:
            if not rescues:
                go_on()
                return
            work = lambda: receiving.rescue(rescues)  # noqa: E731
            self._jobs.run(self, work, lambda made: keep(rescues, made), go_on, heavy=True)

        if not found.is_take or finding.outcome is not Outcome.IMPORTED:
            go_on()
        else:
            self._jobs.run(self, lambda: receiving.leftovers(found), convert, go_on)

    def _on_found(self, path: Path, finding: Finding) -> None:
        if finding.reason == TestimonyNotHere.code and self._early is not None:
            self._early.append(path)
        else:
            self._findings.append(finding)
        if self._cancel.is_set():
            self._waiting.clear()
        self._next()

    def _finish(self) -> None:
        due = lambda: self._receiving.receipts_due(tuple(self._findings))  # noqa: E731
        self._jobs.run(self, due, self._show_report, self._on_failed)

    def _show_report(self, refusals: int) -> None:
        safe = len({finding.code for finding in self._findings if is_safe(finding.outcome)})
        lines = tuple(line_of(finding) for finding in self._findings)
        self._is_busy = False
        self._report.show_report(Report(self._place, lines, safe + refusals, has_refusals=refusals > 0))
        self._choose.show_choice()
        self._stack.setCurrentWidget(self._report)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled) and self._findings:
            self._finish()
            return
        self._is_busy = False
        self._choose.show_choice()
        if not isinstance(error, Cancelled):
            self._show_error(error)

    def _on_receipts(self, copies: int) -> None:
        findings, folder, place = tuple(self._findings), self._folder, self._place
        write = lambda: self._receiving.write_receipts(findings, folder, copies)  # noqa: E731
        done = lambda count: self._report.show_receipts_written(count, place)  # noqa: E731
        self._jobs.run(self, write, done, self._show_error)

    def _on_opened(self, code: str) -> None:
        look = lambda: self._receiving.id_of(code)  # noqa: E731
        self._jobs.run(self, look, lambda testimony: self.go.emit("home", testimony), self._show_error)

    def _on_again(self) -> None:
        self._stack.setCurrentWidget(self._choose)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))


def line_of(finding: Finding) -> FoundLine:
    """Return a finding in words for people: what happened, what is safe, what to do, and what was noticed."""
    told, message = outcome_told(finding.outcome, carries=finding.carries), None
    if finding.reason:
        message = in_words(finding.reason, finding.facts)
    return FoundLine(
        file=finding.file,
        outcome=finding.outcome,
        code=finding.code,
        signer=finding.signer,
        seconds=finding.seconds,
        told=told or (message.what if message else ""),
        safe=message.safe if message else "",
        next_step=_next_step(finding, message),
        warnings=tuple(_sentence(word) for word in finding.warnings if word not in _SAID_ALREADY),
        fingerprint=finding.signer_fingerprint,
    )


def _next_step(finding: Finding, message: Message | None) -> str:
    if is_held(finding.outcome):
        # It is here already, apart: nobody needs to import it again.
        return _("Compare the sender’s card, then decide about it below.")
    return message.next_step if message else ""


def _sentence(word: str) -> str:
    told = finding_warning(word)
    return told[:1].upper() + told[1:]
