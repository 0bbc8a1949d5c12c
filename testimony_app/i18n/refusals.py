# SPDX-License-Identifier: Apache-2.0
"""What an archive's refusal means for whoever sent a testimony: why, what is safe, and what to do."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.messages import Message


def by_archive(reason: str, *, may_carry_again: bool) -> Message:
    """Return the words for a receipt that says a testimony was not taken in, by the code of its reason."""
    safe = _("It is still here, sealed. Nothing is removed.")
    if may_carry_again:
        what = _("The archive refused it: the copy was damaged on its way.")
        next_step = _("Send it again: the next export takes it along. Use another stick.")
    elif reason == "exchange.signer-card-expired":
        what = _("The archive refused it: your card was past its day when it was sealed.")
        next_step = _("Give the archive your new card, and ask what to do with this one.")
    elif reason == "archive.testimony-not-here":
        what = _("The archive refused the change of consent: it does not have the testimony yet.")
        next_step = _("Send the testimony first, then this again.")
    elif reason == "archive.destroyed":
        what = _("The archive refused it: the witness had it destroyed there.")
        next_step = _("Ask the archive, then erase it here as well.")
    else:
        what = _("The archive refused it ({reason}).").format(reason=ltr(reason))
        next_step = _("Keep it, and ask the archive what to do.")
    return Message(what=what, safe=safe, next_step=next_step, code=reason)
