# SPDX-License-Identifier: Apache-2.0
"""What was checked and what was found, as values."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from testimony_app.errors import Fact, GovahError
from testimony_app.exchange import contents
from testimony_app.exchange.contents import BundleJson
from testimony_app.model.bundle import Outcome, VerifiedBundle
from testimony_app.model.partner import Partner


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    file: str
    """The file's name as it was offered, without its folder."""
    outcome: Outcome
    code: str = ""
    """The testimony's code, when the signed page could be read."""
    signer: str = ""
    """The name on the signer's pinned card."""
    signer_fingerprint: str = ""
    """Of that card; names can be alike."""
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
        signer_fingerprint=bundle.sender,
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


def refused(file: str, error: GovahError, partners: Sequence[Partner] = ()) -> Finding:
    """Return the finding for a file that didn't pass; `partners` give its signer a name, where one is known."""
    outcome = getattr(error, "outcome", Outcome.REFUSED)
    signer = str(error.facts.get("signer", ""))
    return Finding(
        file=file,
        outcome=outcome,
        code=str(error.facts.get("testimony", "")),
        signer=next((one.card.name for one in partners if one.fingerprint == signer), ""),
        signer_fingerprint=signer,
        reason=error.code,
        facts=error.facts,
        bundle=str(error.facts.get("bundle", "")),
    )


def declined(file: str, error: GovahError, bundle: VerifiedBundle) -> Finding:
    """Return the finding for a bundle that passed and yet can't be taken in; what it is tells a receipt."""
    if not bundle.is_take:
        page = contents.read(bundle.bundle_json)
        tell_whose(error, page, bundle.sender, bundle.tagmanifest_sha512, bundle.byte_count)
    return msgspec.structs.replace(refused(file, error), signer=bundle.signer, signer_fingerprint=bundle.sender)


def tell_whose(error: GovahError, page: BundleJson, signer: str, tagmanifest_sha512: str, byte_count: int) -> None:
    """Write into an error which bundle it is about: its signature fits, whatever else is wrong with it."""
    error.facts.update(
        testimony=page.code,
        bundle=page.bundle,
        group=page.group.id,
        volume=page.group.index,
        signer=signer,
        tagmanifest_sha512=tagmanifest_sha512,
        byte_count=byte_count,
        made_for=" ".join(page.recipients),
    )
