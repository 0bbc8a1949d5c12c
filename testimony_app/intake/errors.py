# SPDX-License-Identifier: Apache-2.0
"""What can stop a testimony being taken."""

from __future__ import annotations

from testimony_app.errors import Damage, Refusal


class NotADraft(Refusal):
    """The testimony is sealed already; it can't be changed here any more."""

    code = "intake.not-a-draft"


class NothingToSeal(Refusal):
    """The testimony holds neither sound nor text nor attachment."""

    code = "intake.nothing-to-seal"


class StillRecording(Refusal):
    """A recording of this testimony has not been finished."""

    code = "intake.still-recording"


class DraftChanged(Refusal):
    """The draft was changed while its bundle was written; nothing was sealed or destroyed."""

    code = "intake.draft-changed"


class NoArchiveKnown(Refusal):
    """No archive's card has been compared and pinned, so there is nobody to seal to."""

    code = "intake.no-archive"


class KeepingRefused(Refusal):
    """The witness answered no to being kept; the testimony may only be erased."""

    code = "intake.keeping-refused"


class NoSuchConsentText(Refusal):
    """The consent text doesn't exist in this language; evidence never falls back to another."""

    code = "intake.no-consent-text"


class ConsentTextAltered(Damage):
    """A consent text on this computer differs from the digest it was published with."""

    code = "intake.consent-text-altered"


class BadDetails(Refusal):
    """A details file isn't of the form that `govah show --json` writes."""

    code = "intake.bad-details"


class AttachmentUnreadable(Refusal):
    """The file to attach can't be read."""

    code = "intake.attachment-unreadable"


class NoTakeToLayBeside(Refusal):
    """There is no recording of ours, or none of this number, beside which another one could be laid."""

    code = "intake.no-take-beside"


class PictureUnreadable(Refusal):
    """The file holds no picture that can be shown here."""

    code = "intake.picture-unreadable"


class TextUnreadable(Refusal):
    """The document holds no words that can be read as plain text."""

    code = "intake.text-unreadable"


class BadAmendment(Refusal):
    """What is to change in a consent says nothing, or what nobody could act on; `why` says what."""

    code = "intake.bad-amendment"


class NothingAgreed(Refusal):
    """There is no act of consent yet that could be said once more."""

    code = "intake.nothing-agreed"


class ReasonMissing(Refusal):
    """Waiting was advised, and it goes on without a word why."""

    code = "intake.reason-missing"


class BadGuide(Refusal):
    """An interview guide has no gentle opening or no closing, or isn't of the form it must have; `why` says what."""

    code = "intake.bad-guide"


class BadVoices(Refusal):
    """Recordings of the questions aren't named, long or sampled as they must be; `why` says what."""

    code = "intake.bad-voices"


class GuideOlder(Refusal):
    """The guide is an older version than the one from the same archive that is here."""

    code = "intake.guide-older"
