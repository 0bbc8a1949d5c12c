# SPDX-License-Identifier: Apache-2.0
"""What the log says, in words: one line an entry, with the facts that are safe to read aloud."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.model.custody import CustodyEntry
from testimony_app.ui import wording


def custody_line(entry: CustodyEntry) -> str:
    """Return when something happened and what it was."""
    return show_moment(entry.at) + wording.DOT + event_words(entry.event)


def event_words(event: str) -> str:
    """Return what happened, in words; an event this version doesn't know is shown as it is written."""
    words = {
        "created": _("Begun"),
        "metadata_edited": _("Details changed"),
        "consent_event_added": _("Consent given or changed"),
        "recording_started": _("Recording begun"),
        "recording_finished": _("Recording finished"),
        "recording_stopped": _("Recording finished"),
        "recording_discarded": _("Recording taken back"),
        "paused": _("Paused"),
        "resumed": _("Resumed"),
        "device_lost": _("The microphone was gone"),
        "device_changed": _("Another microphone"),
        "interrupted": _("Interrupted; kept up to the last second"),
        "attachment_added": _("A file was attached"),
        "note_added": _("A note was written"),
        "statement_saved": _("The statement was written"),
        "sealed": _("Sealed"),
        "bundle_added": _("Bundle written"),
        "bundle_sealed": _("Bundle written"),
        "bundle_carried": _("Carried away"),
        "bundle_received": _("Bundle received"),
        "carried": _("Carried away"),
        "imported": _("Taken into the archive"),
        "accepted": _("Taken into the archive"),
        "received": _("The archive holds it"),
        "receipt_written": _("Receipt written"),
        "receipt_accepted": _("Receipt checked"),
        "state_changed": _("State changed"),
        "removed": _("Removed from this computer"),
        "erased": _("Erased"),
        "tombstoned": _("Erased"),
    }
    return words.get(event, event.replace("_", " "))
