# SPDX-License-Identifier: Apache-2.0
"""What is told right after unlocking: a recording that was interrupted, and what was kept of it."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.measures import durations
from testimony_app.ui.widgets.banner import Banner


def interrupted(code: str, seconds: float) -> Banner:
    """Return the notice of one interrupted recording."""
    notice = Banner(
        _("The recording of {code} was interrupted.").format(code=ltr(code)),
        "care",
        help_line=_("Everything up to the last second is kept: {length}.").format(length=durations(seconds)),
    )
    notice.setObjectName("interrupted_notice")
    return notice
