# SPDX-License-Identifier: Apache-2.0
"""Which part of the guide belongs to which screen, by the screen's name."""

from __future__ import annotations

FIRST = "start"
TOPICS = {
    "first_start": "start-vault",
    "practice": "practice",
    "questions": "before-questions",
    "unlock": "start-unlock",
    "recover": "trouble-passphrase",
    "restore": "trouble-backup",
    "kiosk_return": "alone-return",
    "aftercare": "before-aftercare",
    "duress": "trouble-duress",
    "home": "start-home",
    "interview": "interview",
    "hand_over": "alone",
    "kiosk": "alone",
    "drop_box": "alone-box",
    "amend": "carry-consent",
    "export": "carry-export",
    "kept": "carry-receipts",
    "import": "archive-import",
    "held": "archive-held",
    "add_card": "before-cards",
    "keys": "keepers-ways",
    "keepers": "keepers-names",
    "identity": "keepers-open",
    "backup": "trouble-backup",
    "border": "trouble-border",
    "check": "trouble-check",
    "settings": "start-settings",
}
ARCHIVE_HOME = "archive"
STEPS = {
    "witness": "interview-witness",
    "consent": "interview-consent",
    "recording": "interview-recording",
    "people": "interview-people",
    "review": "interview-review",
}


def topic(screen: str, where: object = None, *, is_archive: bool = False) -> str:
    """Return the anchor for a screen, or for the step of an interview, which its `where` ends with."""
    if screen == "home" and is_archive:
        return ARCHIVE_HOME
    step = STEPS.get(str(where[-1])) if isinstance(where, tuple) and where else None
    return step or TOPICS.get(screen, FIRST)
