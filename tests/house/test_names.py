# SPDX-License-Identifier: Apache-2.0
"""Names say what a thing is; words that say nothing are not used."""

from __future__ import annotations

from tests.house.source import classes, inside, program

EMPTY_WORDS = [
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "base",
    "core",
    "manager",
    "handler",
    "controller",
    "service",
    "services",
    "data",
    "info",
]


def test_no_module_has_an_empty_name():
    """No module or package is called helpers, or ends so."""
    parts = {part.removesuffix(".py") for file in program() for part in file.parts}
    empty = sorted(part for part in parts if part.rpartition("_")[2] in EMPTY_WORDS)

    assert not empty


def test_no_class_has_an_empty_name():
    """No class ends in Manager, Helper, Service and the like."""
    endings = tuple(word.capitalize() for word in EMPTY_WORDS)
    empty = [
        f"{inside(file)}: {node.name}" for file in program() for node in classes(file) if node.name.endswith(endings)
    ]

    assert not empty


def test_exceptions_state_the_fact():
    """An exception is called WrongPassphrase, not WrongPassphraseError; only the root of all is an Error."""
    named = [node.name for file in program() for node in classes(file) if node.name.endswith(("Error", "Exception"))]

    assert named == ["GovahError"]
