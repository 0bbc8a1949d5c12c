# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with bundles, cards and receipts."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "exchange.damaged": Sentences(
        N_("This file is not what it was when it was sealed."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Copy it again from where it came, or ask the sender for another copy."),
    ),
    "exchange.refused": Sentences(
        N_("This file cannot be taken in."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Ask the sender how it was made, and keep it."),
    ),
    "exchange.already-here": Sentences(
        N_("This bundle is already in the archive."),
        N_("Nothing was changed."),
        N_("Nothing needs to be done; a receipt can be written again."),
    ),
    "exchange.bag-broken": Sentences(
        N_("The lists inside this bundle do not fit each other."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Keep the file aside and tell the sender; their computer may have been tampered with."),
    ),
    "exchange.beyond-limits": Sentences(
        N_("Something in this bundle is larger than a bundle may hold."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Do not open it with another program; tell the sender, whose computer may be at fault."),
    ),
    "exchange.bundle-altered": Sentences(
        N_("This bundle was changed after it was sealed."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Ask the sender for another copy, and say that this one was altered."),
    ),
    "exchange.bundle-cut-short": Sentences(
        N_("This bundle was cut short."),
        N_("Nothing was taken in; the original at the sender is not affected."),
        N_("Ask for it again, and let the copying finish before the stick is removed."),
    ),
    "exchange.bundle-id-reused": Sentences(
        N_("Another bundle with the same number is already here."),
        N_("Nothing was changed."),
        N_("Keep the file aside and ask the sender; their vault may have been copied."),
    ),
    "exchange.bundle-json-refused": Sentences(
        N_("A page inside this bundle is not written as Govah writes it."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Keep the file aside and tell the sender; their computer may have been tampered with."),
    ),
    "exchange.bundle-too-new": Sentences(
        N_("This bundle was made by a newer version of Govah."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Install the newer version here and import it again."),
    ),
    "exchange.cancelled": Sentences(
        N_("It was stopped."),
        N_("Nothing was left half done."),
        N_("Start again whenever you like."),
    ),
    "exchange.card-expired": Sentences(
        N_("This card is not valid today."),
        N_("Nothing was changed."),
        N_("Check this computer's date; if it is right, ask for a new card."),
    ),
    "exchange.card-is-our-own": Sentences(
        N_("This is this vault's own card."),
        N_("Nothing was changed."),
        N_("Choose the card that your partner gave you."),
    ),
    "exchange.card-revoked": Sentences(
        N_("This card was revoked here before."),
        N_("Nothing was changed."),
        N_("Ask your partner for a new card and compare it in person."),
    ),
    "exchange.card-signature-invalid": Sentences(
        N_("This card does not carry its own signature."),
        N_("Nothing was changed."),
        N_("Get the card again, from your partner's own hand."),
    ),
    "exchange.card-too-new": Sentences(
        N_("This card was made by a newer version of Govah."),
        N_("Nothing was changed."),
        N_("Install the newer version here and add the card again."),
    ),
    "exchange.file-unreadable": Sentences(
        N_("This file cannot be read from its stick or disk."),
        N_("Nothing was taken in."),
        N_("Try another port or another computer, or ask for another copy."),
    ),
    "exchange.item-changed": Sentences(
        N_("A part of the draft is not as the vault remembers it."),
        N_("Nothing was sealed and nothing was removed."),
        N_("Check the vault; a backup may hold the whole of it."),
    ),
    "exchange.item-too-large": Sentences(
        N_("One part of this testimony is larger than a bundle may be."),
        N_("The draft is kept."),
        N_("Take out the largest attachment, or split it, and seal again."),
    ),
    "exchange.no-recipient": Sentences(
        N_("There is nobody to seal to."),
        N_("The draft is kept."),
        N_("Add the archive's card and compare its safety number."),
    ),
    "exchange.no-room": Sentences(
        N_("There is not enough room to take this bundle in: {needed} are needed, {free} are free."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Make room on the disk and import again."),
    ),
    "exchange.not-a-bundle": Sentences(
        N_("This is not a bundle."),
        N_("The file was not changed."),
        N_("Choose a file whose name ends in .AGE."),
    ),
    "exchange.card-unknown": Sentences(
        N_("What you named is not one card that was compared here; {cards} fit it."),
        N_("Nothing was changed."),
        N_("Name it as “govah trust VAULT” lists it: by its name, or the beginning of its fingerprint."),
    ),
    "exchange.card-of-practice": Sentences(
        N_("This card belongs to a practice vault, which will be thrown away."),
        N_("Nothing was changed, and nothing will be sealed to it."),
        N_("Ask your partner for the card of the real vault."),
    ),
    "exchange.card-not-of-practice": Sentences(
        N_("This is a real card. In practice, only practice cards can be added."),
        N_("Nothing was changed, and nothing invented reaches a real archive."),
        N_("Leave practice and open your own vault to add it."),
    ),
    "exchange.not-a-card": Sentences(
        N_("This file is not a card."),
        N_("Nothing was changed."),
        N_("Ask your partner to write the card again, and choose that file."),
    ),
    "exchange.not-a-receipt": Sentences(
        N_("This file is not a receipt."),
        N_("Nothing was removed."),
        N_("Choose the file that the archive wrote."),
    ),
    "exchange.not-for-us": Sentences(
        N_("This bundle was sealed for another archive."),
        N_("The file was not changed."),
        N_("Give the stick to the archive it was meant for."),
    ),
    "exchange.not-strict-tar": Sentences(
        N_("The inside of this bundle is not written as Govah writes it."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Keep the file aside and tell the sender; their computer may have been tampered with."),
    ),
    "exchange.nothing-sealed": Sentences(
        N_("This testimony is not sealed yet."),
        N_("The draft is kept."),
        N_("Seal it first, then export."),
    ),
    "exchange.passphrase-bundle": Sentences(
        N_("This file is locked with a passphrase, which bundles never are."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Do not enter a passphrase for it anywhere; ask the sender what it is."),
    ),
    "exchange.payload-differs": Sentences(
        N_("A part of this bundle is not what its signed list says."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Ask the sender for another copy."),
    ),
    "exchange.read-back-differs": Sentences(
        N_("What was read back is not what was written; the stick is failing."),
        N_("The sealed testimonies are still on this computer."),
        N_("Use another stick and export again."),
    ),
    "exchange.reader-stopped": Sentences(
        N_("Reading this file took more than it may, and was stopped."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Do not open it with another program; tell the sender, whose computer may be at fault."),
    ),
    "exchange.receipt-not-for-us": Sentences(
        N_("This receipt was made for another sender."),
        N_("Nothing was removed."),
        N_("Give it to the person it was made for."),
    ),
    "exchange.receipt-refused": Sentences(
        N_("This file cannot be taken as a receipt."),
        N_("Nothing was removed."),
        N_("Ask the archive to write the receipt again."),
    ),
    "exchange.receipt-repeated": Sentences(
        N_("This receipt was seen before, or one before it is missing."),
        N_("Nothing was removed."),
        N_("Bring all receipts of this archive, oldest first."),
    ),
    "exchange.receipt-signature-invalid": Sentences(
        N_("The signature on this receipt does not fit."),
        N_("Nothing was removed."),
        N_("Remove nothing, and ask the archive in person."),
    ),
    "exchange.receipt-too-new": Sentences(
        N_("This receipt was made by a newer version of Govah."),
        N_("Nothing was removed."),
        N_("Install the newer version here and check it again."),
    ),
    "exchange.receipt-unknown-archive": Sentences(
        N_("This receipt is signed by an archive that is not trusted here."),
        N_("Nothing was removed."),
        N_("Add that archive's card and compare its safety number, then check again."),
    ),
    "exchange.receipt-unknown-bundle": Sentences(
        N_("This receipt speaks of a bundle that this computer never made."),
        N_("Nothing was removed."),
        N_("Check it on the computer that made the bundle."),
    ),
    "exchange.recipient-not-pq": Sentences(
        N_("A recipient's key would not withstand a quantum computer."),
        N_("The draft is kept."),
        N_("Ask that recipient for a new card."),
    ),
    "exchange.recording-not-settled": Sentences(
        N_("Take {take} has not been turned into its lasting form yet."),
        N_("The draft is kept."),
        N_("Open the recording step, wait until it says saved, then seal."),
    ),
    "exchange.removal-refused": Sentences(
        N_("What must hold before this may be removed does not hold yet."),
        N_("Nothing was removed."),
        N_("Wait for the archive's signed receipt and check it here."),
    ),
    "exchange.safety-number-differs": Sentences(
        N_("The safety number is not the one on this card."),
        N_("The card was not added."),
        N_("Read the numbers to each other again; if they still differ, get the card from your partner's own hand."),
    ),
    "exchange.sealed-file-missing": Sentences(
        N_("A sealed file is missing from this vault."),
        N_("The other sealed testimonies are safe."),
        N_("Run a check, and look for the file in a backup or on an earlier stick."),
    ),
    "exchange.signature-invalid": Sentences(
        N_("The signature on this bundle does not fit."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Keep the file aside and tell the sender; do not accept it on anybody's word."),
    ),
    "exchange.signature-missing": Sentences(
        N_("One of the two signatures on this bundle is missing."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Keep the file aside and tell the sender; do not accept it on anybody's word."),
    ),
    "exchange.signer-card-expired": Sentences(
        N_("The sender's card was not valid on the day this bundle was made."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Ask the sender for a new card and compare it."),
    ),
    "exchange.signer-revoked": Sentences(
        N_("The sender's card was revoked here."),
        N_("Nothing was taken in; the file was not changed."),
        N_("Ask in person what happened before you trust a new card."),
    ),
    "exchange.stick-full": Sentences(
        N_("There is not enough room on the stick or folder."),
        N_("What was copied completely before is there and was compared."),
        N_("Make room or use another stick, and export again."),
    ),
    "exchange.stick-gone": Sentences(
        N_("The stick or folder went away."),
        N_("Nothing was left half done; everything is still on this computer."),
        N_("Plug the stick in again and repeat."),
    ),
    "exchange.stick-read-only": Sentences(
        N_("The stick or folder cannot be written to."),
        N_("Nothing was changed."),
        N_("Look for a small lock switch on the stick, or use another one."),
    ),
    "exchange.testimony-too-large": Sentences(
        N_("A note or description is longer than a bundle may hold."),
        N_("The draft is kept."),
        N_("Shorten it, or attach it as a file, and seal again."),
    ),
    "exchange.too-many-recipients": Sentences(
        N_("There are more than sixteen recipients."),
        N_("The draft is kept."),
        N_("Choose fewer archives."),
    ),
    "exchange.unknown-signer": Sentences(
        N_("This bundle is signed by somebody whose card has not been compared here."),
        N_("It is held apart, unopened."),
        N_("Compare the sender's card in person, then import again."),
    ),
    "exchange.not-a-guide": Sentences(
        N_("This file is no interview guide, or it was changed on the way."),
        N_("The guide used until now stays."),
        N_("Ask the archive to write it again."),
    ),
    "exchange.guide-not-for-us": Sentences(
        N_("This guide was written for others."),
        N_("The guide used until now stays."),
        N_("Give the archive your card, and ask for the guide again."),
    ),
    "exchange.guide-of-a-stranger": Sentences(
        N_("This guide is from an archive whose card has not been compared here."),
        N_("The guide used until now stays."),
        N_("Add the archive's card and compare its safety number first."),
    ),
    "exchange.no-collector-known": Sentences(
        N_("No interviewer's card has been compared and trusted yet."),
        N_("Your guide is kept."),
        N_("Add the cards of those who collect for you, then write it again."),
    ),
    "exchange.file-exists": Sentences(
        N_("There is already a file of this name."),
        N_("Nothing was opened, and the file is as it was."),
        N_("Choose another name."),
    ),
    "exchange.sealed-on-the-way": Sentences(
        N_("{testimonies} sealed testimonies have no receipt yet; the old keys signed them."),
        N_("Nothing was changed."),
        N_("Let the archive take them in first, and check its receipts. With the new card it would refuse them."),
    ),
}
