# SPDX-License-Identifier: Apache-2.0
"""Writing instead of speaking: one large field in which each paragraph finds its direction."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import counted
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.parts import button, card, label


class WritePage(QWidget):
    """Tells each draft within two seconds of typing; nothing has to be pressed to keep it."""

    draft_written = Signal(str)
    document_chosen = Signal(str)
    """A path: its words are to be taken over."""
    speak_wanted = Signal()
    versions_wanted = Signal()
    """Somebody wants to see what stood there before."""
    continued = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("write_page")
        self.setProperty("surface", "paper")
        self._edit = BidiEdit(
            _("Written testimony"), name="statement", placeholder=_("Write as you would tell it. There is no hurry.")
        )
        self._count = label("", "small", name="word_count", wraps=False)
        self._kept = label("", "small", name="draft_kept", wraps=False)
        self._speak = button(_("Record instead"), "record_instead")
        self._document = button(_("Take over from a document…"), "document_button")
        self._versions = button(_("Earlier versions"), "versions_button", "flat")
        self._next = button(_("Continue"), "next_step", "main")
        self._lay_out()
        self._edit.draft_changed.connect(self.draft_written)
        self._edit.textChanged.connect(self._on_changed)
        self._speak.clicked.connect(self.speak_wanted)
        self._versions.clicked.connect(self._on_versions)
        self._document.clicked.connect(self._ask_for_document)
        self._next.clicked.connect(self._on_next)

    def hasHeightForWidth(self) -> bool:
        """Return that the page takes the height it is given: what needs more scrolls inside it."""
        return False

    def show_statement(self, text: str) -> None:
        """Show the statement as it was last kept."""
        self._edit.show_text(text)
        self._on_changed()
        self._kept.setText("")

    def add_text(self, text: str) -> None:
        """Put the words of a document behind what is written, and keep all of it."""
        before = self._edit.text().rstrip()
        whole = f"{before}\n\n{text}" if before else text
        self._edit.show_text(whole)
        self._on_changed()
        self.draft_written.emit(whole)

    def show_kept(self) -> None:
        """Show that everything typed so far is kept."""
        self._kept.setText(_("Kept"))

    def flush(self) -> None:
        """Tell the draft now, before the page is left."""
        self._edit.flush()

    def start_typing(self) -> None:
        """Put the cursor into the field."""
        self._edit.setFocus()

    def _lay_out(self) -> None:
        holder = card(name="write_card")
        below = fill(row(gap=16), self._count, None, self._kept)
        fill(column(holder, edge=20, gap=12), self._edit, below)
        whole = column(self, gap=16)
        whole.setContentsMargins(120, 24, 120, 16)
        fill(
            whole,
            label(_("In the witness’s own words"), "title"),
            holder,
            fill(row(gap=12), self._speak, self._document, self._versions, None, self._next),
        )
        whole.setStretch(1, 1)

    def _on_changed(self) -> None:
        count = len(self._edit.text().split())
        self._count.setText(counted(count, "{count} word", "{count} words"))
        self._kept.setText("")

    def _ask_for_document(self) -> None:
        chooser = QFileDialog(self, _("Take over from a document"))
        chooser.setObjectName("document_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(_("Text and documents") + " (*.txt *.docx *.odt *.pdf)")
        chooser.fileSelected.connect(self.document_chosen)
        chooser.open()

    def _on_versions(self) -> None:
        self._edit.flush()
        self.versions_wanted.emit()

    def _on_next(self) -> None:
        self._edit.flush()
        self.continued.emit()
