# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with keeping and finding."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "archive.already-here": Sentences(
        N_("This bundle is already in the archive."),
        N_("Nothing was changed."),
        N_("Nothing needs to be done; a receipt can be written again."),
    ),
    "archive.another-version": Sentences(
        N_("Another bundle of the testimony {code} is already in the archive, with other content."),
        N_("Nothing was changed."),
        N_("Ask the sender which of the two is right, and keep both files."),
    ),
    "archive.not-an-archive": Sentences(
        N_("This vault collects testimonies; it does not take bundles in."),
        N_("The file was not changed."),
        N_("Open the archive's vault and import there."),
    ),
    "archive.volumes-differ": Sentences(
        N_("The volumes of the testimony {code} do not belong together."),
        N_("Nothing was taken in from this file."),
        N_("Ask the sender for all volumes again."),
    ),
    "archive.no-identity-envelope": Sentences(
        N_("No identity came with the testimony {code}."),
        N_("Nothing was written."),
        N_("Nothing needs to be done: its witness is known by a pseudonym alone."),
    ),
    "archive.not-readable-here": Sentences(
        N_("This recording cannot be played here: it is sealed, or has not arrived yet."),
        N_("It is safe where it is."),
        N_("Play it at the archive, or import the missing volumes."),
    ),
    "archive.consent-withdrawn": Sentences(
        N_("The witness has withdrawn the testimony {testimony}; it is closed."),
        N_("Nothing of it was shown or written."),
        N_("Look at its consent; the archive decides whether it is destroyed."),
    ),
    "archive.consent-forbids": Sentences(
        N_("The consent to the testimony {testimony} does not allow this use ({purpose}: {answer})."),
        N_("Nothing of it was shown or written."),
        N_("Ask the witness, and add the answer to the consent."),
    ),
    "archive.under-embargo": Sentences(
        N_("The time that the witness set for the testimony {testimony} has not come."),
        N_("It stays with the archive's own people; nothing was written."),
        N_("Look at its consent for the condition and the year of review."),
    ),
    "archive.objection-open": Sentences(
        N_("Somebody who is named in the testimony {testimony} objects."),
        N_("It stays with the archive's own people; nothing was written."),
        N_("Weigh the objection, and write down in the consent when it is over."),
    ),
    "archive.passages-not-passed-on": Sentences(
        N_("The testimony {testimony} holds passages that are not to be passed on."),
        N_("It stays with the archive's own people; nothing was written."),
        N_("Use it within the archive only."),
    ),
    "archive.testimony-not-here": Sentences(
        N_("This is a change of consent to the testimony {testimony}, which has not come yet."),
        N_("The file was not changed."),
        N_("Keep the file, import the testimony, then this file again."),
    ),
    "archive.another-sender": Sentences(
        N_("This change of consent to the testimony {testimony} does not come from whoever sent the testimony."),
        N_("Nothing was changed."),
        N_("If you know that the witness wishes it, write it down here yourself."),
    ),
    "archive.destroyed": Sentences(
        N_("The testimony {testimony} was destroyed here at the witness's wish."),
        N_("It was not taken in again."),
        N_("Erase the file on the stick, too."),
    ),
    "archive.not-withdrawn": Sentences(
        N_("The testimony {testimony} was not withdrawn; an archive destroys only what was."),
        N_("Nothing was changed."),
        N_("Write the witness's withdrawal down first."),
    ),
    "archive.identity-for-others": Sentences(
        N_("These sheets do not open this envelope."),
        N_("It is as closed as before."),
        N_("It may be sealed to earlier keepers: look at the letters of the set and the day on the sheets."),
    ),
    "archive.identity-unreadable": Sentences(
        N_("The envelope opens, but what is in it cannot be read."),
        N_("The testimony itself is not touched by that."),
        N_("A newer Govah may be able to read it; else ask whoever took the testimony."),
    ),
}
