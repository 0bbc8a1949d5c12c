# SPDX-License-Identifier: Apache-2.0
"""What keeps keys from leaving the process by the back door: no core dumps, no tracing, no swap.

Each step is an attempt: where the system does not know it, or refuses, nothing breaks and `Hardened` says so. None
of it helps against somebody who runs as the same person on the unlocked machine.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import platform
from dataclasses import dataclass
from typing import Any

from testimony_app.crypto.secret import Secret

_PR_SET_DUMPABLE = 4
_MADV_DONTDUMP = 16
_PAGE = 4096


@dataclass(frozen=True)
class Hardened:
    """Which attempts succeeded."""

    no_core_dumps: bool
    no_tracing: bool


def harden() -> Hardened:
    """Forbid core dumps and tracing of this process, as far as the system allows."""
    return Hardened(_forbid_core_dumps(), _forbid_tracing())


def keep_out_of_swap(secret: Secret) -> bool:
    """Ask for a secret's pages to stay in memory and out of dumps; say whether both were granted.

    The bytes must not be resized afterwards, and the lock ends with the process: pages are shared with
    neighbours in memory, so nothing here unlocks them.
    """
    library = _c_library()
    if library is None or not len(secret):
        return False
    held = (ctypes.c_char * len(secret)).from_buffer(secret.view)
    address = ctypes.addressof(held)
    start = address // _PAGE * _PAGE
    length = ctypes.c_size_t(address + len(secret) - start)
    is_locked = bool(library.mlock(ctypes.c_void_p(start), length) == 0)
    if platform.system() != "Linux":
        return is_locked
    return is_locked and bool(library.madvise(ctypes.c_void_p(start), length, _MADV_DONTDUMP) == 0)


def _forbid_core_dumps() -> bool:
    # Windows has no such module and writes no core files.
    with contextlib.suppress(ImportError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return True
    return False


def _forbid_tracing() -> bool:
    library = _c_library()
    if library is None or platform.system() != "Linux":
        return False
    return bool(library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def _c_library() -> Any:
    if platform.system() == "Windows":
        return None
    try:
        return ctypes.CDLL(None, use_errno=True)
    except OSError:
        return None
