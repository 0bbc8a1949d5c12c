# SPDX-License-Identifier: Apache-2.0
"""The parts that every screen is made of, on two pages, to be looked at."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import durations
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.level_meter import LevelMeter
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField
from testimony_app.ui.widgets.progress_panel import ProgressPanel
from testimony_app.ui.widgets.step_bar import ShownStep, StepBar
from testimony_app.ui.widgets.table import Cell, Table, TableRow, in_card
from testimony_app.ui.widgets.table import Column as TableColumn
from testimony_app.ui.widgets.timer_label import show_time, timer_label
from testimony_app.ui.widgets.waveform import Waveform


def peaks(count):
    """Return a shape like speech: loud, soft and silent stretches."""
    return [abs(math.sin(n / 9.0) * math.sin(n / 23.0) * (0.6 + 0.4 * math.sin(n * 1.7))) for n in range(count)]


class PartsScreen(Screen):
    """Cards, table, chips and a banner."""

    def __init__(self):
        super().__init__()
        column = Column(1200)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)
        column.box.addWidget(label(_("Testimonies on this computer"), "title"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(
            CardButton(_("New interview"), _("Consent, recording and notes, step by step"), "a", is_main=True)
        )
        row.addWidget(CardButton(_("Hand over"), _("Locks everything else until you return"), "b"))
        row.addWidget(CardButton(_("Export to USB stick"), _("2 sealed testimonies are waiting"), "c"))
        column.box.addLayout(row)
        table = Table(
            [TableColumn(_("Code")), TableColumn(_("Witness"), stretches=True), TableColumn(_("Length")),
             TableColumn(_("State")), TableColumn("", stretches=True, may_go=True)],
            name="table", title=_("Testimonies"),
        )  # fmt: skip
        table.show_rows([
            TableRow("1", (Cell(ltr("T-7K2F-Q9"), "code"), Cell("Sima"), Cell(durations(6120)),
                           Cell(_("Sealed"), "chip", "sealed"), Cell(_("Waiting for export"), "soft"))),
            TableRow("2", (Cell(ltr("T-3MLA-2C"), "code"), Cell("–"), Cell(durations(1440)),
                           Cell(_("Draft"), "chip", "care"), Cell(_("Consent not finished"), "soft"))),
        ])  # fmt: skip
        table.selectRow(1)
        column.box.addWidget(in_card(table), 1)

    def bar_trailing(self):
        """Two acts."""
        return [button(_("Search"), "search", "flat"), button(_("Settings"), "settings", "flat")]

    def banners_for_pictures(self):
        """One notice."""
        words = _("The recording of {code} was interrupted.").format(code=ltr("T-8WRE-41"))
        return (Banner(words, "care", help_line=_("Everything up to the last second is kept.")),)


class RecordingParts(Screen):
    """Timer, waveform, meter, steps, progress."""

    title, title_is_code, subtitle, can_go_back = "T-7K2F-Q9", True, "Sima", True

    def __init__(self):
        super().__init__()
        column = Column(700)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 24, 28, 24)
        shown = timer_label()
        show_time(shown, 2537)
        wave, heard, meter = Waveform(), Waveform(height=60), LevelMeter()
        for peak in peaks(300):
            wave.add_peak(peak)
        heard.show_recording(peaks(900), 6130)
        heard.show_position(1865)
        meter.show_level(-14, -8)
        panel = ProgressPanel(_("Export to USB stick"))
        panel.show_progress(42, 100, "T-7K2F-Q9")
        for part in (shown, wave, meter, heard, panel):
            inner.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        for made in (button(_("Mark moment"), "m"), button(_("Pause"), "p", "record"), button(_("Finish"), "f")):
            row.addWidget(made)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addWidget(PassphraseField(_("Passphrase")))
        column.box.addWidget(card(inner))

    def bar_trailing(self):
        """The steps."""
        steps = StepBar()
        names = (_("Witness"), _("Consent"), _("Recording"), _("People and places"), _("Review and seal"))
        shown = [ShownStep(str(n), words, is_done=n < 2, may_enter=n < 4) for n, words in enumerate(names)]
        steps.show_steps(shown, "2")
        return [steps]


def screens():
    """Yield the two pages of parts."""
    yield "parts-1-list", PartsScreen
    yield "parts-2-recording", RecordingParts
