# SPDX-License-Identifier: Apache-2.0
"""Reads a sealed file again from the medium and proves that it is what was written.

A bundle's head is written last, so its SHA-256 can't be taken on the way out. It is taken here, from what the
medium gives back, while every chunk is opened with the file's own key: a single wrong bit fails its tag. So
the digest that is written down is that of a file which is known to open from end to end.
"""

from __future__ import annotations

from io import FileIO
from pathlib import Path

from testimony_app.crypto.errors import PayloadTampered, PayloadTruncated
from testimony_app.crypto.secret import Secret, wipe
from testimony_app.crypto.stream import PayloadReader
from testimony_app.exchange.errors import ReadBackDiffers
from testimony_app.exchange.hashing import Digest, digest_for
from testimony_app.exchange.limits import MIB


def read_back(path: Path, file_key: Secret, payload_start: int, byte_count: int) -> str:
    """Return the file's SHA-256 once every chunk of it has opened; raises ReadBackDiffers."""
    scratch = memoryview(bytearray(MIB))
    with path.open("rb", buffering=0) as file, digest_for(byte_count, "sha256") as digest:
        hashing = _Hashing(file, digest)
        hashing.take(payload_start)
        try:
            with PayloadReader(hashing, file_key, start=payload_start, end=byte_count) as reader:
                while reader.readinto(scratch):
                    pass
        except (PayloadTampered, PayloadTruncated):
            raise ReadBackDiffers from None
        finally:
            wipe(scratch)
        if hashing.done != byte_count or file.read(1):
            raise ReadBackDiffers
        return digest.hexdigest()


class _Hashing:
    """A file that is hashed as it is read; what is read a second time isn't hashed a second time."""

    def __init__(self, file: FileIO, digest: Digest) -> None:
        self._file = file
        self._digest = digest
        self.done = 0

    def take(self, count: int) -> None:
        """Hash so many bytes from the front, for nobody else."""
        self._file.seek(0)
        self._note(0, memoryview(self._file.read(count)))

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a position."""
        return self._file.seek(offset, whence)

    def readinto(self, buffer: memoryview, /) -> int:
        """Read, and hash what is new."""
        start = self._file.tell()
        count = self._file.readinto(buffer) or 0
        self._note(start, buffer[:count])
        return count

    def _note(self, start: int, data: memoryview) -> None:
        new = data[max(0, self.done - start) :]
        if start <= self.done:
            # A copy, since the reader opens its chunks where they lie and reads the next over them.
            self._digest.update(memoryview(bytes(new)))
            self.done += new.nbytes
