# SPDX-License-Identifier: Apache-2.0
"""What exists once a vault is open: one record of services, built in one function, used by desktop and cli alike.

The rooms that take, carry and keep don't know each other; the few jobs that need two of them are joined here:
sealing (take, then carry), import (carry, then keep), and what may be removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from testimony_app.archive import accession, amending
from testimony_app.archive.catalogue import Catalogue, People
from testimony_app.archive.drafts import Found, among_drafts
from testimony_app.archive.errors import TestimonyNotHere
from testimony_app.audio.errors import NotReadableSound
from testimony_app.clock import Clock
from testimony_app.crypto.fingerprint import safety_number
from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError
from testimony_app.exchange import carry, new_keys, pack, printed, receipts, receive, removal, report, trust
from testimony_app.exchange.carry import Carried
from testimony_app.exchange.history import Seen
from testimony_app.exchange.receipt_errors import RemovalRefused
from testimony_app.exchange.receipts import CheckedReceipts
from testimony_app.exchange.report import Finding
from testimony_app.exchange.standing import Standing, standing
from testimony_app.exchange.trust import UntrustedCard
from testimony_app.intake.amending import Amended, Amending, Amendment, act_of
from testimony_app.intake.importing import import_sound
from testimony_app.intake.rescuing import rescue_all
from testimony_app.intake.sealing import Sealing
from testimony_app.intake.session import Interviews
from testimony_app.model.bundle import BundleFile, Outcome
from testimony_app.model.consent import ConsentEvent
from testimony_app.model.ids import TestimonyId
from testimony_app.model.listing import Hits
from testimony_app.model.partner import PRACTICE_MARK, Card, Partner, Role
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault import backup, check, recovery
from testimony_app.vault.backup import BackedUp
from testimony_app.vault.check import CheckResult
from testimony_app.vault.errors import NotAPracticeVault, PracticeVault
from testimony_app.vault.keys import try_passphrase
from testimony_app.vault.recovery import Recovered
from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]
HELD = "held"


class Imported(msgspec.Struct, frozen=True):
    """What became of every file that was offered, and the receipts written for those taken in."""

    findings: tuple[Finding, ...]
    receipts: tuple[Path, ...]
    receipt_pages: tuple[Path, ...] = ()
    """The same to print, where that was asked for."""


@dataclass(frozen=True)
class Workspace:
    """The services over one open vault; everything here belongs to the thread that opened it."""

    vault: Vault
    clock: Clock
    interviews: Interviews
    sealing: Sealing
    amending: Amending
    catalogue: Catalogue
    recovered: tuple[Recovered, ...]
    role: Role
    keeps_copy: bool
    """Whether a readable copy stays here until the archive's receipt."""
    opened_at: Path
    """The folder at which the passphrase was given: under duress not the vault's own, and the one to propose again."""

    def close(self) -> None:
        """Forget every key and close the vault."""
        self.vault.lock()

    def try_passphrase(self, passphrase: Secret, key_file: Secret | None = None) -> None:
        """Return if the passphrase opens this vault, on any thread and without writing; raises WrongPassphrase."""
        try_passphrase(self.vault.folder, passphrase, key_file=key_file)

    def safety_number(self) -> str:
        """Return the 60 digits that partners compare with this vault's card."""
        return safety_number(self.vault.card_bytes())

    def write_card(self, path: Path) -> None:
        """Write this vault's self-signed card to a file."""
        trust.write_card_file(self.vault, path)

    def renew_card(self, valid_until: date) -> None:
        """Give this vault a new card of the same keys, good until a day; partners compare it like any other."""
        card = msgspec.structs.replace(self.vault.card(), valid_until=valid_until.isoformat())
        with self.vault.transaction():
            self.vault.nameplate.put_card(card)
            self.vault.custody.append("card_renewed", valid_until=card.valid_until)

    def new_signing_keys(self, *, despite_sealed: bool = False) -> None:
        """Give this vault new signing keys and a card that the old ones signed; partners compare it like any other.

        Raises SealedOnTheWay, DiskFull, DiskTrouble.
        """
        new_keys.make(self.vault, despite_sealed=despite_sealed)

    def write_card_page(self, path: Path) -> None:
        """Write this vault's card as a page to print."""
        printed.write_card_page(self.vault, path)

    def read_card(self, path: Path) -> UntrustedCard:
        """Return a card file's content, which nobody has compared yet; raises what is wrong with it."""
        return trust.read_card_file(path)

    def trust(self, card: Path, number: str) -> Partner:
        """Return the partner whose card is now pinned; raises SafetyNumberDiffers and what is wrong with a card."""
        return trust.pin(self.vault, trust.read_card_file(card), number)

    def partners(self) -> tuple[tuple[Partner, Standing], ...]:
        """Return every card that was ever compared here, and how it stands today."""
        today, known = self.clock.now().date().isoformat(), self.vault.partners.all()
        return tuple((one, standing(one, known, today)) for one in known)

    def revoke(self, named: str) -> tuple[Partner, ...]:
        """Withdraw the card meant by a name or fingerprint, with all of its keys; raises CardUnknown."""
        return trust.revoke(self.vault, trust.find_partner(self.vault.partners.all(), named))

    def take_sound(self, testimony: TestimonyId, path: Path, *, progress: Progress | None = None) -> Recording | None:
        """Keep a sound file untouched, with a listening copy; what can't be read is attached and None returned."""
        try:
            return import_sound(self.vault, self.clock, testimony, path, title=path.name, progress=progress)
        except NotReadableSound:
            with self.vault.transaction():
                attachment = self.interviews.attach(testimony, path)
                self.vault.custody.append("sound_not_readable", testimony, attachment=attachment.id)
            return None

    def export(
        self,
        folder: Path,
        codes: Sequence[str] = (),
        *,
        progress: Progress | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Carried:
        """Copy sealed bundles out, every one not yet carried when no code is named, and read each back."""
        return carry.export(self.vault, folder, codes, progress=progress, is_cancelled=is_cancelled)

    def desk(self) -> receive.Desk:
        """Return what verifying needs, as values that any thread may hold."""
        return receive.desk_of(self.vault)

    def verify(self, path: Path, progress: Progress | None = None) -> Finding:
        """Return what a file is, having read every byte and written nothing."""
        return _named(receive.verify(path, self.desk(), progress=progress), path)

    def import_bundles(
        self,
        paths: Iterable[Path],
        *,
        receipts_folder: Path | None = None,
        pages_folder: Path | None = None,
        progress: Progress | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Imported:
        """Take every good bundle among files and folders into the archive, and report on all of them."""
        files = carry.bundle_files(paths)
        findings: list[Finding] = []
        desk = self.desk()
        for number, path in enumerate(files):
            findings.append(self._import_one(path, desk, _part_of(progress, number, len(files)), is_cancelled))
        # A consent that came before its testimony in the order of file names finds it now.
        for number, finding in enumerate(findings):
            if finding.reason == TestimonyNotHere.code:
                findings[number] = self._import_one(files[number], desk, None, is_cancelled)
        written = self.write_receipts(findings, receipts_folder) if receipts_folder else ()
        pages = printed.write_receipt_pages(self.vault, findings, pages_folder) if written and pages_folder else ()
        return Imported(findings=tuple(findings), receipts=written, receipt_pages=pages)

    def write_receipts(self, findings: Sequence[Finding], folder: Path) -> tuple[Path, ...]:
        """Write a signed, encrypted receipt for everything among the findings that is in the archive."""
        return receipts.write(self.vault, findings, folder)

    def _import_one(
        self, path: Path, desk: receive.Desk, progress: Progress | None, is_cancelled: Callable[[], bool] | None
    ) -> Finding:
        vault = self.vault
        try:
            verified = receive.inspect(
                path,
                desk,
                vault.quarantine,
                held=vault.folder / HELD,
                progress=progress,
                is_cancelled=is_cancelled,
            )
        except GovahError as error:
            return report.refused(str(path), error, desk.partners)
        try:
            accession.accept(vault, verified, self.clock)
        except GovahError as error:
            return report.declined(str(path), error, verified)
        # A large archive's desk takes a while to lay out: it is kept up to date instead.
        desk.history.add(Seen.of(verified))
        if verified.is_take:
            self._make_flac(verified.testimony.id)
        return report.found(str(path), verified, Outcome.IMPORTED)

    def _make_flac(self, testimony: TestimonyId) -> None:
        """Make what a drop box left behind as chunks into FLAC like any other recording; if that fails, they stay."""
        chunked = (r for r in self.vault.recordings.of(testimony) if any(s.encoding == "pcm" for s in r.segments))
        with suppress(GovahError):
            rescue_all(self.vault, tuple(chunked))

    def amend(self, code: str, amendment: Amendment) -> Amended:
        """Write down what a witness says now: at an archive it holds at once, elsewhere it is sealed for one."""
        testimony = self.vault.testimonies.by_code(code)
        if self.role is not Role.ARCHIVE:
            return self.amending.amend(testimony.id, amendment)
        event = act_of(amendment, self.clock)
        amending.add(self.vault, testimony.id, (event,))
        return Amended(testimony.id, testimony.code, event.kind)

    def search(self, text: str) -> Hits:
        """Return what a search finds, best first: at an archive everything, elsewhere the drafts."""
        return self._among_what_is_readable(lambda: self.catalogue.search(text))

    def people(self, text: str) -> People:
        """Return the names nearest to the one sought, among what `search` looks through."""
        return self._among_what_is_readable(lambda: self.catalogue.people(text))

    def _among_what_is_readable(self, look: Callable[[], Found]) -> Found:
        return look() if self.role is Role.ARCHIVE else among_drafts(self.vault, self.catalogue, look)

    def check_receipts(self, paths: Iterable[Path]) -> CheckedReceipts:
        """Check the receipts among files and folders, and mark what they prove as received."""
        return receipts.check(self.vault, paths)

    def remove(self, code: str, *, erase: bool = False) -> None:
        """Remove what the archive's receipt proves, or erase at the witness's wish; raises RemovalRefused."""
        testimony = self.vault.testimonies.by_code(code)
        reasons = () if erase else removal.why_not(self.vault, testimony.id, is_confirmed=True)
        if reasons:
            raise RemovalRefused(testimony=testimony.code, why=reasons[0], conditions=len(reasons))
        files = [self.vault.out / known.file.name for known in self.vault.bundles.for_testimony(testimony.id)]
        if erase and self.role is Role.ARCHIVE:
            amending.destroy(self.vault, testimony.id)
        elif erase:
            self.vault.testimonies.erase(testimony.id, reason="witness")
        else:
            with self.vault.transaction():
                self.vault.testimonies.forget_content(testimony.id)
                self.vault.testimonies.set_state(testimony.id, State.REMOVED)
        for file in files:
            file.unlink(missing_ok=True)
        self.vault.rotate()

    def check(self, *, quick: bool = False, progress: Progress | None = None) -> CheckResult:
        """Read the database, every blob and the custody chain."""
        return check.check(self.vault, quick=quick, progress=progress)

    def back_up(self, folder: Path, *, progress: Progress | None = None) -> BackedUp:
        """Bring a backup folder up to the vault's present state, each copy read back."""
        return backup.back_up(self.vault, folder, progress=progress)


def create_workspace(  # noqa: PLR0913 - each is a fact of its own, given by name
    folder: Path,
    passphrase: Secret,
    *,
    role: Role,
    name: str,
    clock: Clock,
    keep_until_receipt: bool = False,
    cost: Cost | None = None,
    is_practice: bool = False,
) -> Workspace:
    """Make a new vault and return what can be done with it; a practice vault's name begins with its mark."""
    plain = name.lstrip(PRACTICE_MARK)
    vault = Vault.create(
        folder,
        role=role,
        name=PRACTICE_MARK + plain if is_practice else plain,
        passphrase=passphrase,
        clock=clock,
        keep_until_receipt=keep_until_receipt,
        cost=cost,
    )
    return over(vault, clock, is_practice=is_practice)


def open_workspace(
    folder: Path,
    passphrase: Secret,
    *,
    clock: Clock,
    key_file: Secret | None = None,
    despite_rollback: bool = False,
    is_practice: bool = False,
) -> Workspace:
    """Open a vault, finish what a crash left, and return what can be done with it."""
    vault = Vault.open(folder, passphrase, clock=clock, key_file=key_file, despite_rollback=despite_rollback)
    return over(vault, clock, is_practice=is_practice, opened_at=folder)


def over(vault: Vault, clock: Clock, *, is_practice: bool = False, opened_at: Path | None = None) -> Workspace:
    """Return the services over an open vault; locks it again when they can't be built.

    Raises PracticeVault or NotAPracticeVault when it isn't of the kind that was asked for.
    """
    try:
        _refuse_other_world(vault, is_practice=is_practice)
        return Workspace(
            vault=vault,
            clock=clock,
            interviews=Interviews(vault, clock),
            sealing=Sealing(vault, partial(pack.plan, vault, out_folder=vault.out)),
            amending=Amending(vault, clock, partial(_write_consent, vault)),
            catalogue=Catalogue(vault),
            recovered=recovery.recover(vault),
            role=vault.role,
            keeps_copy=vault.keep_until_receipt,
            opened_at=opened_at or vault.folder,
        )
    except BaseException:
        vault.lock()
        raise


def _refuse_other_world(vault: Vault, *, is_practice: bool) -> None:
    if vault.card().is_practice != is_practice:
        raise NotAPracticeVault if is_practice else PracticeVault


def verify_with_identity(path: Path, key_file: Path, progress: Progress | None = None) -> Finding:
    """Return what a file is, opened with a bare key; its signer can't be known then."""
    desk = receive.desk_of_key(key_file)
    try:
        return _named(receive.verify(path, desk, progress=progress), path)
    finally:
        desk.identity_text.wipe()


def _named(finding: Finding, path: Path) -> Finding:
    """Return a finding under the path that was offered: two sticks may hold files of one name."""
    return msgspec.structs.replace(finding, file=str(path))


def _write_consent(
    vault: Vault, testimony: Testimony, events: Sequence[ConsentEvent], recipients: Sequence[Card]
) -> BundleFile:
    return pack.write_consent(vault, testimony, events, recipients, vault.out)


def _part_of(progress: Progress | None, number: int, count: int) -> Progress | None:
    if progress is None:
        return None
    tell = progress

    def told(done: int, total: int) -> None:
        thousandths = 1000 * done // total if total else 1000
        tell(1000 * number + thousandths, 1000 * count)

    return told
