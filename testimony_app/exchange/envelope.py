# SPDX-License-Identifier: Apache-2.0
"""The outermost layer of a bundle: opens the age file and tells a short file from an altered one."""

from __future__ import annotations

import os

import msgspec

from testimony_app.crypto import age
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.chunks import Readable, plain_size
from testimony_app.crypto.padme import padded_size
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import PayloadReader
from testimony_app.errors import GovahError
from testimony_app.exchange.errors import (
    BeyondLimits,
    BundleAltered,
    BundleCutShort,
    NotABundle,
    NotForUs,
    PassphraseBundle,
)
from testimony_app.exchange.limits import BLOCK, FLOOR, VOLUME_CAP


class Envelope(msgspec.Struct, frozen=True):
    """An opened age file; nothing of its content is authenticated before it is read."""

    plain: PayloadReader
    payload_start: int
    file_size: int
    is_mixed: bool
    """Its header names older keys beside quantum-safe ones; our writer never does that."""


def open_envelope(file: Readable, identity_text: Secret, *, allow_unterminated: bool = False) -> Envelope:
    """Return the opened envelope; raises the refusal that fits what is wrong with it."""
    size = file.seek(0, os.SEEK_END)
    if size > VOLUME_CAP:
        raise BeyondLimits(what="file")
    try:
        header = age.inspect(file)
        if "scrypt" in header.types:
            raise PassphraseBundle
        identity = age.identity_from_text(identity_text)
        plain = age.decrypt(file, [identity], allow_unterminated=allow_unterminated)
    except crypto_errors.NotAnAgeFile:
        raise NotABundle from None
    except crypto_errors.HeaderTooLarge:
        raise BeyondLimits(what="age-header") from None
    except crypto_errors.PassphraseFile:
        raise PassphraseBundle from None
    except crypto_errors.NoMatchingKey:
        raise NotForUs(where="key") from None
    except crypto_errors.HeaderDamaged as error:
        raise _damaged_header(error, size) from None
    finally:
        identity_text.wipe()
    return Envelope(plain=plain, payload_start=header.size, file_size=size, is_mixed=not header.is_quantum_safe)


def sort_damage(error: GovahError, envelope: Envelope, expected: int | None) -> GovahError:
    """Return whether the file was cut or altered, from its length and the length it should have."""
    size = envelope.file_size
    if expected is not None:
        return BundleCutShort(at_byte=size, of_bytes=expected) if size < expected else BundleAltered()
    if isinstance(error, crypto_errors.PayloadTruncated) or not _is_possible(size - envelope.payload_start):
        return BundleCutShort(at_byte=size)
    return BundleAltered()


def _is_possible(payload_bytes: int) -> bool:
    """Tell whether any bundle's payload has this length: Padmé leaves few."""
    try:
        plain = plain_size(payload_bytes)
    except crypto_errors.PayloadTruncated:
        return False
    return plain >= FLOOR and plain % BLOCK == 0 and padded_size(plain) == plain


def _damaged_header(error: GovahError, size: int) -> GovahError:
    # A header that stops in the middle of itself is a file cut short; one that is whole but wrong was altered.
    if error.facts.get("part") in {"end", "nonce"}:
        return BundleCutShort(at_byte=size)
    return BundleAltered()
