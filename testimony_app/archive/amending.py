# SPDX-License-Identifier: Apache-2.0
"""Takes in what a witness says about a testimony that is here: consent changed, narrowed, withdrawn.

Acts are only ever added. A full withdrawal closes the testimony at once, in the same transaction: it is heard, read
and found no more. Whether it is then destroyed is for the archive's people to decide; what stays after that is a
line in the custody log, which also keeps it from being taken in again from an old stick.
"""

from __future__ import annotations

from io import BytesIO

from testimony_app.archive import access, indexing
from testimony_app.archive.errors import (
    AlreadyHere,
    AnotherSender,
    Destroyed,
    NotAnArchive,
    NotWithdrawn,
    TestimonyNotHere,
)
from testimony_app.clock import Clock, stamp
from testimony_app.model.bundle import BundleFile, VerifiedBundle
from testimony_app.model.changes import Changes
from testimony_app.model.consent import DESTROY, ConsentEvent, current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.vault.bundles import CONSENT, IN
from testimony_app.vault.vault import Vault

SIGNED_CONSENT_PAGE = "signed_consent_page"
WITHDRAWN, WISHES_DESTRUCTION = "withdrawn", "wishes_destruction"
"""Remarks on a closed testimony's row."""


def accept(vault: Vault, verified: VerifiedBundle, clock: Clock) -> Changes:
    """Add the acts of consent that a verified bundle carries, let them hold from now on, and return what changed.

    Raises NotAnArchive, AlreadyHere, Destroyed, TestimonyNotHere, AnotherSender.
    """
    known = verified.testimony.id
    _refuse(vault, verified)
    with vault.transaction():
        vault.bundles.add(
            known,
            _as_file(verified),
            direction=IN,
            sender=verified.sender,
            log_head=verified.log_head,
            carries=CONSENT,
        )
        vault.testimonies.attach(
            known,
            BytesIO(verified.bundle_json),
            media_type="application/json",
            title="",
            role=SIGNED_CONSENT_PAGE,
        )
        vault.custody.append(
            "consent_received",
            known,
            at=stamp(clock.now()),
            sender=verified.sender,
            bundle=verified.bundle,
            tagmanifest_sha512=verified.tagmanifest_sha512,
        )
        return add(vault, known, verified.testimony.consent)


def add(vault: Vault, testimony: TestimonyId, events: tuple[ConsentEvent, ...]) -> Changes:
    """Add acts of consent and let them hold from now on: what an archive's own people were told counts the same."""
    if vault.role is not Role.ARCHIVE:
        raise NotAnArchive
    with vault.transaction():
        known = {event.id for event in vault.consents.of(testimony)}
        for event in events:
            if event.id not in known:
                vault.consents.add(testimony, event)
        _apply(vault, testimony)
    return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony", "catalogue", "consent"}))


def destroy(vault: Vault, testimony: TestimonyId) -> Changes:
    """Destroy a testimony that was withdrawn; raises NotWithdrawn for any other."""
    row = vault.testimonies.row(testimony)
    if row.state is not State.WITHDRAWN:
        raise NotWithdrawn(testimony=row.code)
    vault.testimonies.erase(testimony, reason="withdrawn")
    vault.rotate()
    return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony", "catalogue"}))


def was_destroyed(vault: Vault, testimony: TestimonyId) -> bool:
    """Tell whether a testimony was here and was destroyed: it may not come back by an old stick."""
    return any(entry.event == "erased" for entry in vault.custody.entries(testimony))


def _refuse(vault: Vault, verified: VerifiedBundle) -> None:
    testimony = verified.testimony
    if vault.role is not Role.ARCHIVE:
        raise NotAnArchive
    if vault.bundles.find(verified.bundle, direction=IN):
        raise AlreadyHere(code=testimony.code)
    if not vault.testimonies.exists(testimony.id):
        raise (Destroyed if was_destroyed(vault, testimony.id) else TestimonyNotHere)(testimony=testimony.code)
    senders = {one.sender for one in vault.bundles.for_testimony(testimony.id, direction=IN)}
    if (
        senders.isdisjoint(_cards_of(vault, verified.sender))
        or vault.testimonies.row(testimony.id).code != verified.code
    ):
        raise AnotherSender(testimony=testimony.code)


def _cards_of(vault: Vault, fingerprint: str) -> set[str]:
    """Return a sender's card and every card that it has replaced, each compared here by people."""
    links = [entry.facts for entry in vault.custody.of_event("card_replaced")]
    cards = {fingerprint}
    # Later replacements stand behind earlier ones in the log: read backwards, one pass follows the whole chain.
    for link in reversed(links):
        if link["fingerprint"] in cards:
            cards.add(str(link["replaces"]))
    return cards


def _apply(vault: Vault, testimony: TestimonyId) -> None:
    whole = vault.testimonies.get(testimony)
    state = current(whole.consent)
    vault.index.put(testimony, [] if access.is_closed(whole) else indexing.parts(whole))
    if state.withdrawn:
        remark = WISHES_DESTRUCTION if state.wish == DESTROY else WITHDRAWN
        vault.testimonies.set_state(testimony, State.WITHDRAWN, remark=remark)


def _as_file(verified: VerifiedBundle) -> BundleFile:
    return BundleFile(
        name="",
        byte_count=verified.byte_count,
        sha256=verified.ciphertext_sha256,
        tagmanifest_sha512=verified.tagmanifest_sha512,
        bundle=verified.bundle,
        group=verified.group,
        index=verified.index,
        count=verified.count,
        seq=verified.seq,
        prev=verified.prev,
    )
