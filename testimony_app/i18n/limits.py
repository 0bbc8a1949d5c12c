# SPDX-License-Identifier: Apache-2.0
"""What a dangerous choice does and doesn't do, in plain words, to be read before it is made."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _


def duress(*, erases: bool) -> tuple[str, ...]:
    """Return what to know before a duress passphrase is set, a sentence each, the weightiest first."""
    known = (
        _("Most people don't need this. Emptying the vault before a border is safer."),
        _("Given here, this passphrase opens the other vault. Nothing of this one is shown."),
        _("It does not hide this vault: its files, their sizes and dates can be seen."),
        _("Whoever knows this program can guess that there is another passphrase."),
        _("Whoever opens this vault with its own passphrase sees that this one is set."),
        _("An empty other vault can be seen to be empty."),
        _("Both vaults must stay side by side. Apart, this passphrase opens nothing."),
    )
    return (*known, *_erasing()) if erases else known


def _erasing() -> tuple[str, ...]:
    return (
        _("Given here, it also destroys every other way of opening this vault, sheets too."),
        _("What was not carried out or backed up before is lost for good."),
        _("Erasing while you are being questioned can be a crime. Ask a lawyer first."),
        _("A copy of the disk made before still opens with this vault's own passphrase."),
        _("A disk may keep old keys where no program can erase them."),
        _("Backups stay. They open with this vault's own passphrase, never with this one."),
    )
