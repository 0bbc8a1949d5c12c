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
}
