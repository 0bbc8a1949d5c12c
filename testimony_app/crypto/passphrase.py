# SPDX-License-Identifier: Apache-2.0
"""A passphrase becomes a key; the cost travels with the salt.

Argon2id (RFC 9106), calibrated on the machine that makes the vault to about a second and a half. However slow
the derivation, it does not save a weak passphrase: that is what `generate` is for, and `estimate` says so.
"""

from __future__ import annotations

import os
import secrets
import time
import unicodedata
from dataclasses import dataclass
from typing import cast

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from shamir_mnemonic.wordlist import WORDLIST

from testimony_app.crypto.errors import KeyCostTooHigh
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.secret import Secret, buffer_of
from testimony_app.crypto.strength import Level, Strength, estimate

__all__ = [
    "CHEAP",
    "RECOMMENDED",
    "Cost",
    "Level",
    "Strength",
    "calibrate",
    "derive",
    "estimate",
    "from_text",
    "generate",
    "scaled",
]

KEY = 32
SALT = 32
KEY_FILE = 32
_MOST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_ITERATIONS = 64
_MOST_LANES = 64
_FLOOR_KIB = 256 * 1024
_STEP_KIB = 64 * 1024
_SHARE_OF_MEMORY = 4


@dataclass(frozen=True)
class Cost:
    """What one derivation takes: memory in KiB, passes over it, and lanes side by side."""

    memory_kib: int
    iterations: int
    lanes: int

    def check(self) -> None:
        """Refuse what no honest vault asks for; raises KeyCostTooHigh."""
        if not (
            1 <= self.lanes <= _MOST_LANES
            and 1 <= self.iterations <= _MOST_ITERATIONS
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        ):
            raise KeyCostTooHigh(memory_kib=self.memory_kib, iterations=self.iterations, lanes=self.lanes)


_ALIKE = {
    0x064A: 0x06CC,  # Arabic yeh, as the Persian one
    0x0649: 0x06CC,  # alef maksura, drawn the same
    0x0643: 0x06A9,  # Arabic kaf, as the Persian one
    0x200C: None,  # the half-space
    0x200D: None,
    **{0x0660 + digit: 0x30 + digit for digit in range(10)},  # Arabic digits
    **{0x06F0 + digit: 0x30 + digit for digit in range(10)},  # Persian digits
}

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
"""For tests and for practice: no protection at all."""

RECOMMENDED = Cost(memory_kib=512 * 1024, iterations=3, lanes=4)


def from_text(text: str) -> Secret:
    """Return what was typed as the one form in which it is a passphrase.

    The same passphrase typed on another keyboard or system may come in other code points (NFKC settles that),
    with the Arabic instead of the Persian letter or digit, with or without the half-space that nobody can
    see in a field of dots, or with other spaces around its words.
    """
    letters = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return Secret(bytearray(" ".join(letters.split()).encode("utf-8")))


def derive(
    passphrase: Secret | bytearray | bytes,
    salt: bytes,
    cost: Cost,
    *,
    key_file: Secret | None = None,
) -> Secret:
    """Return the 32-byte key of a passphrase, or of a passphrase and a key file together.

    Raises KeyCostTooHigh before any work is done.
    """
    cost.check()
    derived = bytearray(KEY)
    Argon2id(
        salt=salt, length=KEY, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive_into(cast("bytes", buffer_of(passphrase)), derived)
    if key_file is None:
        return Secret(derived)
    with Secret(derived) as first, Secret(first.view + key_file.view) as both:
        return hkdf(both, salt=salt, info=b"govah/keys/v1/passphrase+key-file", size=KEY)


def calibrate(target_seconds: float = 1.5) -> Cost:
    """Return the cost that takes about so many seconds on this machine, measured now."""
    return scaled(_seconds_at_the_floor(), target_seconds, _machine_memory())


def scaled(seconds_at_the_floor: float, target_seconds: float, memory_bytes: int) -> Cost:
    """Return the cost for a machine that takes so long at the floor and has so much memory.

    Never less than 256 MiB, never more than a quarter of the memory or 4 GiB; where a machine has less than a
    gibibyte, the floor counts.
    """
    # The work grows with the memory it fills, so one measurement at the floor is enough to scale from.
    wanted = int(_FLOOR_KIB * target_seconds / seconds_at_the_floor)
    cap = min(_MOST_MEMORY_KIB, memory_bytes // 1024 // _SHARE_OF_MEMORY)
    memory = max(_FLOOR_KIB, min(wanted, cap) // _STEP_KIB * _STEP_KIB)
    return Cost(memory, RECOMMENDED.iterations, RECOMMENDED.lanes)


def generate(words: int = 7) -> str:
    """Return a passphrase of so many random words out of 1,024: ten bits each."""
    return " ".join(secrets.choice(WORDLIST) for _ in range(words))


def _seconds_at_the_floor() -> float:
    cost = Cost(_FLOOR_KIB, RECOMMENDED.iterations, RECOMMENDED.lanes)
    return min(_seconds_for(cost) for _ in range(2))


def _seconds_for(cost: Cost) -> float:
    started = time.perf_counter()
    derive(b"calibration", bytes(SALT), cost).wipe()
    return time.perf_counter() - started


def _machine_memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        # Windows has no sysconf; four gibibytes is what the smallest machine on sale there has.
        return 4 * 1024 * 1024 * 1024
