# SPDX-License-Identifier: Apache-2.0
"""Before the first listening of a session: who else would hear it? Asked once, until the vault is locked.

A program can't see whether headphones are on. It can ask, once, before a witness's voice fills a room.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui.widgets.confirm import Words, confirm


class _Session(msgspec.Struct):
    """Lasts as long as the process, which ends with the lock."""

    is_answered: bool = False


_session = _Session()


def play_quietly(owner: QWidget, play: Callable[[], None]) -> None:
    """Play, after somebody has said once that nobody else will hear it."""
    if _session.is_answered:
        play()
        return

    def go_on() -> None:
        answered()
        play()

    confirm(owner, go_on, **words())


def answered(*, is_answered: bool = True) -> None:
    """Ask no more in this session, or ask again."""
    _session.is_answered = is_answered


def words() -> Words:
    """Return what is asked."""
    return {
        "title": _("Are headphones on?"),
        "what": _("Without them everybody near this computer hears what was said in confidence."),
        "yes": _("Nobody else can hear it"),
        "no": _("Don’t play it"),
    }
