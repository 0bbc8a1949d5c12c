# SPDX-License-Identifier: Apache-2.0
"""A digest that is taken beside the work, on the second core, while the bytes go on being sealed and written.

Hashing takes as long as opening, sealing and writing together, and needs nothing of them. A `BesideDigest` owns one
thread, which touches no file, no key and no database: it only feeds buffers to a hash. It lags a few buffers behind,
so that two threads on a busy machine need not wait for each other at every one; `buffers` hands out as many in turn as
that takes.
"""

from __future__ import annotations

import hashlib
import itertools
import queue
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_BEHIND = 8


class BesideDigest:
    """SHA-512 or SHA-256 of all that is handed in, computed at most eight buffers behind."""

    def __init__(self, algorithm: str = "sha512", *, behind: int = _BEHIND) -> None:
        """Start the thread, which may lag so many buffers behind; `close` it, or use `with`."""
        self._behind = behind
        self._hash = hashlib.new(algorithm)
        self._waiting: queue.SimpleQueue[memoryview | None] = queue.SimpleQueue()
        self._taken = threading.Semaphore(behind)
        self._thread = threading.Thread(target=self._run, name="digest", daemon=True)
        self._thread.start()

    def buffers(self, size: int) -> Iterator[bytearray]:
        """Hand out buffers of a size for ever, each again only when its bytes have been taken in."""
        return itertools.cycle([bytearray(size) for _ in range(self._behind + 1)])

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Take bytes on; they must stay as they are until eight more updates came back, or `digest`."""
        self._taken.acquire()
        self._waiting.put(memoryview(data))

    def digest(self) -> bytes:
        """Return the digest of all that was handed in."""
        for _ in range(self._behind):
            self._taken.acquire()
        digest = self._hash.digest()
        self._taken.release(self._behind)
        return digest

    def hexdigest(self) -> str:
        """Return the digest in hex."""
        return self.digest().hex()

    def close(self) -> None:
        """End the thread; the digest can still be asked for."""
        self._waiting.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        """Take a digest within a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread."""
        self.close()

    def _run(self) -> None:
        while (data := self._waiting.get()) is not None:
            self._hash.update(data)
            data.release()
            self._taken.release()
