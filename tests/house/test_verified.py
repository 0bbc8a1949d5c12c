# SPDX-License-Identifier: Apache-2.0
"""A bundle counts as verified only when a verifier says so."""

from __future__ import annotations

from tests.house.source import calls, inside, program

VERIFIERS = {"testimony_app/exchange/receive.py", "testimony_app/exchange/receive_live.py"}


def test_only_the_verifier_makes_a_verified_bundle():
    """VerifiedBundle is constructed by the two verifiers, of bundles and of what a drop box left, and nowhere else."""
    makers = {inside(file) for file in program() for name, _line in calls(file) if name == "VerifiedBundle"}

    assert makers == VERIFIERS


def test_nobody_makes_one_by_the_back_door():
    """No file converts or copies foreign values into a VerifiedBundle."""
    doors = [
        f"{inside(file)}:{number}"
        for file in program()
        if inside(file) not in VERIFIERS
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "VerifiedBundle" in line and ("convert(" in line or "decode(" in line or "type=VerifiedBundle" in line)
    ]

    assert not doors
