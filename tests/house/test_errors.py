# SPDX-License-Identifier: Apache-2.0
"""Every error has a code of its own and words for it; nobody swallows one."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re

import pytest

import testimony_app
from testimony_app.errors import Damage, GovahError, Refusal
from tests.house.source import inside, program, tree

# Where a blind except may stand, and why.
MAY_CATCH_ALL = {
    "testimony_app/ui/jobs.py",  # brings a failure home to the main thread
    "testimony_app/cli/main.py",  # turns the last unexpected one into a line and an exit status
}
ROOTS = {GovahError, Refusal, Damage}


def every_error():
    """Return every class of error that any module defines, the three roots aside."""
    for module in pkgutil.walk_packages(testimony_app.__path__, "testimony_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting, found = list(GovahError.__subclasses__()), set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("testimony_app."):
            found.add(kind)
    return sorted(found - ROOTS, key=lambda kind: (kind.code, kind.__name__))


def test_every_error_has_a_code_of_its_own():
    """No two errors share a code, and each code names its room and then the fact."""
    codes = [kind.code for kind in every_error()]

    assert len(codes) > 20
    assert sorted(set(codes)) == codes
    assert not [code for code in codes if not re.fullmatch(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+", code)]


def test_every_code_names_the_room_that_raises_it():
    """A code begins with the package that its class lives in."""
    astray = [
        f"{kind.__module__}.{kind.__name__}: {kind.code}"
        for kind in every_error()
        if kind.code.partition(".")[0] != kind.__module__.split(".")[1]
    ]

    assert not astray


def test_every_error_has_words():
    """Each code has a sentence on what happened and one on what to do next."""
    from testimony_app.i18n import messages

    wordless = []
    for kind in every_error():
        error = kind.__new__(kind)
        GovahError.__init__(error)
        message = messages.describe(error)
        if message.code != kind.code or not (message.what and message.next_step):
            wordless.append(kind.code)
        elif message.what == messages.describe(GovahError()).what:
            wordless.append(f"{kind.code} has only the words for anything")

    assert not wordless


def test_an_error_s_text_is_its_code():
    """What an error prints is its code alone, whatever facts it carries."""
    for kind in every_error():
        error = kind.__new__(kind)
        GovahError.__init__(error, title="words of a witness")

        assert str(error) == kind.code


@pytest.mark.parametrize("file", program(), ids=inside)
def test_errors_are_caught_narrowly(file):
    """A blind except stands in two files only; one that cleans up and raises again is not blind."""
    if inside(file) in MAY_CATCH_ALL:
        return
    blind = [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _raises_again(node)
    ]

    assert not blind


def _catches_all(handler):
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or getattr(kind, "id", "") in {"Exception", "BaseException"} for kind in kinds)


def _raises_again(handler):
    last = handler.body[-1]
    return getattr(handler.type, "id", "") == "BaseException" and isinstance(last, ast.Raise) and last.exc is None
