# SPDX-License-Identifier: Apache-2.0
"""What the pages of sheets say: of those that open a vault, and of those with which keepers learn a name."""

from __future__ import annotations

import msgspec

from testimony_app.i18n.catalogue import _


class SheetTexts(msgspec.Struct, frozen=True):
    """The sentences in which the two kinds of sheets differ, and how few there may be."""

    title: str
    lead: str
    needed: str
    several: str
    held: str
    proves: str
    fewest: int


def recovery_texts() -> SheetTexts:
    """Return what is said of sheets that open a vault."""
    return SheetTexts(
        title=_("Recovery sheets"),
        lead=_("Words on paper that open the vault when the passphrase is lost."),
        needed=_("How many of them open the vault"),
        several=_("Several sheets: no single person can open the vault or lose it."),
        held=_("Print each page, then destroy the files. Whoever holds them can open the vault."),
        proves=_("This proves that they open the vault. Nothing is changed."),
        fewest=1,
    )


def keepers_texts() -> SheetTexts:
    """Return what is said of sheets with which keepers learn a name."""
    return SheetTexts(
        title=_("The keepers’ sheets"),
        lead=_("One sheet for each keeper. They open witnesses’ identities and nothing else."),
        needed=_("How many of them open an identity"),
        several=_("So many keepers must come together; so many may be missing or lost."),
        held=_("Print each page, then destroy the files. Whoever holds enough of them learns the names."),
        proves=_("This proves that they open identities. No identity is opened."),
        fewest=2,
    )
