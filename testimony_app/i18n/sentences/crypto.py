# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with keys, signatures and encrypted files."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "crypto.secret-wiped": Sentences(
        N_("The vault has been locked."),
        N_("Nothing is lost."),
        N_("Open the vault again."),
    ),
    "crypto.not-an-age-file": Sentences(
        N_("This is not a file sealed by Govah."),
        N_("The file was not changed."),
        N_("Choose a file whose name ends in .AGE."),
    ),
    "crypto.header-damaged": Sentences(
        N_("The beginning of this file is damaged."),
        N_("The original at the sender is not affected."),
        N_("Copy the file again from where it came, or ask the sender for another copy."),
    ),
    "crypto.header-altered": Sentences(
        N_("The beginning of this file was altered."),
        N_("Nothing was taken in from it."),
        N_("Ask the sender for another copy, and say that this one was altered."),
    ),
    "crypto.header-too-large": Sentences(
        N_("The beginning of this file is larger than Govah reads."),
        N_("Nothing was taken in from it."),
        N_("Ask the sender how the file was made."),
    ),
    "crypto.passphrase-file": Sentences(
        N_("This file is sealed with a passphrase; Govah only takes in files sealed to your key."),
        N_("Nothing was taken in from it."),
        N_("Ask the sender to seal it to your card."),
    ),
    "crypto.no-matching-key": Sentences(
        N_("This file was sealed for somebody else."),
        N_("The file was not changed."),
        N_("Check that it was meant for this vault; if so, ask the sender to seal it to your card."),
    ),
    "crypto.mixed-recipients": Sentences(
        N_("One recipient has an older kind of key; a file cannot be sealed to both kinds."),
        N_("Nothing was written."),
        N_("Ask that recipient for a new card."),
    ),
    "crypto.payload-tampered": Sentences(
        N_("The content of this file is not what was sealed."),
        N_("Nothing of it was used."),
        N_("Copy the file again from where it came, or ask the sender for another copy."),
    ),
    "crypto.payload-truncated": Sentences(
        N_("This file was cut short."),
        N_("The original at the sender is not affected."),
        N_("Copy it again, and let the copying finish before you remove the stick."),
    ),
    "crypto.not-a-key": Sentences(
        N_("This is not a key that Govah can read."),
        N_("Nothing was changed."),
        N_("Check that the whole key was copied, with no letter missing or added."),
    ),
    "crypto.wrong-key": Sentences(
        N_("This passphrase or key does not open the vault."),
        N_("Nothing was changed."),
        N_("Check the keyboard layout and try again."),
    ),
    "crypto.not-a-key-file": Sentences(
        N_("The key file of this vault is missing or is something else."),
        N_("The vault itself was not changed."),
        N_("Restore the file KEYS from a backup of this vault."),
    ),
    "crypto.key-file-too-new": Sentences(
        N_("This vault was written by a newer version of Govah."),
        N_("Nothing was changed."),
        N_("Install the newer version on this computer to open it."),
    ),
    "crypto.key-file-damaged": Sentences(
        N_("The key file of this vault is damaged."),
        N_("The vault itself was not changed."),
        N_("Restore the file KEYS from a backup of this vault."),
    ),
    "crypto.key-slots-full": Sentences(
        N_("This vault already has eight ways of being opened."),
        N_("All of them still work."),
        N_("Remove one of them first."),
    ),
    "crypto.key-cost-too-high": Sentences(
        N_("This key file asks for more memory than any vault needs."),
        N_("Nothing was changed."),
        N_("Restore the file KEYS from a backup of this vault."),
    ),
    "crypto.signature-invalid": Sentences(
        N_("The signature does not fit."),
        N_("Nothing was taken in."),
        N_("Ask the sender for another copy, and compare your cards again in person."),
    ),
    "crypto.signature-missing": Sentences(
        N_("One of the two signatures is missing."),
        N_("Nothing was taken in."),
        N_("Ask the sender for a new copy, made with the present version of Govah."),
    ),
    "crypto.not-canonical": Sentences(
        N_("A page inside this file is not written as Govah writes it."),
        N_("Nothing was taken in."),
        N_("Ask the sender for another copy."),
    ),
    "crypto.not-a-share": Sentences(
        N_("These words are not a recovery share; one of them is mistyped, missing or extra."),
        N_("Nothing was changed."),
        N_("Compare them with the sheet, word for word."),
    ),
    "crypto.shares-do-not-fit": Sentences(
        N_("These recovery shares do not belong together, or there are too few or too many of them."),
        N_("Nothing was changed."),
        N_("Check that all sheets carry the same name, and enter as many as they ask for."),
    ),
    "crypto.passphrase-taken": Sentences(
        N_("This passphrase already opens another vault from here, or this one."),
        N_("Nothing was changed."),
        N_("Choose another passphrase."),
    ),
}
