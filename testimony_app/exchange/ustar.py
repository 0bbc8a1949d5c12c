# SPDX-License-Identifier: Apache-2.0
"""The strict tar: for any list of names and lengths there is exactly one byte string, and no other is read.

A header block of 512 bytes (POSIX ustar), every field fixed but name, size and checksum:

    0   100  name, NUL-filled            257   6  "ustar" NUL
    100   8  mode   "0000600" NUL        263   2  "00"
    108   8  uid    "0000000" NUL        265  32  user name, all NUL
    116   8  gid    "0000000" NUL        297  32  group name, all NUL
    124  12  size, 11 octal digits NUL   329   8  device major, all NUL
    136  12  mtime  "00000000000" NUL    337   8  device minor, all NUL
    148   8  checksum, 6 octal NUL SPACE 345 155  prefix, all NUL
    156   1  typeflag "0"                500  12  NUL
    157 100  link name, all NUL

Reading parses name and size, builds the block again and compares: what differs in any bit is refused, so no
links, folders, devices, extensions or second spellings exist for us.
"""

from __future__ import annotations

import re

from testimony_app.exchange.errors import NotStrictTar
from testimony_app.exchange.limits import BLOCK, NAME_MAX, PAYLOAD_FILE_MAX

_COMPONENT = re.compile(rb"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_DEVICE = re.compile(rb"(con|prn|aux|nul|conin|conout|clock|com[0-9]|lpt[0-9])(\..*)?", re.ASCII)
_OCTAL = re.compile(rb"[0-7]{11}\0", re.ASCII)
_FIXED_BEFORE_SIZE = b"0000600\x000000000\x000000000\x00"
_FIXED_AFTER_SUM = b"0" + bytes(100) + b"ustar\x0000" + bytes(32 + 32 + 8 + 8 + 155 + 12)
_MTIME = b"00000000000\x00"
PAYLOAD_COMPONENTS_MAX = 3


def header(name: str, size: int) -> bytes:
    """Return the one header block for a member of this name and length."""
    raw = name.encode("ascii")
    before = raw.ljust(100, b"\0") + _FIXED_BEFORE_SIZE + b"%011o\0" % size + _MTIME
    checksum = sum(before) + 8 * 0x20 + sum(_FIXED_AFTER_SUM)
    return before + b"%06o\0 " % checksum + _FIXED_AFTER_SUM


def parse(untrusted_block: bytes | bytearray | memoryview, member: int) -> tuple[str, int]:
    """Return name and length of a header block; raises NotStrictTar unless it is the only spelling."""
    block = bytes(untrusted_block)
    if len(block) != BLOCK:
        raise NotStrictTar(why="short-block", member=member)
    raw = block[:NAME_MAX].rstrip(b"\0")
    if not _OCTAL.fullmatch(block[124:136]):
        raise NotStrictTar(why="size", member=member)
    size = int(block[124:135], 8)
    if size > PAYLOAD_FILE_MAX:
        raise NotStrictTar(why="size", member=member)
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        raise NotStrictTar(why="name", member=member) from None
    if header(name, size) != block:
        raise NotStrictTar(why="header", member=member)
    return name, size


def is_payload_path(path: str) -> bool:
    """Tell whether a path is one that a bag of ours may hold below `bag/`: `data/` and up to three components."""
    if not path.isascii() or len(path) + len("bag/") > NAME_MAX:
        return False
    top, *parts = path.encode("ascii").split(b"/")
    if top != b"data" or not 1 <= len(parts) <= PAYLOAD_COMPONENTS_MAX:
        return False
    return all(_is_component(part) for part in parts)


def padding(size: int) -> int:
    """Return how many zeros follow a member of this length up to the next block."""
    return -size % BLOCK


def member_length(size: int) -> int:
    """Return how many bytes a member takes with its header and padding."""
    return BLOCK + size + padding(size)


def _is_component(part: bytes) -> bool:
    if not _COMPONENT.fullmatch(part) or part.endswith(b"."):
        return False
    return not _DEVICE.fullmatch(part)
