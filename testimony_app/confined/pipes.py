# SPDX-License-Identifier: Apache-2.0
"""What a parent and its confined child say to each other: length-framed msgpack values, nothing else."""

from __future__ import annotations

import struct
from typing import BinaryIO, Protocol

import msgspec

_LENGTH = struct.Struct(">I")
_PIECE = 1 << 20


class Silence(Exception):
    """The other side said nothing more, or nothing that can be read."""


class Pipe(Protocol):
    """Where messages come from."""

    def read(self, size: int, /) -> bytes | None:
        """Return some bytes, none at the end."""


def send(pipe: BinaryIO, message: msgspec.Struct) -> None:
    """Send one message."""
    body = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: Pipe, most: int) -> bytes:
    """Return one message's bytes; raises Silence when the pipe ends or the length is beyond `most`."""
    length = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]
    if length > most:
        raise Silence
    return _exactly(pipe, length)


def _exactly(pipe: Pipe, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = pipe.read(min(size - len(data), _PIECE))
        if not piece:
            raise Silence
        data += piece
    return bytes(data)
