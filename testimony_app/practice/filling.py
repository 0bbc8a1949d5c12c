# SPDX-License-Identifier: Apache-2.0
"""Fills the practice vaults by the same steps as real work: record, seal, carry, import, review.

Afterwards something waits at every step: a draft, a sealed testimony, one on the stick, one for the archive to
review, others that are found by searching. The voices are generated; the words stand in resources/practice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from testimony_app.archive.description import Description
from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.clock import Clock
from testimony_app.crypto.passphrase import CHEAP, from_text
from testimony_app.intake import consent
from testimony_app.intake.importing import NoMicrophoneNeeded
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.consent import Answer
from testimony_app.model.ids import TestimonyId, new_id
from testimony_app.model.partner import Role
from testimony_app.model.person import NamedPerson, NamedPlace, Witness
from testimony_app.model.testimony import Session
from testimony_app.practice.ground import PASSPHRASE, Ground
from testimony_app.practice.material import FALLBACK, Invented, Material, material
from testimony_app.workspace import Workspace, create_workspace

VOICE = SoundFormat(rate=48_000, channels=1, bits=24)
Progress = Callable[[int, int], None]


def fill(ground: Ground, language: str, clock: Clock, progress: Progress | None = None) -> None:
    """Make both practice vaults and everything in them; what an earlier attempt left is removed first."""
    ground.clear()
    told = material(language)
    collector = _created(ground, Role.COLLECTOR, told.collector, clock)
    try:
        archive = _created(ground, Role.ARCHIVE, told.archive, clock)
        try:
            _introduce(ground, collector, archive)
            _Filling(ground, collector, archive, told, language).run(progress or _tell_nobody)
        finally:
            archive.close()
    finally:
        collector.close()
    ground.mark_ready()


class _Filling:
    """One testimony after the other, each as far as it is to come."""

    def __init__(self, ground: Ground, collector: Workspace, archive: Workspace, told: Material, language: str) -> None:
        self._ground, self._collector, self._archive, self._told = ground, collector, archive, told
        self._text = consent.text(language if language in consent.languages() else FALLBACK)

    def run(self, progress: Progress) -> None:
        steps = len(self._told.testimony) + 2
        codes: dict[str, list[str]] = {}
        for number, invented in enumerate(self._told.testimony):
            progress(number, steps)
            codes.setdefault(invented.stage, []).append(self._taken(invented, number))
        progress(steps - 2, steps)
        arriving = codes.get("catalogued", []) + codes.get("to_review", [])
        self._bring_in(arriving)
        self._review(codes.get("catalogued", []))
        progress(steps - 1, steps)
        if on_stick := codes.get("on_stick", []):
            self._collector.export(self._ground.stick, on_stick)
        progress(steps, steps)

    def _taken(self, invented: Invented, number: int) -> str:
        """Return the code of a testimony that was taken, and sealed unless it is a draft."""
        drafts = self._collector.interviews
        draft = drafts.start(languages=(self._told.spoken,))
        witness, session = Witness(pseudonym=invented.pseudonym), Session(self._told.place, self._told.gathering)
        drafts.set_witness(draft.id, witness=witness, session=session, languages=(self._told.spoken,))
        answers = {q.purpose: Answer.NO if q.purpose in invented.no else Answer.YES for q in self._text.questions}
        drafts.give_consent(draft.id, consent.answered(self._text, answers, self._collector.clock, understood=True))
        self._speak(draft.id, invented, number + 1)
        drafts.save_statement(draft.id, invented.statement.strip(), self._told.spoken)
        drafts.set_people(draft.id, _people(invented), tuple(_place(name) for name in invented.places))
        if invented.stage != "draft":
            self._collector.sealing.seal(draft.id)
        return draft.code

    def _speak(self, testimony: TestimonyId, invented: Invented, seed: int) -> None:
        taking = RecordingSession(self._collector.vault, NoMicrophoneNeeded(), self._collector.clock)
        taking.record_blocks(testimony, synthetic.blocks(invented.seconds, VOICE, seed), VOICE)

    def _bring_in(self, codes: Sequence[str]) -> None:
        """Carry these to the archive and the receipts back, over a stick that nobody sees."""
        way = self._ground.folder / "way"
        way.mkdir()
        self._collector.export(way, codes)
        self._archive.import_bundles([way], receipts_folder=way)
        self._collector.check_receipts([way])
        _remove(way)

    def _review(self, codes: Sequence[str]) -> None:
        description = Description(self._archive.vault)
        for code in codes:
            description.finish_review(self._archive.interviews.by_code(code).id)


def _created(ground: Ground, role: Role, name: str, clock: Clock) -> Workspace:
    with from_text(PASSPHRASE) as secret:
        folder = ground.vault(role)
        return create_workspace(folder, secret, role=role, name=name, clock=clock, cost=CHEAP, is_practice=True)


def _introduce(ground: Ground, collector: Workspace, archive: Workspace) -> None:
    for one, other in ((collector, archive), (archive, collector)):
        card = ground.folder / f"{one.role.value}.card"
        one.write_card(card)
        other.trust(card, one.safety_number())


def _people(invented: Invented) -> tuple[NamedPerson, ...]:
    return tuple(
        NamedPerson(id=new_id(), names=(one.name,), happened=one.happened, date_as_said=one.when)
        for one in invented.people
    )


def _place(name: str) -> NamedPlace:
    return NamedPlace(id=new_id(), names=(name,))


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def _tell_nobody(_done: int, _total: int) -> None:
    return
