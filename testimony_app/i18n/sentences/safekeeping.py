# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with recovery sheets, second halves, and leaving over a border."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "safekeeping.not-a-sheet": Sentences(
        N_("What was given as sheet {sheet} holds no words of a recovery sheet."),
        N_("Nothing was changed."),
        N_("Give the sheet's own file, or a text with its words in their order."),
    ),
    "safekeeping.unknown-word": Sentences(
        N_("Word {word} of sheet {sheet} stands on no recovery sheet."),
        N_("Nothing was changed."),
        N_("Compare this word with the sheet, letter for letter."),
    ),
    "safekeeping.sheet-mistyped": Sentences(
        N_("Sheet {sheet} is not right: {words} words of {expected}, and they do not fit together."),
        N_("Nothing was changed."),
        N_("Compare the words with the sheet: one is another word, missing, or in another place."),
    ),
    "safekeeping.sheet-of-another-set": Sentences(
        N_("Sheet {sheet} does not belong with the others."),
        N_("Nothing was changed."),
        N_("Look at the four letters of its set; take a sheet with the same letters as the others."),
    ),
    "safekeeping.sheet-twice": Sentences(
        N_("Sheet {sheet} is the same as sheet {same}."),
        N_("Nothing was changed."),
        N_("Give each sheet once."),
    ),
    "safekeeping.too-few-sheets": Sentences(
        N_("{needed} sheets are needed; {given} were given."),
        N_("Nothing was changed."),
        N_("Bring together as many sheets as they ask for, and try again."),
    ),
    "safekeeping.sheets-do-not-open": Sentences(
        N_("These sheets belong together, but they do not open this vault."),
        N_("Nothing was changed."),
        N_("Look at the vault's name on the sheets; newer sheets may have taken their place."),
    ),
    "safekeeping.file-exists": Sentences(
        N_("There is already a file with this name."),
        N_("It was not changed, and nothing was written."),
        N_("Choose another name, or an empty folder."),
    ),
    "safekeeping.folder-missing": Sentences(
        N_("The folder to write to is not there."),
        N_("Nothing was written."),
        N_("Check the name, and that the stick is plugged in."),
    ),
    "safekeeping.keepers-there": Sentences(
        N_("This archive has a keepers' key already."),
        N_("Nothing was changed."),
        N_("Try their sheets; if they are lost, or were seen, make a new key with --replace."),
    ),
    "safekeeping.keepers-of-an-archive": Sentences(
        N_("Only an archive has a keepers' key; this vault collects testimonies."),
        N_("Nothing was changed."),
        N_("Open the archive's vault and make the keepers' sheets there."),
    ),
    "safekeeping.not-a-key-file": Sentences(
        N_("This file is not the second half of a passphrase."),
        N_("Nothing was changed."),
        N_("Plug in the stick that holds it, and name its file; it has 32 bytes."),
    ),
    "border.held-up": Sentences(
        N_("{testimonies} testimonies cannot be sealed or copied; the first is {testimony}."),
        N_("Nothing was dropped; the vault holds everything that it held."),
        N_("Finish or erase them, or add the archive's card, and do it again."),
    ),
    "border.not-for-an-archive": Sentences(
        N_("This is an archive's vault; what it holds is sealed to nobody else."),
        N_("Nothing was changed."),
        N_("Make a backup instead, and leave the computer where it is."),
    ),
    "border.folder-inside": Sentences(
        N_("The folder to copy to lies inside the vault."),
        N_("Nothing was changed."),
        N_("Choose a stick, or a folder elsewhere."),
    ),
    "border.other-files-inside": Sentences(
        N_("The vault's folder holds {files} files that are not the vault's."),
        N_("Nothing was changed."),
        N_("Move them elsewhere, and do it again."),
    ),
    "border.copy-differs": Sentences(
        N_("The copy of {testimony} is not what was sealed."),
        N_("Nothing was dropped; the vault holds everything that it held."),
        N_("Do it again with another stick."),
    ),
    "safekeeping.other-vault-elsewhere": Sentences(
        N_("The other vault is not in the same folder as this one."),
        N_("Nothing was changed."),
        N_("Make the other vault beside this one, then try again."),
    ),
    "safekeeping.other-vault-unfit": Sentences(
        N_("This vault cannot be the other one."),
        N_("Nothing was changed."),
        N_("Make a new vault beside this one, for this purpose alone."),
    ),
}
