# SPDX-License-Identifier: Apache-2.0
"""What somebody at the archive should look after, as notices above its first page, each leading to its screen."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import counted
from testimony_app.ui.archive.values import Cares
from testimony_app.ui.widgets.banner import Banner


def care_notices(cares: Cares) -> list[tuple[Banner, str]]:
    """Return the notices, each with the name of the screen that it leads to."""
    made: list[tuple[Banner, str]] = []
    if cares.needs_recovery:
        notice = Banner(
            _("This archive can’t be opened again if its passphrase is lost."),
            "care",
            help_line=_("Make recovery sheets and try them; until then this stays here."),
            action=_("Recovery sheets"),
            may_close=False,
        )
        notice.setObjectName("needs_recovery")
        made.append((notice, "keys"))
    if cares.held_apart:
        told = counted(cares.held_apart, "{count} bundle is held apart", "{count} bundles are held apart")
        held = Banner(told, "action", help_line=_("Nobody here knows the signer yet."), action=_("Decide"))
        held.setObjectName("held_apart")
        made.append((held, "held"))
    return made
