# SPDX-License-Identifier: Apache-2.0
"""Words for the closed lists of the model: states, kinds, outcomes, what custody says happened.

A word that is not listed is shown as it is: an older program may meet a newer vault.
"""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import durations
from testimony_app.i18n.sentences.wording import N_
from testimony_app.model.bundle import Outcome
from testimony_app.model.consent import ConsentKind
from testimony_app.model.testimony import Kind, State

_STATES = {
    State.DRAFT: N_("Draft"),
    State.SEALED: N_("Sealed"),
    State.CARRIED: N_("Carried"),
    State.RECEIVED: N_("Received"),
    State.REMOVED: N_("Removed"),
    State.TO_REVIEW: N_("To review"),
    State.CATALOGUED: N_("Catalogued"),
    State.HELD_APART: N_("Held apart"),
    State.INCOMPLETE: N_("Incomplete"),
    State.WITHDRAWN: N_("Withdrawn"),
}
_KINDS = {
    Kind.INTERVIEW: N_("Interview"),
    Kind.SELF_RECORDED: N_("Self-recorded"),
    Kind.WRITTEN: N_("Written"),
    Kind.IMPORTED: N_("Brought in"),
}
_OUTCOMES = {
    Outcome.VERIFIED: N_("Verified"),
    Outcome.IMPORTED: N_("Imported"),
    Outcome.DUPLICATE: N_("Already here"),
    Outcome.UNKNOWN_SIGNER: N_("Unknown signer"),
    Outcome.DAMAGED: N_("Damaged"),
    Outcome.NOT_FOR_US: N_("Not for this archive"),
    Outcome.REFUSED: N_("Refused"),
}
_CONSENT_KINDS = {
    ConsentKind.BEFORE: N_("Consent before the interview"),
    ConsentKind.ON_RECORD: N_("Consent at the start of the recording"),
    ConsentKind.AFTER_BREAK: N_("Consent again after a break"),
    ConsentKind.AFTER: N_("Consent after the interview"),
    ConsentKind.AMENDMENT: N_("Consent changed"),
    ConsentKind.PARTIAL_WITHDRAWAL: N_("Consent withdrawn in part"),
    ConsentKind.FULL_WITHDRAWAL: N_("Consent withdrawn"),
    ConsentKind.OBJECTION: N_("Somebody who is named objects"),
    ConsentKind.RENEWAL: N_("Consent renewed on coming of age"),
    ConsentKind.PROXY: N_("Somebody else may decide"),
}
_CUSTODY = {
    "accepted_as_found": N_("What was found was accepted as it is"),
    "accepted_as_gone": N_("What is missing was accepted as gone"),
    "attached": N_("A file was attached"),
    "attachment_removed": N_("An attachment was destroyed"),
    "backup_imported": N_("The backup recorder's sound was laid beside our recording"),
    "backup_recorder": N_("A backup recorder runs along"),
    "backed_up": N_("A backup was made"),
    "bundle_received": N_("The bundle was taken into the archive"),
    "bundle_sealed": N_("Sealed into a bundle"),
    "came_damaged": N_("The archive says that the copy was damaged; it is carried again"),
    "card_renewed": N_("The card was made anew, with a last day"),
    "checked": N_("The vault was checked"),
    "checksum_verified": N_("The copy was compared, sample for sample"),
    "card_replaced": N_("A partner's new card took the place of an older one"),
    "condition_met": N_("What the release waited for has come true"),
    "consent_received": N_("A change of consent came from its sender, verified"),
    "consent_sealed": N_("A change of consent was sealed for the archive"),
    "disclosed": N_("Sound was written out of the vault"),
    "consent": N_("Consent was given, changed or withdrawn"),
    "consent_event_added": N_("Consent was given, changed or withdrawn"),
    "content_destroyed": N_("The content was destroyed here"),
    "copy_forgotten": N_("The readable copy kept until the receipt was destroyed"),
    "created": N_("Written down for the first time"),
    "described": N_("Described at the archive"),
    "device_changed": N_("The microphone was changed"),
    "device_lost": N_("The microphone went away"),
    "disk_full": N_("The disk was full"),
    "erased": N_("Erased"),
    "exported": N_("Copied to a stick or folder, and compared"),
    "held_destroyed": N_("A bundle that was held apart was destroyed"),
    "identity_opened": N_("The envelope with the witness's identity was opened"),
    "import_incomplete": N_("The file breaks off or is damaged; its sound was taken in as far as it goes"),
    "interrupted": N_("A recording was interrupted; what was said is kept"),
    "kept_awake": N_("The computer was kept from sleeping"),
    "keepers_named": N_("Witnesses' identities are sealed to a new keepers' key from now on"),
    "keepers_tried": N_("The keepers' sheets were tried and open identities"),
    "keys_renewed": N_("The vault has new signing keys and a new card"),
    "keys_repaired": N_("The key file was restored from its twin"),
    "minutes_erased": N_("The last minutes of a recording were erased at the witness's wish"),
    "metadata_edited": N_("Details were changed"),
    "partner_revoked": N_("A partner's card was revoked"),
    "partner_trusted": N_("A partner's card was compared and trusted"),
    "paused": N_("Recording paused"),
    "receipt_checked": N_("The archive's receipt was checked"),
    "receipt_written": N_("A receipt was written"),
    "received_from": N_("Received, verified"),
    "recording_discarded": N_("A take was destroyed at the witness's wish"),
    "recording_started": N_("Recording began"),
    "recording_stopped": N_("Recording ended"),
    "restored": N_("The vault was restored from a backup"),
    "resumed": N_("Recording went on"),
    "risks_considered": N_("The risks were talked over before the interview"),
    "rollback_noticed": N_("An older state was noticed"),
    "sealed": N_("Sealed"),
    "session_noted": N_("Who was present, and in what kind of place"),
    "setting_changed": N_("A setting of the vault was changed"),
    "sheets_tried": N_("Recovery sheets were tried and open the vault"),
    "sheets_written": N_("Recovery sheets were made"),
    "sound_not_readable": N_("A file was kept as an attachment: no sound could be read from it"),
    "state": N_("Moved on to a new state"),
    "vault_created": N_("The vault was made"),
    "way_added": N_("A way of opening the vault was added"),
    "way_changed": N_("A way of opening the vault was changed"),
    "way_dropped": N_("A way of opening the vault was dropped"),
}

_WARNINGS = {
    "already-here": N_("this bundle is in the archive already."),
    "sequence-fork": N_(
        "two bundles of this sender have the same number: somebody else may have the sender's key, or the vault was "
        "put back from an old copy; ask the sender in person."
    ),
    "prev-differs": N_("this bundle names another one before it than the archive knows; ask the sender in person."),
    "log-rolled-back": N_(
        "the sender's log contradicts an earlier bundle: the vault was put back from an old copy; ask the sender."
    ),
    "mixed-recipients": N_("this bundle is also sealed to an older kind of key, which will not stay closed for ever."),
    "unterminated": N_("this recording has no end: the program or the computer stopped; what was said is whole."),
}


def state(value: State) -> str:
    """Return a state in the language in use."""
    return _(_STATES[value])


def kind(value: Kind) -> str:
    """Return how a testimony was taken."""
    return _(_KINDS[value])


def consent_kind(value: ConsentKind) -> str:
    """Return what an act of consent is."""
    return _(_CONSENT_KINDS[value])


def outcome(value: Outcome) -> str:
    """Return what became of a bundle."""
    return _(_OUTCOMES[value])


def finding_warning(word: str) -> str:
    """Return what is odd about a bundle that was taken all the same; begins small, after a file's name."""
    return _(_WARNINGS[word]) if word in _WARNINGS else word


def custody(event: str) -> str:
    """Return what the custody log says happened."""
    return _(_CUSTODY[event]) if event in _CUSTODY else event


def recovered(code: str, seconds: float) -> str:
    """Return what a crash left of a recording, for the person who opens the vault next."""
    sentence = _("A recording of {code} was interrupted; {length} are safe, at most the last second is lost.")
    return sentence.format(code=ltr(code), length=durations(seconds))
