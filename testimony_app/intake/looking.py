# SPDX-License-Identifier: Apache-2.0
"""A photograph, a scan or a page of a pdf as pixels, and the plain words of a pdf, read in a confined process.

Pictures are the oldest way of breaking into a reader, so no picture is ever decoded here: the child
(devices/looking_child.py, named and not imported) is handed the decrypted bytes over a pipe, gives up everything
else first, and answers with plain pixels of the size we asked for. What it says is untrusted: it is decoded into
exactly the types of confined/pictures.py, and counted. Nothing readable touches the disk.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from testimony_app.confined import pictures, pipes
from testimony_app.confined.child import Child
from testimony_app.confined.pictures import Read, Seen, Task, Unseen
from testimony_app.intake.errors import PictureUnreadable, TextUnreadable
from testimony_app.model.testimony import Attachment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.vault import Vault

_PIECE = 1 << 20


class Source(Protocol):
    """Where the bytes of a file come from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, none at the end."""


_Answer = Seen | Read | Unseen
_answers = msgspec.msgpack.Decoder(_Answer)


class Held:
    """An attachment to look at, on any thread; forgets its key when it is closed."""

    def __init__(self, slot: SegmentSlot, byte_count: int) -> None:
        """Read with this slot."""
        self._slot, self._byte_count = slot, byte_count

    def look(self, page: int = 0, longest_side: int = 1600) -> Seen:
        """Return one page. Raises PictureUnreadable, BlobDamaged."""
        with self._slot.reader() as reader:
            return look(reader, self._byte_count, page=page, longest_side=longest_side)

    def close(self) -> None:
        """Forget the key."""
        self._slot.wipe()


def may_be_seen(attachment: Attachment) -> bool:
    """Tell whether an attachment is of a kind that we show."""
    return attachment.media_type in pictures.SEEN


def prepare(vault: Vault, attachment: Attachment) -> Held:
    """Return what looks at an attachment without the database (vault thread). Raises NotFound."""
    return Held(vault.blobs.slot(attachment.blob), attachment.byte_count)


def look(source: Source, byte_count: int, *, page: int = 0, longest_side: int = 1600) -> Seen:
    """Return one page of a picture or a pdf. Raises PictureUnreadable."""
    answer = _asked(source, Task(byte_count, page=page, longest_side=min(longest_side, pictures.LONGEST_SIDE)))
    if not isinstance(answer, Seen) or len(answer.pixels) != answer.width * answer.height * 3:
        raise PictureUnreadable
    return answer


def words(source: Source, byte_count: int) -> str:
    """Return the plain words of a pdf; one of photographed pages has none. Raises TextUnreadable."""
    answer = _asked(source, Task(byte_count, wants_words=True))
    if not isinstance(answer, Read) or not answer.text.strip():
        raise TextUnreadable
    return answer.text


def _asked(source: Source, task: Task) -> _Answer:
    if not 0 < task.byte_count <= pictures.LARGEST_FILE:
        return Unseen()
    with Child(pictures.MODULE, pictures.FIRST_ARGUMENT, silence_seconds=pictures.SILENCE_SECONDS) as child:
        try:
            child.tell(task)
            while piece := source.read(_PIECE):
                child.hand(piece)
            answer: _Answer = _answers.decode(pipes.receive(child, pictures.MESSAGE_MAX))
        except (BrokenPipeError, pipes.Silence, msgspec.DecodeError):
            return Unseen()
    return answer
