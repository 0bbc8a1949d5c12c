# SPDX-License-Identifier: Apache-2.0
"""Sample content for pictures and tests of the flows; invented, in both scripts."""

from __future__ import annotations

import math
import random
import tomllib
from pathlib import Path

from testimony_app.exchange.report import Finding
from testimony_app.i18n import catalogue, refusals
from testimony_app.i18n.languages import auto
from testimony_app.intake import consent
from testimony_app.model.aftercare import Contact
from testimony_app.model.bundle import Outcome
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.custody import CustodyEntry
from testimony_app.model.listing import Page, Row
from testimony_app.model.partner import Role
from testimony_app.model.person import Identity, NamedPerson, NamedPlace, Participant, Witness
from testimony_app.model.recording import Recording, RecordingState
from testimony_app.model.testimony import Attachment, Kind, Note, Session, State, Statement, Testimony
from testimony_app.ui import wording
from testimony_app.ui.archive.values import Counts, Opened, Result, Results
from testimony_app.ui.cards.values import KnownCard, OwnCard, ReadCard
from testimony_app.ui.intake.values import ConsentAnswers, DeviceChoice, Review, Standing, Take, Tick, WitnessForm
from testimony_app.ui.places import Place
from testimony_app.ui.receive.outcome_words import outcome_told
from testimony_app.ui.receive.screen import line_of
from testimony_app.ui.receive.values import FoundLine, Report
from testimony_app.ui.send.values import Exported, ReceiptsChecked, TurnedAway, Waiting

_WORDS = Path(__file__).parents[2] / "vectors" / "text" / "screens.toml"
WORDS = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
CODE = "T-7K2F-Q9"
AT = "2026-11-12T10:00:00+01:00"
SOUGHT = "gohardasht"


def row(code=CODE, state=State.DRAFT, **facts):
    """Return a row of a list."""
    defaults = {"kind": Kind.INTERVIEW, "languages": ("pes",), "seconds": 6130.0, "word_count": 0, "created": AT}
    return Row(id=code, code=code, state=state, **(defaults | {"pseudonym": "Sima"} | facts))


COLLECTED = Page(
    rows=(
        row(state=State.CARRIED),
        row("T-9QXD-2A", State.RECEIVED, pseudonym="A.", seconds=3480.0),
        row("T-3MLA-7B", State.SEALED, kind=Kind.SELF_RECORDED, languages=("ckb",), seconds=1440.0, pseudonym=""),
        row("T-8WRE-44", languages=("azb", "pes"), seconds=7500.0, pseudonym=WORDS["witness"], remark="no_consent"),
        row("T-5TBN-W1", kind=Kind.WRITTEN, languages=("deu",), seconds=0.0, word_count=1840, pseudonym="Daughter"),
    ),
    total=5,
    more=False,
)
NOTHING = Page(rows=(), total=0, more=False)


def subtitle():
    """Return what stands beside the code in the bar."""
    return wording.DOT.join((auto("Sima"), wording.languages(("pes",))))


WITNESS = WitnessForm(
    witness=Witness(pseudonym="Sima"),
    session=Session(
        place="Berlin",
        gathering="Autumn gathering",
        participants=(Participant("interviewer", "4"), Participant("interpreter", "N.")),
    ),
    languages=("pes", "hye"),
    identity=Identity(),
)
ANSWERS = ConsentAnswers({"P1": Answer.YES, "P2": Answer.YES, "P3": Answer.NO}, understood=True)
NOTES = (
    Note("n1", "note", "Ward 350, room 4: names follow", 760.0, "r1", AT),
    Note("n2", "note", WORDS["note"], 1865.0, "r1", AT),
    Note("n3", "moment", "", 2512.0, "r1", AT),
)
ATTACHMENTS = (Attachment("a1", "b1", "image/jpeg", "letter.jpg", 2_400_000, ""),)
DEVICES = (
    DeviceChoice("usb", "USB PnP Audio", is_default=True),
    DeviceChoice("monitor", "Monitor of Built-in Audio", is_virtual=True),
)
CONTACTS = (
    Contact(WORDS["witness"], "+49 30 5550 1234", "20:00"),
    Contact("Doctor of the gathering", "room 12"),
    Contact("Help line", "0800 555 000", "24 h"),
)
TICK = Tick(61.0, 0.2, -22.0, -9.0, advice="good")
TAKES = (
    Take("r1", 1, 2537.0),
    Take("r2", 2, 61.0, is_interrupted=True, gap_count=1),
)
STANDING = Standing(room_seconds=43_000, battery_percent=81, rate=48_000, bits=24)
STANDING_BADLY = Standing(
    room_seconds=5_000, battery_percent=19, rate=16_000, bits=16,
    concerns=("not-a-microphone", "little-room", "battery-low", "clock-wrong", "less-sound"),
)  # fmt: skip
PEAKS = tuple(abs(math.sin(n / 30)) * random.Random(n).random() for n in range(400))


def ticks():
    """Yield how a recording went: loud, soft and silent stretches."""
    for number in range(150):
        peak = -3 - 30 * abs(math.sin(number / 13)) * random.Random(number).random()
        yield Tick(2537.0, 0.4, -22.0, peak, advice="good")


def statement():
    """Return a written testimony in two scripts."""
    return WORDS["sentence"] + "\nIt was in the summer. I was nineteen."


def people():
    """Return people as they were named."""
    return (
        NamedPerson(
            "p1", (WORDS["name"], "Bahar"), "executed", WORDS["summer"], place=WORDS["place"], known_by="heard_wall"
        ),
        NamedPerson("p2", ("Nasrin",), "imprisoned", "about 1362", place="Evin", known_by="saw"),
    )


def places():
    """Return places as they were named."""
    return (NamedPlace("l1", ("Evin",)), NamedPlace("l2", (WORDS["place"],)))


def consent_titles():
    """Return the questions of the consent text in the language of the picture."""
    shown = consent.text(catalogue.language())
    return {question.purpose: question.title for question in shown.questions}


def review(hindrance=""):
    """Return what would be sealed."""
    titles = list(consent_titles().values())
    return Review(
        code=CODE,
        pseudonym="Sima",
        languages=("pes",),
        takes=TAKES,
        word_count=0,
        attachment_count=1,
        note_count=3,
        people_count=2,
        has_identity=True,
        archives=() if hindrance else ("Archive in Berlin",),
        allowed=tuple(titles[:3]),
        refused=(titles[-1],),
        later=(),
        missing=("teach_back",),
        hindrance=hindrance,
        needs_card=bool(hindrance),
        contacts=CONTACTS,
    )


STICK = Place(Path("/media/BLUE-3"), "BLUE-3", 28_000_000_000)
WAITING = (
    Waiting(CODE, ("pes",), 6130.0, 0, 412_000_000),
    Waiting("T-3MLA-7B", ("ckb",), 1440.0, 0, 97_000_000),
)
EXPORTED = Exported((CODE, "T-3MLA-7B"), 509_000_000, "BLUE-3")


def receipts_checked():
    """Return what two receipts came to: one arrived, one was damaged on its way."""
    message = refusals.by_archive("exchange.bundle-altered", may_carry_again=True)
    away = TurnedAway("T-3MLA-7B", message.what, message.safe, message.next_step)
    return ReceiptsChecked((CODE,), (), (away,))


def finding(file, outcome, code, **facts):
    """Return what became of a file."""
    return Finding(file=file, outcome=outcome, code=code, signer_fingerprint="3f9a52d07c41be88" * 4, **facts)


def report():
    """Return what an import found."""
    return Report(
        "BLUE-3",
        (
            FoundLine("A.AGE", "imported", CODE, "Interviewer 4", 6130.0, outcome_told("imported")),
            FoundLine("B.AGE", "imported", "T-3MLA-7B", "Interviewer 4", 1440.0, outcome_told("imported")),
            FoundLine("C.AGE", "duplicate", "T-9QXD-2A", "Interviewer 2", 3480.0, outcome_told("duplicate")),
            line_of(finding("D.AGE", Outcome.UNKNOWN_SIGNER, "T-6YYT-0Z", reason="exchange.unknown-signer")),
            line_of(
                finding("E.AGE", Outcome.DAMAGED, "T-2HHK-91", signer="Interviewer 2", reason="exchange.bundle-altered")
            ),
            line_of(
                finding("F.AGE", Outcome.IMPORTED, "T-4NDA-6C", signer="Interviewer 4", warnings=("sequence-fork",))
            ),
        ),
        5,
        has_refusals=True,
    )


COUNTS = Counts(
    {State.TO_REVIEW: 12, State.CATALOGUED: 4381, State.HELD_APART: 2}, {"pes": 3102, "ckb": 611, "azb": 290}
)
NO_RESULTS = Results((), 0)


def results():
    """Return what a search found, in both scripts."""
    signed = {"signer": "Interviewer 4"}
    return Results(
        (
            Result(row(state=State.CATALOGUED, **signed), WORDS["snippet"]),
            Result(row("T-1ZPC-0B", State.TO_REVIEW, seconds=11_400.0, **signed), WORDS["other_snippet"]),
            Result(row("T-9QXD-2A", State.HELD_APART, seconds=3480.0), "… from \x02Gohardasht\x03 in autumn …"),
        ),
        37,
        False,
        41.2,
    )


def opened():
    """Return one whole testimony at the archive."""
    recording = Recording("r1", 1, "testimony", RecordingState.COMPLETE, AT, 48_000, 24, 1, 48_000 * 6130)
    testimony = Testimony(
        id=CODE,
        code=CODE,
        kind=Kind.INTERVIEW,
        state=State.CATALOGUED,
        created=AT,
        languages=("pes",),
        witness=Witness("Sima"),
        session=Session(place="Berlin"),
        recordings=(recording,),
        statement=Statement(statement(), "pes", 1, AT),
        notes=NOTES,
        people=people(),
        places=places(),
        consent=(
            ConsentEvent(
                "c1", ConsentKind.BEFORE, AT, "written", "fa", "general", "v1", "", {"P1": Answer.YES, "P7": Answer.NO}
            ),
        ),
    )
    log = tuple(CustodyEntry(n, event, AT, CODE, {}, "", "") for n, event in enumerate(("received_from", "state")))
    return Opened(testimony, row(state=State.CATALOGUED, signer="Interviewer 4"), log, consent_titles())


NUMBER = "12345 67890 " * 6
OWN = OwnCard("Interviewer 4", Role.COLLECTOR, NUMBER, "2028-11-12")
KNOWN = (
    KnownCard("Archive in Berlin", Role.ARCHIVE, AT, safety_number=NUMBER, valid_until="2028-05-01"),
    KnownCard(WORDS["name"], Role.COLLECTOR, AT, "expired", safety_number=NUMBER, valid_until="2026-10-01"),
    KnownCard("Interviewer 2", Role.COLLECTOR, AT, "revoked", safety_number=NUMBER, revoked_at=AT),
    KnownCard("Archive in Berlin", Role.ARCHIVE, AT, "replaced", safety_number=NUMBER, revoked_at=AT),
)
READ = ReadCard("Archive in Berlin", Role.ARCHIVE)
