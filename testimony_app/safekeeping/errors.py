# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a recovery sheet, or with the file that is the second half of a passphrase.

Sheets are counted from 1, in the order in which they were handed over.

| code                               | when                                                                |
| ---------------------------------- | ------------------------------------------------------------------- |
| safekeeping.not-a-sheet            | a file can't be read, or holds no words of a sheet                  |
| safekeeping.unknown-word           | a word that stands on no sheet of anybody                           |
| safekeeping.sheet-mistyped         | every word is known, but the sheet's own check does not fit         |
| safekeeping.sheet-of-another-set   | a good sheet that does not belong with the others                   |
| safekeeping.sheet-twice            | the same sheet was handed over twice                                |
| safekeeping.too-few-sheets         | fewer sheets than their set needs                                   |
| safekeeping.sheets-do-not-open     | the sheets belong together, and to another vault                    |
| safekeeping.file-exists            | something is to be written where a file already is                  |
| safekeeping.folder-missing         | the folder to write to isn't there                                  |
| safekeeping.keepers-there          | the archive has a keepers' key, and a new one wasn't asked for      |
| safekeeping.keepers-of-an-archive  | a keepers' key is asked of a collector's vault                      |
| safekeeping.other-vault-elsewhere  | a duress passphrase is to lead to a vault in another folder         |
| safekeeping.other-vault-unfit      | it is to lead to this very vault, or to one that can't be used      |
| safekeeping.not-a-key-file         | the second half of a passphrase is a file of 32 bytes, this isn't   |
"""

from __future__ import annotations

from testimony_app.errors import Refusal


class NotASheet(Refusal):
    """A file that can't be read, or holds no words of a sheet."""

    code = "safekeeping.not-a-sheet"


class UnknownWord(Refusal):
    """A word that stands on no sheet of anybody; `word` is its number."""

    code = "safekeeping.unknown-word"


class SheetMistyped(Refusal):
    """Every word is known, but the sheet's own check does not fit."""

    code = "safekeeping.sheet-mistyped"


class SheetOfAnotherSet(Refusal):
    """A good sheet that does not belong with the others."""

    code = "safekeeping.sheet-of-another-set"


class SheetTwice(Refusal):
    """The same sheet was handed over twice."""

    code = "safekeeping.sheet-twice"


class TooFewSheets(Refusal):
    """Fewer sheets than their set needs."""

    code = "safekeeping.too-few-sheets"


class SheetsDoNotOpen(Refusal):
    """The sheets belong together, but they are another vault's."""

    code = "safekeeping.sheets-do-not-open"


class FileThere(Refusal):
    """Something is to be written where a file already is."""

    code = "safekeeping.file-exists"


class FolderMissing(Refusal):
    """The folder to write to isn't there."""

    code = "safekeeping.folder-missing"


class KeepersThere(Refusal):
    """The archive has a keepers' key, and a new one wasn't asked for."""

    code = "safekeeping.keepers-there"


class KeepersOfAnArchive(Refusal):
    """A keepers' key is an archive's; this is a collector's vault."""

    code = "safekeeping.keepers-of-an-archive"


class NotAKeyFile(Refusal):
    """The file is not the second half of a passphrase: that has 32 bytes."""

    code = "safekeeping.not-a-key-file"


class OtherVaultElsewhere(Refusal):
    """A duress passphrase leads to a vault in the same folder as this one; the one that was named isn't there."""

    code = "safekeeping.other-vault-elsewhere"


class OtherVaultUnfit(Refusal):
    """A duress passphrase can't lead to this very vault, to a copied one, or to one that an early version made."""

    code = "safekeeping.other-vault-unfit"
