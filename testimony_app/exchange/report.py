# SPDX-License-Identifier: Apache-2.0
"""What was checked and what was found, as values."""

from __future__ import annotations

import msgspec

from testimony_app.errors import Fact, GovahError
from testimony_app.model.bundle import Outcome, VerifiedBundle


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    file: str
    """The file's name as it was offered, without its folder."""
    outcome: Outcome
    code: str = ""
    """The testimony's code, when the signed page could be read."""
    signer: str = ""
    """The name on the signer's pinned card."""
    reason: str = ""
    """The error's code; empty when nothing is wrong."""
    facts: dict[str, Fact] = {}
    warnings: tuple[str, ...] = ()
    bundle: str = ""
    carries: str = "testimony"
    """`testimony`, or `consent` for acts of consent alone."""
    seconds: float = 0.0
    """Length of what was recorded."""
    byte_count: int = 0
    sha256: str = ""
    is_whole: bool = False
    """Whether every byte was checked and is what its signatures cover, whoever signed."""


def found(file: str, bundle: VerifiedBundle, outcome: Outcome = Outcome.VERIFIED) -> Finding:
    """Return the finding for a bundle that passed."""
    return Finding(
        file=file,
        outcome=outcome,
        code=bundle.code,
        signer=bundle.signer,
        warnings=bundle.warnings,
        bundle=bundle.bundle,
        carries=carries(is_consent=bundle.is_consent),
        seconds=bundle.testimony.seconds,
        byte_count=bundle.byte_count,
        sha256=bundle.ciphertext_sha256,
        is_whole=True,
    )


def carries(*, is_consent: bool) -> str:
    """Return the word for what a bundle carries."""
    return "consent" if is_consent else "testimony"


def refused(file: str, error: GovahError) -> Finding:
    """Return the finding for a file that didn't pass."""
    outcome = getattr(error, "outcome", Outcome.REFUSED)
    return Finding(
        file=file,
        outcome=outcome,
        code=str(error.facts.get("testimony", "")),
        reason=error.code,
        facts=error.facts,
        bundle=str(error.facts.get("bundle", "")),
    )
