# SPDX-License-Identifier: Apache-2.0
"""The words for errors of no particular room, and for those that have no better ones."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "govah.error": Sentences(
        N_("That did not work."),
        N_("What was saved before is safe."),
        N_("Try again; if it happens again, tell whoever helps you the code."),
    ),
    "govah.refusal": Sentences(
        N_("That cannot be done as things are."),
        N_("Nothing was changed."),
        N_("Try again; if it happens again, tell whoever helps you the code."),
    ),
    "govah.damage": Sentences(
        N_("Something is not as it was written."),
        N_("Nothing was changed and nothing was thrown away."),
        N_("Do not delete anything; run a check and keep every copy."),
    ),
    "govah.bug": Sentences(
        N_("Govah made a mistake of its own."),
        N_("What was saved before is safe."),
        N_("Close Govah, open it again, and tell whoever helps you the code."),
    ),
    "model.not-a-code": Sentences(
        N_("This is not a testimony code."),
        N_("Nothing was changed."),
        N_("Codes look like T-7K2F-Q9; check each letter and try again."),
    ),
}
