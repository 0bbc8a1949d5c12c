# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with a drop box."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "dropbox.card-is-no-archive": Sentences(
        N_("This card is not an archive's; testimony is sealed to archives."),
        N_("No drop box was made."),
        N_("Choose the archive's card."),
    ),
    "dropbox.damaged": Sentences(
        N_("A file of the drop box is not what was written."),
        N_("What is sealed in it can still be opened by the archive."),
        N_("Bring the whole folder to the archive, and make a new drop box."),
    ),
    "dropbox.deposit-open": Sentences(
        N_("A testimony in this drop box is not finished yet."),
        N_("What was said is kept, sealed to the archive."),
        N_("Seal it or erase it before the next one begins."),
    ),
    "dropbox.folder-not-empty": Sentences(
        N_("This folder already holds something; a drop box needs a folder of its own."),
        N_("Nothing was changed."),
        N_("Choose an empty folder, or type a name for a new one."),
    ),
    "dropbox.in-use": Sentences(
        N_("This drop box is already open on this computer."),
        N_("Everything in it is safe."),
        N_("Use the window that is open, or close it and try again."),
    ),
    "dropbox.no-deposit": Sentences(
        N_("This testimony is not open any more."),
        N_("What was sealed is safe; what was erased is gone."),
        N_("Begin a new one if there is more to tell."),
    ),
    "dropbox.no-keys-left": Sentences(
        N_("This drop box is full; every key in it was used once."),
        N_("Everything in it is sealed and safe."),
        N_("Carry what it holds to the archive, and make a new drop box."),
    ),
    "dropbox.not-a-drop-box": Sentences(
        N_("There is no drop box in this folder."),
        N_("Nothing was changed."),
        N_("Choose the folder that holds the drop box, or make a new one."),
    ),
    "dropbox.too-new": Sentences(
        N_("This drop box was made by a newer version of Govah."),
        N_("Nothing was changed."),
        N_("Install the newer version on this computer to open it."),
    ),
}
