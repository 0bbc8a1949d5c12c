# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong with sound, microphones and loudspeakers."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {
    "audio.no-microphone": Sentences(
        N_("There is no microphone, or not the one you chose."),
        N_("Nothing was recorded and nothing is lost."),
        N_("Plug the microphone in, wait a moment, and choose it again."),
    ),
    "audio.microphone-forbidden": Sentences(
        N_("This computer does not let Govah use the microphone."),
        N_("Nothing was recorded and nothing is lost."),
        N_("Allow the microphone for Govah in the computer's privacy settings, then try again."),
    ),
    "audio.microphone-busy": Sentences(
        N_("The microphone is there but does not start."),
        N_("Nothing was recorded and nothing is lost."),
        N_("Close other programs that use it, or choose another microphone."),
    ),
    "audio.microphone-lost": Sentences(
        N_("The microphone went away while recording."),
        N_("Everything up to that moment is saved."),
        N_("Plug it in again or choose another one; the gap is marked."),
    ),
    "audio.format-refused": Sentences(
        N_("This microphone gives no sound that can go on with this recording."),
        N_("Everything recorded so far is saved."),
        N_("Choose another microphone, or finish and begin a new take."),
    ),
    "audio.no-speaker": Sentences(
        N_("There are no headphones or loudspeakers."),
        N_("The recording is safe."),
        N_("Plug headphones in and play again."),
    ),
    "audio.not-readable": Sentences(
        N_("This file holds no sound that Govah can read."),
        N_("The file was not changed."),
        N_("Attach it as a document instead; it is kept as it is."),
    ),
    "audio.differs": Sentences(
        N_("A copy of the recording did not come out equal to it."),
        N_("The recording is kept as it was made."),
        N_("Go on working; check the vault when there is time."),
    ),
}
