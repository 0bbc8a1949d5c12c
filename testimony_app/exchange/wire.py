# SPDX-License-Identifier: Apache-2.0
"""What the importer and its limited child say to each other: length-framed msgpack of these values, nothing else.

The parent's side treats every answer as untrusted: it is decoded into exactly these types, bounded in length,
and checked again where it matters (the signed page is parsed anew, paths and blob names are compared).
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from testimony_app.confined import pipes
from testimony_app.confined.pipes import Pipe, Silence, send
from testimony_app.errors import Fact
from testimony_app.exchange.contents import Hex64, Hex128
from testimony_app.exchange.limits import BUNDLE_JSON_MAX, MESSAGE_MAX
from testimony_app.model.bundle import PayloadBlob

__all__ = ["Silence", "receive", "receive_answer", "send"]


class KnownSigner(msgspec.Struct, frozen=True):
    """The public keys of a card that somebody here has compared."""

    fingerprint: str
    ed25519: str
    composite: str


class Task(msgspec.Struct, frozen=True):
    """What the child shall read, with which key, and where it may write; comes over standard input."""

    path: str
    folder: str
    """The quarantine folder of this one bundle; empty when nothing is to be written."""
    identity: bytes
    own_fingerprint: str
    """This vault's card; empty when only a bare key is at hand."""
    signers: tuple[KnownSigner, ...]
    former_fingerprints: tuple[str, ...] = ()
    """This vault's earlier cards, of the same keys; what was made for one of them is for us."""
    is_live: bool = False
    """It is not a bundle but a recording that a drop box left behind, perhaps without its end."""

    @property
    def own(self) -> frozenset[str]:
        """The cards that are this vault's; none when only a bare key is at hand."""
        return frozenset({self.own_fingerprint, *self.former_fingerprints} - {""})


class GoOn(msgspec.Struct, frozen=True, tag="go-on"):
    """The parent has looked at the signed page; the payloads may be read."""


class HeadRead(msgspec.Struct, frozen=True, tag="head"):
    """The signed page, from a signer whose both signatures fit; `signer` is empty when nobody here knows them."""

    signer: Annotated[str, Meta(max_length=64)]
    bundle_json: Annotated[bytes, Meta(max_length=BUNDLE_JSON_MAX)]
    tagmanifest_sha512: Hex128
    is_mixed: bool


class Beat(msgspec.Struct, frozen=True, tag="beat"):
    """The child is alive and this far."""

    done: int


class Done(msgspec.Struct, frozen=True, tag="done"):
    """Every byte was read and is what was signed."""

    testimony_json: bytes
    statement: bytes
    payloads: tuple[PayloadBlob, ...]
    keys: tuple[Annotated[bytes, Meta(min_length=16, max_length=16)], ...]
    ciphertext_sha256: Hex64
    """Of the file, as it was read."""
    byte_count: Annotated[int, Meta(ge=0)]


class Heard(msgspec.Struct, frozen=True, tag="heard"):
    """A recording that a drop box left was read as far as it is there."""

    frames: Annotated[int, Meta(ge=1)]
    sha256: Hex64
    """Of its samples."""
    is_unterminated: bool
    """Its end isn't there; everything before is."""
    payload: PayloadBlob | None = None
    key: Annotated[bytes, Meta(min_length=16, max_length=16)] | None = None


class Said(msgspec.Struct, frozen=True, tag="refused"):
    """Something isn't as it must be: an error's code and facts."""

    code: Annotated[str, Meta(max_length=64)]
    facts: dict[str, Fact]


Answer = HeadRead | Beat | Done | Heard | Said
_answers = msgspec.msgpack.Decoder(Answer)


def receive_answer(pipe: Pipe) -> Answer:
    """Return the child's next answer; raises Silence."""
    try:
        answer: Answer = _answers.decode(receive(pipe))
    except (msgspec.DecodeError, RecursionError):
        raise Silence from None
    return answer


def receive(pipe: Pipe) -> bytes:
    """Return one message's bytes; raises Silence when the pipe ends or the length is beyond reason."""
    return pipes.receive(pipe, MESSAGE_MAX)
