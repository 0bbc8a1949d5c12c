# SPDX-License-Identifier: Apache-2.0
"""Bytes that print as dots and can be wiped.

A `Secret` owns its buffer: what is handed in as a `bytearray` is taken over, not copied, so that wiping the
secret wipes the only copy. Python may still have made copies before (a `bytes`, a `str`): make secrets
where they are born, in a `bytearray`.

Nothing is wiped behind the caller's back when a secret goes out of scope: `make().view` would then hand out
a key of zeros. Whoever makes a secret wipes it, best with `with`.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, Self

from testimony_app.crypto.errors import SecretWiped

if TYPE_CHECKING:
    from types import TracebackType


def wipe(buffer: bytearray | memoryview) -> None:
    """Overwrite a buffer with zeros, in place."""
    view = memoryview(buffer).cast("B")
    view[:] = bytes(len(view))


class Secret:
    """A buffer that shows dots, compares in constant time, and can be wiped."""

    __slots__ = ("_buffer",)

    def __init__(self, buffer: bytearray | bytes) -> None:
        """Take a bytearray over as it is; copy bytes, whose first copy nobody can wipe."""
        self._buffer: bytearray | None = buffer if isinstance(buffer, bytearray) else bytearray(buffer)

    @classmethod
    def random(cls, size: int) -> Self:
        """Return a fresh secret of so many bytes from the system's generator."""
        return cls(bytearray(os.urandom(size)))

    @property
    def view(self) -> bytearray:
        """The buffer itself, for libraries to read; never keep or copy it.

        Raises SecretWiped after `wipe`.
        """
        if self._buffer is None:
            raise SecretWiped
        return self._buffer

    @property
    def is_wiped(self) -> bool:
        """Whether the secret is gone."""
        return self._buffer is None

    def copy(self) -> Secret:
        """Return a second secret with the same bytes, to be wiped on its own."""
        return Secret(bytearray(self.view))

    def wipe(self) -> None:
        """Overwrite the bytes with zeros; may be called again."""
        if self._buffer is not None:
            wipe(self._buffer)
            self._buffer = None

    def __len__(self) -> int:
        """Return the number of bytes."""
        return len(self.view)

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.view, other.view)

    __hash__ = None  # type: ignore[assignment]

    def __enter__(self) -> Self:
        """Hand out the secret for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe at the end of the block."""
        self.wipe()

    def __repr__(self) -> str:
        """Show dots."""
        return "Secret(\N{BULLET}\N{BULLET}\N{BULLET}\N{BULLET})"

    def __reduce__(self) -> str:
        """Refuse to be pickled or deep-copied."""
        raise TypeError("a Secret is not written anywhere")


def buffer_of(secret: Secret | bytearray | bytes) -> bytearray | bytes:
    """Return the bytes to hand to a library, whatever the secret is held in."""
    return secret.view if isinstance(secret, Secret) else secret
