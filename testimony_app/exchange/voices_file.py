# SPDX-License-Identifier: Apache-2.0
"""The questions of self-recording in an archive's own recorded voice, on their way to those who collect for it.

    the file     age, to the same keys as a guide, with decoys; suffix `.GDV`; at most 64 MiB
    inside       64 KiB: canonical JSON (format, v, archive, body, signatures) and line feeds; then the samples; then
                 zeros up to a multiple of 1 MiB
    signed       the canonical JSON of `body`, in the namespace voices-v1@govah; it names the SHA-512 of the samples

The samples travel as plain 16-bit numbers, so that whoever takes them in has nothing to decode: a sound file of
somebody else is parsed once, in a confined process, where it is recorded.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical, signing
from testimony_app.crypto.errors import NotCanonical
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.signing import Signatures
from testimony_app.exchange import guide_file
from testimony_app.exchange.contents import Hex64
from testimony_app.exchange.guide_file import NotAGuide
from testimony_app.exchange.limits import KIB, MIB
from testimony_app.exchange.quarantine import read_small
from testimony_app.model.partner import Partner
from testimony_app.vault.vault import Vault

SUFFIX = ".GDV"
FILE_MAX = 64 * MIB
SOUND_MAX = 60 * MIB
_PAGE = 64 * KIB


class _Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ed25519: Annotated[str, Meta(max_length=8_192)]
    pq: Annotated[str, Meta(max_length=16_384)]


class _Body(msgspec.Struct, frozen=True):
    sha512: str
    byte_count: Annotated[int, Meta(ge=1, le=SOUND_MAX)]


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["govah-voices"]
    v: Literal[1]
    archive: Hex64
    body: dict[str, Any]
    signatures: _Signed


class TakenVoices(msgspec.Struct, frozen=True):
    """What an archive that is trusted here has recorded, whole and as it was signed."""

    archive: Partner
    body: bytes
    """Canonical JSON, signed."""
    sound: bytes


def write(vault: Vault, body: bytes, sound: bytes, folder: Path) -> Path:
    """Return the file that was written into a folder for every trusted collector. Raises NoCollectorKnown."""
    recipients = guide_file.collectors(vault)
    signatures = vault.device.sign(body, signing.VOICES)
    page = _Page(
        format="govah-voices",
        v=1,
        archive=fingerprint(vault.card_bytes()),
        body=canonical.loads(body),
        signatures=_Signed(signatures.ed25519, signatures.pq),
    )
    plain = canonical.dumps(page).ljust(_PAGE, b"\n") + sound
    return guide_file.seal(plain + bytes(-len(plain) % MIB), recipients, folder, SUFFIX)


def read(vault: Vault, path: Path) -> TakenVoices:
    """Return what a trusted archive signed for us. Raises NotAGuide, GuideNotForUs, GuideOfAStranger."""
    untrusted_file = read_small(path, FILE_MAX)
    if len(untrusted_file) > FILE_MAX:
        raise NotAGuide(why="size")
    plain = guide_file.opened(vault, untrusted_file)
    page, body = _parsed(plain[:_PAGE])
    signatures = Signatures(page.signatures.ed25519, page.signatures.pq)
    archive = guide_file.signer_of(vault, body, signatures, page.archive, signing.VOICES)
    try:
        named = msgspec.convert(page.body, _Body)
    except msgspec.ValidationError:
        raise NotAGuide(why="form") from None
    sound = plain[_PAGE : _PAGE + named.byte_count]
    if len(sound) != named.byte_count or hashlib.sha512(sound).hexdigest() != named.sha512:
        raise NotAGuide(why="damaged")
    return TakenVoices(archive, body, sound)


def _parsed(untrusted_page: bytes) -> tuple[_Page, bytes]:
    try:
        page = msgspec.convert(canonical.loads(untrusted_page.rstrip(b"\n")), _Page)
        return page, canonical.dumps(page.body)
    except (NotCanonical, msgspec.ValidationError, json.JSONDecodeError):
        raise NotAGuide(why="form") from None
