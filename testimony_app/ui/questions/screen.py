# SPDX-License-Identifier: Apache-2.0
"""An archive's guide: written here, sealed for its interviewers, taken there; the only file here with services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.exchange import guide_file, voices_file
from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.intake.guides import PHASES, Guides, as_text, from_text
from testimony_app.intake.voices import Voices
from testimony_app.model.partner import Role
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.questions.questions_page import QuestionsPage
from testimony_app.ui.questions.values import GuideTexts
from testimony_app.ui.screens import Screen
from testimony_app.workspace import Workspace

AskFolder = Callable[[QWidget, str], str]


class Questions:
    """The guides of one vault; on the vault's thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Work on an open vault."""
        self._workspace, self._guides = workspace, Guides(workspace.vault)

    @property
    def is_archive(self) -> bool:
        """Whether a guide is written here, and not taken."""
        return self._workspace.role is Role.ARCHIVE

    def texts(self, language: str) -> GuideTexts:
        """Return the guide that is used in a language."""
        guide, own = self._guides.guide(language), self._guides.own()
        is_own = own is not None and guide in own.guides
        parts = tuple(as_text(one for one in guide.sections if one.phase == phase) for phase in PHASES)
        return GuideTexts(language, guide.title, parts, own.archive if own is not None and is_own else "")

    def keep(self, texts: GuideTexts) -> GuideTexts:
        """Keep a language of this archive's own guide. Raises BadGuide."""
        like = self._guides.guide(texts.language)
        vault = self._workspace.vault
        self._guides.write(from_text(texts.parts, like, texts.language), vault.name, "")
        return self.texts(texts.language)

    def ship(self, folder: Path) -> Path:
        """Write the guide for every trusted interviewer. Raises BadGuide, NoCollectorKnown."""
        return guide_file.write(self._workspace.vault, self._guides.shipped(), folder)

    def take(self, path: Path) -> str:
        """Use an archive's guide from now on, and return whose it is. Raises what is wrong with it."""
        taken = guide_file.read(self._workspace.vault, path)
        return self._guides.take(taken.body, taken.archive.card.name, taken.archive.fingerprint).archive

    def take_voices(self, path: Path) -> str:
        """Let an archive's recordings read the questions, and return whose they are. Raises what is wrong with it."""
        vault = self._workspace.vault
        taken = voices_file.read(vault, path)
        Voices(vault).take(taken.body, taken.sound, taken.archive.fingerprint)
        return taken.archive.card.name

    def forget(self, language: str) -> GuideTexts:
        """Use the program's own guide again."""
        self._guides.forget()
        return self.texts(language)


class QuestionsScreen(Screen):
    """One page; nothing changes until a button is pressed."""

    can_go_back = True

    def __init__(self, jobs: Runs, questions: Questions, ask_folder: AskFolder) -> None:
        """Show the guide in the reader's language."""
        super().__init__()
        self.setObjectName("questions_screen")
        self.title = _("Interview guide")
        self._jobs, self._questions, self._ask_folder = jobs, questions, ask_folder
        self._page = QuestionsPage(is_archive=questions.is_archive)
        fill(column(self), self._page)
        self._shown_language = catalogue.language()
        self._page.language_chosen.connect(self._show_language)
        self._page.kept.connect(self._on_kept)
        self._page.ship_wanted.connect(self._on_ship)
        self._page.take_wanted.connect(self._on_take)
        self._page.built_in_wanted.connect(self._on_built_in)

    def arrived(self) -> None:
        """Show the guide."""
        self._show_language(self._shown_language)

    def ship(self, folder: Path) -> None:
        """Write the guide into a folder, as if somebody had picked it."""

        def done(path: Path) -> None:
            self._page.show_done(_("Written: {file}. Only your interviewers can open it.").format(file=ltr(path.name)))

        self._jobs.run(self, lambda: self._questions.ship(folder), done, self._show_error)

    def take(self, name: str) -> None:
        """Take a guide in, as if somebody had picked its file."""
        path = Path(name)
        is_sound = path.suffix.upper() == voices_file.SUFFIX
        take = self._questions.take_voices if is_sound else self._questions.take

        def done(archive: str) -> None:
            said = (
                _("From now on {archive} reads the questions aloud.")
                if is_sound
                else _("From now on: the guide of {archive}.")
            )
            self._show_language(self._shown_language, said.format(archive=auto(archive)))

        self._jobs.run(self, lambda: take(path), done, self._show_error)

    def _show_language(self, language: str, told: str = "") -> None:
        self._shown_language = language

        def shown(texts: GuideTexts) -> None:
            self._page.show_texts(texts)
            if told:
                self._page.show_done(told)

        self._jobs.latest(self, "guide", lambda: self._questions.texts(language), shown, self._show_error)

    def _on_kept(self, texts: GuideTexts) -> None:
        def done(kept: GuideTexts) -> None:
            self._page.show_texts(kept)
            self._page.show_done(_("Kept. Write it for the interviewers when it is whole."))

        self._jobs.run(self, lambda: self._questions.keep(texts), done, self._show_error)

    def _on_ship(self) -> None:
        folder = self._ask_folder(self, "")
        if folder:
            self.ship(Path(folder))

    def _on_take(self) -> None:
        chooser = QFileDialog(self, _("Take a guide from the archive"))
        chooser.setObjectName("guide_dialog")
        chooser.setNameFilters([f"*{guide_file.SUFFIX} *{voices_file.SUFFIX}"])
        chooser.fileSelected.connect(self.take)
        chooser.open()

    def _on_built_in(self) -> None:
        language = self._shown_language
        self._jobs.run(self, lambda: self._questions.forget(language), self._page.show_texts, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))
