# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a drop box."""

from __future__ import annotations

from testimony_app.errors import Damage, Refusal


class NotADropBox(Refusal):
    """The folder holds no drop box."""

    code = "dropbox.not-a-drop-box"


class DropBoxInUse(Refusal):
    """Another program has the drop box open."""

    code = "dropbox.in-use"


class DropBoxTooNew(Refusal):
    """The drop box was made by a newer version of the program."""

    code = "dropbox.too-new"


class FolderNotEmpty(Refusal):
    """A drop box is made in a folder of its own, and this one holds something."""

    code = "dropbox.folder-not-empty"


class CardIsNoArchive(Refusal):
    """The card is a collector's; testimony is sealed to archives."""

    code = "dropbox.card-is-no-archive"


class NoKeysLeft(Refusal):
    """Every one-time key was used; the drop box takes no more."""

    code = "dropbox.no-keys-left"


class DepositOpen(Refusal):
    """A testimony is under way; it is sealed or erased before the next begins."""

    code = "dropbox.deposit-open"


class NoDeposit(Refusal):
    """The testimony isn't open any more: it was sealed or erased, or the program was ended meanwhile."""

    code = "dropbox.no-deposit"


class DropBoxDamaged(Damage):
    """A file of the drop box isn't what was written."""

    code = "dropbox.damaged"
