# SPDX-License-Identifier: Apache-2.0
"""Renders every registered screen in English and Persian, light and dark, at 100 % and 200 %.

Each module in tests/screens/ has a function `screens()` that yields pairs of a name and a factory for a widget. A
factory is called once for each look, with language and colours already set. A `Screen` is shown inside the real
window, anything else as it is.

    python -m tests.screenshots build/screenshots [part of a name] [--languages fa,en] [--sizes 100,200]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QWidget

from testimony_app.model.partner import Role
from testimony_app.settings import Settings
from testimony_app.ui.application import Application, make_qt
from testimony_app.ui.frame.strip import Facts
from testimony_app.ui.jobs import Jobs
from testimony_app.ui.screens import Screen
from testimony_app.ui.window import Window

Factory = Callable[[], QWidget]
FOLDER = Path(__file__).resolve().parent / "screens"
SIZE = QSize(1280, 800)
SOME_FACTS = Facts(free_bytes=212_000_000_000)


def registered(part: str = "") -> Iterator[tuple[str, Factory]]:
    """Yield every registered screen whose name holds the part."""
    for path in sorted(FOLDER.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"govah_screens_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield from ((name, factory) for name, factory in module.screens() if part in name)


def in_window(application: Application, jobs: Jobs, widget: QWidget) -> QWidget:
    """Return what is to be shown: a screen inside the window, anything else itself."""
    if not isinstance(widget, Screen):
        return widget
    window = Window(application, jobs)
    role = getattr(widget, "role_for_pictures", Role.COLLECTOR)
    if role is not None:
        window.enter_vault(role, lambda _secret: None)
        window.show_facts(SOME_FACTS)
    else:
        window.show_facts(Facts(is_encrypted=False))
    window.show_screen(widget)
    widget.arrived()
    if hasattr(widget, "band_for_pictures"):
        window.setMenuWidget(widget.band_for_pictures)
    for banner in getattr(widget, "banners_for_pictures", tuple)():
        window.notify(banner)
    return window


def settle(rounds: int = 6) -> None:
    """Let layouts, style sheets and queued results come to rest."""
    for _ in range(rounds):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def render(application: Application, jobs: Jobs, factory: Factory, target: Path) -> None:
    """Draw one screen in the look that is set, into a picture."""
    shown = in_window(application, jobs, factory())
    shown.resize(SIZE)
    shown.show()
    settle()
    shown.grab().save(str(target))
    shown.hide()
    shown.deleteLater()
    settle(1)


def main(arguments: list[str]) -> int:
    """Render what was asked for and say how many pictures there are."""
    parser = argparse.ArgumentParser(description="Render every screen of Govah.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/screenshots"))
    parser.add_argument("part", nargs="?", default="")
    parser.add_argument("--languages", default="en,fa")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--sizes", default="100,200")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    application, jobs = Application(make_qt(), Settings(), lambda _settings: None), Jobs()
    found, began, count = list(registered(asked.part)), monotonic(), 0
    for language in asked.languages.split(","):
        for theme in asked.themes.split(","):
            for size in asked.sizes.split(","):
                application.change(language=language, theme=theme, text_size=int(size))
                for name, factory in found:
                    render(application, jobs, factory, asked.folder / f"{name}-{language}-{theme}-{size}.png")
                    count += 1
    jobs.shut_down()
    sys.stdout.write(f"{count} pictures of {len(found)} screens in {monotonic() - began:.0f} s: {asked.folder}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
