# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with recovery sheets and key files."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "safekeeping.not-a-sheet": Sentences(
        N_("This is not a recovery sheet."),
        N_("Nothing was changed."),
        N_("Choose the sheet's file, or type the words as they stand on paper."),
    ),
    "safekeeping.unknown-word": Sentences(
        N_("Word {word} stands on no recovery sheet."),
        N_("Nothing was changed."),
        N_("Compare that word with the sheet, letter for letter."),
    ),
    "safekeeping.sheet-mistyped": Sentences(
        N_("Every word is known, but the sheet's own check does not fit."),
        N_("Nothing was changed."),
        N_("Look for two words that were swapped, left out or typed twice."),
    ),
    "safekeeping.sheet-of-another-set": Sentences(
        N_("One of these sheets does not belong with the others."),
        N_("Nothing was changed."),
        N_("Compare the name of the set on each sheet, and bring those that carry the same."),
    ),
    "safekeeping.sheet-twice": Sentences(
        N_("The same sheet was entered twice."),
        N_("Nothing was changed."),
        N_("Enter another sheet of the same set."),
    ),
    "safekeeping.too-few-sheets": Sentences(
        N_("There are fewer sheets than this set needs."),
        N_("Nothing was changed."),
        N_("Bring as many as each sheet says are needed."),
    ),
    "safekeeping.sheets-do-not-open": Sentences(
        N_("These sheets belong to another vault."),
        N_("Nothing was changed."),
        N_("Bring the sheets that carry the name of this vault."),
    ),
    "safekeeping.file-exists": Sentences(
        N_("There is already a file with this name."),
        N_("It was not changed."),
        N_("Choose another name or an empty folder."),
    ),
    "safekeeping.folder-missing": Sentences(
        N_("The folder to write to is not there."),
        N_("Nothing was changed."),
        N_("Plug the stick in or make the folder, and try again."),
    ),
    "safekeeping.not-a-key-file": Sentences(
        N_("This file is not the second half of a passphrase."),
        N_("Nothing was changed."),
        N_("Choose the key file that was made for this vault."),
    ),
}
