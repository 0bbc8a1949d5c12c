# SPDX-License-Identifier: Apache-2.0
"""The one question before a draft is erased: what goes, and that nobody can bring it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui.widgets.confirm import confirm


def ask_to_erase(parent: QWidget, code: str, then: Callable[[], None]) -> None:
    """Ask once, in plain words, with the safe answer first; run `then` on yes."""
    what = _("Sound, text, notes and names of {code} will be destroyed. Nobody can bring them back.")
    confirm(
        parent,
        then,
        title=_("Erase this testimony?"),
        what=what.format(code=ltr(code)),
        yes=_("Erase it for good"),
        no=_("Keep it"),
        is_erasing=True,
    )
