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


def topic(screen: str, part: str = "", *, is_archive: bool = False) -> str:
    """Return the anchor for a screen, or for a part of it such as a step of the interview."""
    if screen == "home" and is_archive:
        return ARCHIVE_HOME
    return STEPS.get(part) or TOPICS.get(screen, FIRST)
