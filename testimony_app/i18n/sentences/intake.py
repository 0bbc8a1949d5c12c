# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with taking a testimony."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "intake.not-a-draft": Sentences(
        N_("This testimony is already sealed."),
        N_("It is safe."),
        N_("It cannot be changed here any more; start a new one if needed."),
    ),
    "intake.nothing-to-seal": Sentences(
        N_("This testimony holds no sound, text or attachment yet."),
        N_("The draft is kept."),
        N_("Record or write something first, or erase the draft."),
    ),
    "intake.still-recording": Sentences(
        N_("A recording of this testimony is not finished."),
        N_("What was said is kept."),
        N_("Finish the recording, then seal."),
    ),
    "intake.draft-changed": Sentences(
        N_("The draft was changed while it was being sealed."),
        N_("Nothing was sealed; the draft is kept as it is now."),
        N_("Seal it again."),
    ),
    "intake.no-archive": Sentences(
        N_("No archive's card has been compared and trusted yet."),
        N_("The draft is kept."),
        N_("Add the archive's card and compare its safety number."),
    ),
    "intake.keeping-refused": Sentences(
        N_("The witness said no to being recorded and kept."),
        N_("The draft is still only here."),
        N_("Ask again, or erase it at the witness's wish."),
    ),
    "intake.bad-guide": Sentences(
        N_("This guide cannot be used as it stands."),
        N_("The guide used until now stays."),
        N_("It needs an opening and a closing, and each topic a title and a question."),
    ),
    "intake.bad-voices": Sentences(
        N_("These recordings cannot be used as the voice of the questions."),
        N_("Whatever read the questions until now stays."),
        N_("Name each file after its question, like place.wav; at most three minutes each."),
    ),
    "intake.guide-older": Sentences(
        N_("This is an older guide of the same archive."),
        N_("The newer one stays."),
        N_("Ask the archive for its newest guide."),
    ),
    "intake.nothing-agreed": Sentences(
        N_("The witness has not agreed to anything yet."),
        N_("Nothing was changed."),
        N_("Go through the consent first."),
    ),
    "intake.reason-missing": Sentences(
        N_("What was said speaks for another day."),
        N_("Nothing was written down."),
        N_("Say in a few words why it goes on all the same, or postpone."),
    ),
    "intake.no-consent-text": Sentences(
        N_("There is no consent text in this language."),
        N_("Nothing was changed."),
        N_("Choose a language that has one, or read it aloud with an interpreter."),
    ),
    "intake.consent-text-altered": Sentences(
        N_("A consent text on this computer is not the one that was published."),
        N_("No consent was taken with it."),
        N_("Install Govah again from a source you trust."),
    ),
    "intake.bad-details": Sentences(
        N_("The details file is not of the expected form."),
        N_("No draft was made."),
        N_("Compare it with the form in the guide and try again."),
    ),
    "intake.attachment-unreadable": Sentences(
        N_("The file cannot be read."),
        N_("Nothing was taken from it."),
        N_("Check that it exists and that you may read it."),
    ),
    "intake.text-unreadable": Sentences(
        N_("No text can be read from this document."),
        N_("The document was not changed, and nothing was taken from it."),
        N_("Attach it as it is, or save it as a text file or .docx and try again."),
    ),
    "intake.no-take-beside": Sentences(
        N_("There is no such take of ours to lay the other recording beside."),
        N_("Nothing was changed."),
        N_("Name a take of this testimony, or add the file as sound of its own."),
    ),
    "intake.picture-unreadable": Sentences(
        N_("No picture can be shown from this file."),
        N_("The file is kept as it came."),
        N_("It will be sealed with the testimony; the archive may have a program for it."),
    ),
    "intake.bad-amendment": Sentences(
        N_("This change of consent can't be written down as it is ({why})."),
        N_("Nothing was changed."),
        N_("Say which answers change; a condition other than a year needs a year of review."),
    ),
}
