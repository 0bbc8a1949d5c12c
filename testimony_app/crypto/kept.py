# SPDX-License-Identifier: Apache-2.0
"""What an open key file keeps for its vault beside the ways of opening: database keys and the head of the log.

It is sealed under the vault's root; whoever opened by a slot that leads elsewhere has none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from testimony_app.crypto.keyfile import Kind, State
    from testimony_app.crypto.secret import Secret


class Kept:
    """The state in a key file, as its keyring has it open; every change makes the file one to be written anew."""

    def __init__(self, written: bytes | None) -> None:
        """Keep nothing yet; `written` is what the file holds, until something changes."""
        self._written = written
        self._state: State | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What each slot of an open keyring is for."""
        return tuple(self._opened_state().kinds)

    @property
    def epoch(self) -> int:
        """How many keys the database has had."""
        return self._opened_state().epoch

    def database_key(self) -> Secret:
        """Return a copy of the key of the database, to be wiped by the caller."""
        return self._opened_state().database_key.copy()

    def next_database_key(self) -> Secret | None:
        """Return a copy of the key the database is being moved to, or None."""
        following = self._opened_state().next_database_key
        return None if following is None else following.copy()

    def begin_epoch(self) -> Secret:
        """Return the key for a new copy of the database; write the keyring before making the copy."""
        self._written = None
        return self._opened_state().begin_epoch()

    def finish_epoch(self) -> None:
        """Forget the key of the old database; write the keyring after the new one has taken its place."""
        self._written = None
        self._opened_state().finish_epoch()

    @property
    def log_head(self) -> tuple[int, str]:
        """The last sequence number of the log and its hash in hex, as last written here."""
        state = self._opened_state()
        return state.log_seq, state.log_hash.hex()

    def set_log_head(self, seq: int, log_hash: str) -> None:
        """Keep where the log stands, so that an older database beside this file is noticed."""
        state = self._opened_state()
        state.log_seq, state.log_hash = seq, bytes.fromhex(log_hash)
        self._written = None

    def _opened_state(self) -> State:
        if self._state is None:
            raise ValueError("the keyring is locked, or was opened by a slot that is not this vault's")
        return self._state
