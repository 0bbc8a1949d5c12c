# SPDX-License-Identifier: Apache-2.0
"""What an archive has seen from each sender, and what a new bundle looks like beside it.

Every device numbers its bundles and names the one before, so two bundles with one number are a fork: a stolen
key, or a vault put back from an old copy. Both are shown; neither is thrown away, since testimony is testimony.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import msgspec

from testimony_app.exchange.contents import BundleJson
from testimony_app.exchange.errors import BundleIdReused
from testimony_app.model.bundle import VerifiedBundle
from testimony_app.model.custody import LogHead

ALREADY_HERE = "already-here"
FORK, PREV_DIFFERS, LOG_ROLLED_BACK = "sequence-fork", "prev-differs", "log-rolled-back"


class Seen(msgspec.Struct, frozen=True):
    """One bundle that was imported before."""

    sender: str
    bundle: str
    seq: int
    tagmanifest_sha512: str
    log_head: LogHead

    @classmethod
    def of(cls, bundle: VerifiedBundle) -> Self:
        """Return what is remembered of a bundle that was taken in."""
        return cls(bundle.sender, bundle.bundle, bundle.seq, bundle.tagmanifest_sha512, bundle.log_head)


class History:
    """All bundles imported before, to be asked about a new one; a snapshot that any thread may hold."""

    def __init__(self, seen: Iterable[Seen] = (), keys: Mapping[str, str] | None = None) -> None:
        """Remember these; `keys` tells which cards are one sender's, by the key that they share."""
        self._keys = keys or {}
        self._by_bundle: dict[str, Seen] = {}
        self._by_sender: dict[str, list[Seen]] = {}
        for one in seen:
            self.add(one)

    def add(self, one: Seen) -> None:
        """Remember one more, on the thread that has this history: what was just taken in counts for the next file."""
        self._by_bundle[one.bundle] = one
        self._by_sender.setdefault(self._key_of(one.sender), []).append(one)

    def find(self, bundle: str) -> Seen | None:
        """Return what was imported under an identifier before, if anything was."""
        return self._by_bundle.get(bundle)

    def judge(self, page: BundleJson, tagmanifest_sha512: str) -> tuple[str, ...]:
        """Return warnings about a bundle, `already-here` alone for an old one; raises BundleIdReused for its double."""
        same = self._by_bundle.get(page.bundle)
        if same is not None and same.tagmanifest_sha512 == tagmanifest_sha512:
            return (ALREADY_HERE,)
        if same is not None:
            raise BundleIdReused(bundle=page.bundle, testimony=page.code)
        before = self._by_sender.get(self._key_of(page.sender), [])
        found = {
            FORK: any(one.seq == page.seq for one in before),
            PREV_DIFFERS: any((one.seq == page.seq - 1 and one.tagmanifest_sha512 != page.prev) for one in before),
            LOG_ROLLED_BACK: any(_contradicts(one, page) for one in before),
        }
        return tuple(word for word, holds in found.items() if holds)

    def _key_of(self, sender: str) -> str:
        return self._keys.get(sender, sender)


def _contradicts(one: Seen, page: BundleJson) -> bool:
    """Tell whether the sender's log got shorter, or differs at the same length."""
    then, now = one.log_head, page.log_head
    if one.seq < page.seq and then.seq > now.seq:
        return True
    if one.seq > page.seq and then.seq < now.seq:
        return True
    return then.seq == now.seq and then.hash != now.hash
