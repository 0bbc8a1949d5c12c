# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with a vault."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "vault.wrong-passphrase": Sentences(
        N_("This passphrase does not open the vault."),
        N_("Nothing was changed."),
        N_("Try again; look at the keyboard layout and the capitals key. If it is lost, use the recovery sheet."),
    ),
    "vault.not-a-vault": Sentences(
        N_("There is no vault in this folder."),
        N_("Nothing was changed."),
        N_("Choose the folder that holds the vault, or create a new vault."),
    ),
    "vault.in-use": Sentences(
        N_("This vault is already open on this computer."),
        N_("Everything in it is safe."),
        N_("Use the window that is open, or close it and try again."),
    ),
    "vault.folder-not-empty": Sentences(
        N_("This folder already holds something."),
        N_("Nothing was changed."),
        N_("Choose an empty folder, or type a name for a new one."),
    ),
    "vault.disk-full": Sentences(
        N_("The disk is full."),
        N_("Everything that was saved before is safe."),
        N_("Make room on the disk, or export what is sealed to a stick, and try again."),
    ),
    "vault.disk-trouble": Sentences(
        N_("The disk refused ({reason})."),
        N_("Everything that was saved before is safe."),
        N_("Check that the disk or stick is plugged in and not write-protected, and try again."),
    ),
    "vault.too-new": Sentences(
        N_("This vault was made by a newer version of Govah."),
        N_("Nothing was changed."),
        N_("Install the newer version on this computer to open it."),
    ),
    "vault.locked": Sentences(
        N_("The vault was locked in the meantime."),
        N_("Everything that was saved before is safe."),
        N_("Unlock the vault and go on."),
    ),
    "vault.unknown-code": Sentences(
        N_("No testimony here has the code {code}."),
        N_("Nothing was changed."),
        N_("Check the code; the list shows every code in this vault."),
    ),
    "vault.code-not-unique": Sentences(
        N_("{testimonies} testimonies here have the code {code}."),
        N_("Nothing was changed."),
        N_("Use the long number of the one you mean; the list shows it."),
    ),
    "vault.not-found": Sentences(
        N_("This is not in the vault any more."),
        N_("Nothing was changed."),
        N_("Go back to the list; it may have been erased or received in the meantime."),
    ),
    "vault.not-a-backup": Sentences(
        N_("There is no backup in this folder."),
        N_("Nothing was changed."),
        N_("Choose the folder that holds the backup."),
    ),
    "vault.practice": Sentences(
        N_("This is a practice vault. Nothing in it is real."),
        N_("Nothing was changed."),
        N_("Open your own vault, or start Govah with Practice."),
    ),
    "vault.not-practice": Sentences(
        N_("This is a real vault. It cannot be opened in practice."),
        N_("Nothing in it was touched."),
        N_("Leave practice, then open it."),
    ),
    "vault.not-removable": Sentences(
        N_("This way of opening the vault cannot be removed."),
        N_("The vault still opens as before."),
        N_("Add another passphrase or recovery first; one way of opening always stays."),
    ),
    "vault.damaged": Sentences(
        N_("A part of the vault is damaged ({what})."),
        N_("Nothing was changed."),
        N_("Stop using this copy; restore the vault from its backup, and keep this one for an expert."),
    ),
    "vault.log-broken": Sentences(
        N_("The custody log is not whole: from entry {seq} on it does not fit."),
        N_("Nothing was changed."),
        N_("Restore the vault from its backup and keep this copy; something or somebody changed it."),
    ),
    "vault.rolled-back": Sentences(
        N_("Something in this vault was put back to an earlier state ({what})."),
        N_("Nothing was changed."),
        N_("Restore the vault from its newest backup. Without one, open it despite this; the log will say so."),
    ),
    "vault.blob-damaged": Sentences(
        N_("One encrypted file of this vault is damaged ({reason})."),
        N_("Everything else is safe."),
        N_("Run a check to see what it touches, and restore it from a backup."),
    ),
    "vault.backup-damaged": Sentences(
        N_("The backup is not what was written ({what})."),
        N_("The vault itself is untouched."),
        N_("Make the backup again; on another disk, if this happens twice."),
    ),
}
