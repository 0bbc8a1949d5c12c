# SPDX-License-Identifier: Apache-2.0
"""A secret in the hands of several people, so many of whom together can restore it: SLIP-39.

A share of a 32-byte secret is 33 English words out of a list of 1,024, with a check of its own; a wrong word, a
wrong share or one too few is noticed. The library beneath is not hardened against others on the same machine:
make and combine shares on an offline one.
"""

from __future__ import annotations

from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from testimony_app.crypto.errors import NotAShare, SharesDoNotFit
from testimony_app.crypto.secret import Secret

MOST_SHARES = 16
WORDS = 33
"""How many words a share of 32 bytes has."""
_KNOWN = frozenset(WORDLIST)


@dataclass(frozen=True)
class ShareFacts:
    """What one share says of itself: which set it belongs to, its number there, how many are needed."""

    set_id: int
    index: int
    threshold: int


def split(secret: Secret, threshold: int, count: int) -> list[str]:
    """Return so many shares, of which `threshold` restore the secret; one of one is the secret in words."""
    if not (threshold == count == 1 or 2 <= threshold <= count <= MOST_SHARES):
        raise ValueError("2 to 16 shares of which at least 2 are needed, or one alone")
    shares: list[str] = generate_mnemonics(1, [(threshold, count)], bytes(secret.view))[0]
    return shares


def combine(shares: list[str], *, passphrase: bytes = b"") -> Secret:
    """Return the secret that the shares restore.

    Raises NotAShare when the words of one are wrong, SharesDoNotFit when they do not belong together, or are
    too few or too many.
    """
    for share in shares:
        read_share(share)
    try:
        return Secret(combine_mnemonics([_words(share) for share in shares], passphrase))
    except MnemonicError as error:
        raise SharesDoNotFit(count=len(shares)) from error


def read_share(text: str) -> ShareFacts:
    """Return what one share says of itself; raises NotAShare when its check does not fit."""
    try:
        share = Share.from_mnemonic(_words(text))
    except (MnemonicError, ValueError, LookupError) as error:
        raise NotAShare from error
    return ShareFacts(share.identifier, share.index, share.member_threshold)


def unknown_words(text: str) -> tuple[int, ...]:
    """Return which words of a share, counted from 1, are in no share of anybody."""
    return tuple(place for place, word in enumerate(_words(text).split(), 1) if word not in _KNOWN)


def _words(text: str) -> str:
    return " ".join(text.lower().split())
