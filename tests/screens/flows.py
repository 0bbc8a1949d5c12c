# SPDX-License-Identifier: Apache-2.0
"""The flows with sample content: home, interview, export, import, archive, cards."""

from __future__ import annotations

from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.intake import consent, prompts
from testimony_app.model.partner import Role
from testimony_app.ui.archive.archive_page import ArchivePage
from testimony_app.ui.archive.bar import bar_buttons
from testimony_app.ui.archive.search_box import SearchBox
from testimony_app.ui.cards.cards_page import CardsPage
from testimony_app.ui.cards.known_cards import KnownCards
from testimony_app.ui.cards.own_card import OwnCardPart
from testimony_app.ui.home.home_page import HomePage
from testimony_app.ui.intake.before_panel import HEARING, BeforePanel
from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recorder_panel import IDLE, PAUSED, RECORDING, RecorderPanel
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.receive.choose_page import ChoosePage
from testimony_app.ui.receive.findings_page import FindingsPage
from testimony_app.ui.screens import Screen
from testimony_app.ui.send.send_page import SendPage
from testimony_app.ui.widgets.parts import Column
from testimony_app.ui.widgets.step_bar import ShownStep, StepBar
from tests.ui.flows import samples


class Around(Screen):
    """A page inside the window as its own screen would stand there."""

    def __init__(self, page, *, title="", step="", role=Role.COLLECTOR, is_archive=False):
        super().__init__()
        self.title, self.title_is_code, self.can_go_back = title, bool(step), bool(title)
        self.subtitle = samples.subtitle() if step else ""
        self.role_for_pictures = role
        self._step, self._is_archive = step, is_archive
        fill(column(self), page)

    def bar_leading(self):
        """Return the search box, in the archive."""
        return [SearchBox(samples.SOUGHT)] if self._is_archive else []

    def bar_trailing(self):
        """Return the steps of an interview, or what the archive can do."""
        if self._is_archive:
            return bar_buttons(lambda _screen: None)
        if not self._step:
            return []
        bar = StepBar()
        words = (_("Witness"), _("Consent"), _("Recording"), _("People & places"), _("Review & seal"))
        names = ("witness", "consent", "recording", "people", "review")
        done = names.index(self._step)
        steps = [ShownStep(n, w, i < done) for i, (n, w) in enumerate(zip(names, words, strict=True))]
        bar.show_steps(steps, self._step)
        return [bar]


def home(page=samples.COLLECTED, *, has_archive=True):
    """Return the collector's home."""
    made = HomePage()
    made.show_page(page, waiting=2 if page.rows else 0, has_archive=has_archive)
    return Around(made)


def witness():
    """Return the first step."""
    made = WitnessPage()
    made.show_witness(samples.WITNESS)
    return Around(made, title=samples.CODE, step="witness")


def consented():
    """Return the second step, half answered."""
    made = ConsentPage()
    made.show_languages(consent.languages(), catalogue.language())
    made.show_text(consent.text(catalogue.language()), samples.ANSWERS)
    return Around(made, title=samples.CODE, step="consent")


def record(state, *, trouble=False):
    """Return the third step in one of its states."""
    made = RecordPage()
    made.guide.show_guide(prompts.guide(catalogue.language()))
    made.notes.show_notes(samples.NOTES)
    made.notes.show_attachments(tuple((one, True) for one in samples.ATTACHMENTS))
    made.recorder.show_devices(samples.DEVICES, "usb")
    made.recorder.show_sound("USB PnP Audio", 48_000, 24)
    made.show_state(state)
    if state == IDLE:
        made.recorder.show_takes(samples.TAKES)
        made.recorder.before.show_standing(samples.STANDING if not trouble else samples.STANDING_BADLY)
    for tick in samples.ticks() if state != IDLE else ():
        made.recorder.show_tick(tick)
    if trouble:
        made.recorder.show_trouble(
            _("The microphone is gone."),
            _("What was said is safe. Plug it in again, choose another one below, or finish."),
        )
        made.recorder.offer_devices()
    return Around(made, title=samples.CODE, step="recording")


def before():
    """Return the third step while the microphone is tested."""
    made = record(IDLE)
    panel = made.findChild(BeforePanel)
    panel.show_standing(samples.STANDING)
    panel.show_test(HEARING)
    panel.show_heard(4.0, -24.0, -12.0, "good")
    return made


def alarm():
    """Return the third step when no sound reaches the microphone, after some distortion."""
    made = record(RECORDING)
    panel = made.findChild(RecorderPanel)
    panel.show_clipping(3)
    panel.show_trouble(
        _("No sound reaches the microphone."),
        _("The recording goes on. Check the cable, the switch and the microphone, or choose another one."),
    )
    panel.offer_devices()
    return made


def write():
    """Return the third step, written instead."""
    made = WritePage()
    made.show_statement(samples.statement())
    return Around(made, title=samples.CODE, step="recording")


def people():
    """Return the fourth step."""
    made = PeoplePage()
    made.show_people(samples.people(), samples.places())
    return Around(made, title=samples.CODE, step="people")


def review(*, hindrance=""):
    """Return the last step."""
    made = ReviewPage()
    made.show_review(samples.review(hindrance))
    return Around(made, title=samples.CODE, step="review")


def sealing():
    """Return the last step while it seals."""
    screen = review()
    page = screen.findChild(ReviewPage)
    page.show_sealing()
    page.show_progress(3, 10)
    return screen


def sealed():
    """Return the last step when it is done."""
    screen = review()
    screen.findChild(ReviewPage).show_sealed(samples.CODE, keeps_copy=False)
    return screen


def send(*, is_done=False, has_refusal=False):
    """Return the export, before and after, and with what the archive refused."""
    made = SendPage()
    made.show_waiting(samples.WAITING)
    made.places.show_sticks((samples.STICK,))
    made.show_receipts_found(2)
    if is_done:
        made.show_exported(samples.EXPORTED)
    if has_refusal:
        made.show_receipts_checked(samples.receipts_checked())
    return Around(made, title=_("Export"))


def choose():
    """Return the beginning of an import."""
    made = ChoosePage()
    made.places.show_sticks((samples.STICK,))
    made.show_found(5)
    return Around(made, title=_("Import"), role=Role.ARCHIVE)


def findings():
    """Return the report of an import."""
    made = FindingsPage()
    made.show_report(samples.report())
    return Around(made, title=_("Import"), role=Role.ARCHIVE)


def archive():
    """Return the archive at work."""
    made = ArchivePage()
    made.filters.show_counts(samples.COUNTS)
    made.show_results(samples.results(), text=samples.SOUGHT, is_empty_archive=False)
    made.results.choose(samples.CODE)
    made.detail.show_opened(samples.opened())
    made.detail.player.show_opened("r1", samples.PEAKS)
    made.detail.player.show_position(1865.0)
    return Around(made, role=Role.ARCHIVE, is_archive=True)


def empty_archive():
    """Return an archive that holds nothing yet."""
    made = ArchivePage()
    made.show_results(samples.NO_RESULTS, text="", is_empty_archive=True)
    return Around(made, role=Role.ARCHIVE, is_archive=True)


def cards(role=Role.COLLECTOR):
    """Return the cards, with one being compared."""
    made = CardsPage(role)
    made.own.show_own(samples.OWN)
    made.known.show_known(samples.KNOWN)
    made.show_card(samples.READ)
    return Around(made, title=_("Cards"), role=role)


def partners():
    """Return the lower half of the cards: one's own, and everybody's."""
    made = Column(860)
    own, known = OwnCardPart(), KnownCards()
    own.show_own(samples.OWN)
    known.show_known(samples.KNOWN)
    known.show_revoked(("Interviewer 2",))
    fill(made.box, known, own, None)
    return Around(made, title=_("Cards"))


def screens():
    """Yield each page of each flow."""
    yield "home-1", home
    yield "home-2-first", lambda: home(samples.NOTHING, has_archive=False)
    yield "interview-1-witness", witness
    yield "interview-2-consent", consented
    yield "interview-3-recording", lambda: record(RECORDING)
    yield "interview-3-paused", lambda: record(PAUSED)
    yield "interview-3-idle", lambda: record(IDLE)
    yield "interview-3-before", before
    yield "interview-3-before-concerns", lambda: record(IDLE, trouble=True)
    yield "interview-3-alarm", alarm
    yield "interview-3-trouble", lambda: record(RECORDING, trouble=True)
    yield "interview-3-writing", write
    yield "interview-4-people", people
    yield "interview-5-review", review
    yield "interview-5-no-archive", lambda: review(hindrance=_("No archive’s card has been compared yet."))
    yield "interview-5-sealing", sealing
    yield "interview-6-sealed", sealed
    yield "export-1", send
    yield "export-3-refused", lambda: send(has_refusal=True)
    yield "export-2-done", lambda: send(is_done=True)
    yield "import-1", choose
    yield "import-2-report", findings
    yield "archive-1", archive
    yield "archive-2-empty", empty_archive
    yield "cards-3-partners", partners
    yield "cards-1-collector", cards
    yield "cards-2-archive", lambda: cards(Role.ARCHIVE)
