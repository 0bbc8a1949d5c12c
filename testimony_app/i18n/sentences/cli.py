# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with the command line."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "cli.no-passphrase": Sentences(
        N_("No passphrase was given."),
        N_("The vault stays locked."),
        N_("Type it at the prompt, or use --passphrase-file."),
    ),
    "cli.passphrases-differ": Sentences(
        N_("The two passphrases differ."),
        N_("No vault was made."),
        N_("Try again and type the same twice."),
    ),
    "cli.no-sheets": Sentences(
        N_("No recovery sheet was given."),
        N_("Nothing was changed."),
        N_("Type its words at the prompt, or use --share, once for each sheet."),
    ),
    "cli.no-microphone": Sentences(
        N_("No microphone can be used here."),
        N_("Nothing was recorded."),
        N_("Start Govah on a computer with a microphone."),
    ),
    "cli.demo-folder-in-use": Sentences(
        N_("The folder for the demonstration is not empty."),
        N_("Nothing in it was changed."),
        N_("Name an empty or new folder."),
    ),
    "cli.demo-failed": Sentences(
        N_("A step of the demonstration did not give what it should ({step})."),
        N_("Your own vaults are not touched."),
        N_("Tell the developers which step failed."),
    ),
}
