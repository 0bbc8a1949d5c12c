# SPDX-License-Identifier: Apache-2.0
"""What stands in the bar of an archive's first page; in large type only what a small laptop has room for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import button

_LARGE = 1.5


def bar_buttons(go: Callable[[str], None]) -> list[QWidget]:
    """Return what leads to the cards, the settings and the import; `go` is told the screen's name."""
    cards = button(_("Cards"), "cards_button", "flat")
    cards.clicked.connect(lambda: go("add_card"))
    settings = button(_("Settings"), "settings_button", "flat")
    settings.clicked.connect(lambda: go("settings"))
    is_large = theme.scale() > _LARGE
    bring = button(_("Import") if is_large else _("Import bundles"), "import_bundles", "main", said=_("Import bundles"))
    bring.clicked.connect(lambda: go("import"))
    # The settings lead to the cards as well.
    return [settings, bring] if is_large else [cards, settings, bring]
