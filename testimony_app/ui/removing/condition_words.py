# SPDX-License-Identifier: Apache-2.0
"""The ten conditions before anything is removed, each as one plain sentence that holds or does not."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits


def condition_words(condition: str) -> str:
    """Return what must hold, as a sentence."""
    words = {
        "archive-not-trusted": _("The receipt is from an archive whose card was compared here."),
        "signatures-not-valid": _("Both of its signatures are good."),
        "namespace-differs": _("They were made for a receipt and for nothing else."),
        "sender-differs": _("The receipt was made out to this vault."),
        "volumes-differ": _("It names every file of this testimony as it left here."),
        "not-accepted": _("The archive has accepted it whole, without reservation."),
        "too-few-copies": digits(_("The archive holds at least {count} copies.").format(count=2)),
        "receipt-out-of-chain": _("It follows the archive’s receipt before it."),
        "too-early": digits(_("{count} days have passed since the receipt was checked.").format(count=7)),
        "not-confirmed": _("You have confirmed it for this very testimony."),
    }
    return words.get(condition, condition)
