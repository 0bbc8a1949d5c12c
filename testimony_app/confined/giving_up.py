# SPDX-License-Identifier: Apache-2.0
"""What a process that reads foreign bytes gives up before it reads one.

Everywhere: nothing it starts with but one pipe in, one pipe out, and a watchdog that ends it when it stands
still. Where the system has resource limits (Linux, macOS): memory, processor time, open files, file length,
no core dump. On Linux also, when the kernel offers them: a system call filter (no sockets, no new programs,
no looking into other processes) and Landlock (writing only below one folder, or nowhere).

On Windows there are no limits but the watchdog; the parent still trusts nothing it says. What was given up
is returned, so that a test can show it and `docs/threats.md` can say it.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import platform
import struct
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

_NO_NEW_PRIVILEGES, _DUMPABLE, _SECCOMP = 38, 4, 22
_FILTER_MODE = 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_BENEATH = 1
_WRITE, _REMOVE, _MAKE = 1 << 1, 1 << 5, 1 << 8
_EXECUTE_AND_EVERY_WRITE = (1 << 0) | _WRITE | sum(1 << bit for bit in range(4, 13))

# Sockets, program starts, mounts, namespaces, other processes' memory, keys, io_uring: what a reader never needs.
_X86_64 = (
    41, 42, 43, 44, 46, 49, 50, 53, 57, 58, 59, 62, 101, 155, 161, 165, 200, 234, 248, 249, 250, 272, 288, 298, 307,
    308, 310, 311, 321, 322, 323, 424, 425, 426, 427, 434, 438,
)  # fmt: skip
_AARCH64 = (
    40, 41, 51, 97, 117, 129, 130, 131, 198, 199, 200, 201, 202, 203, 206, 211, 217, 218, 219, 221, 241, 242, 268, 269,
    270, 271, 280, 281, 282, 424, 425, 426, 427, 434, 438,
)  # fmt: skip
_held: list[int] = []
_FILTERS = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}


class Bounds(msgspec.Struct, frozen=True):
    """How much of the machine the process may use from here on."""

    memory: int
    """Bytes that it may use."""
    processor_seconds: int
    open_files: int
    file_bytes: int
    """The longest file it may write."""
    silence_seconds: float
    """It ends itself when it stands still for so long."""
    reserved: int = 0
    """Bytes of address space that its libraries only set aside; `memory` bounds what they use of it."""


def still_alive(silence_seconds: float) -> None:
    """Wind the watchdog: without another call in time, the process ends itself."""
    # The traceback goes nowhere: it would name functions only, but nobody reads it.
    with suppress(ValueError, OSError):
        faulthandler.dump_traceback_later(silence_seconds, exit=True, file=_nowhere())


def give_up(writable: Path | None, bounds: Bounds) -> tuple[str, ...]:
    """Give up everything but reading, and writing below one folder; return words for what was given up."""
    still_alive(bounds.silence_seconds)
    given = []
    if _limit_resources(bounds):
        given.append("resources")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DUMPABLE, 0, 0, 0, 0)
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            given += ["landlock"] if _landlock(libc, writable) else []
            given += ["system-calls"] if _filter_system_calls(libc) else []
    return tuple(given)


def _nowhere() -> int:
    # Opened once, at the first winding, while opening for writing is still permitted.
    if not _held:
        _held.append(os.open(os.devnull, os.O_WRONLY))
    return _held[0]


def _limit_resources(bounds: Bounds) -> bool:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return False
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, bounds.processor_seconds),
        (resource.RLIMIT_NOFILE, bounds.open_files),
        (resource.RLIMIT_FSIZE, bounds.file_bytes),
        (resource.RLIMIT_DATA, bounds.memory),
        (resource.RLIMIT_AS, bounds.memory + bounds.reserved),
    ):
        # macOS refuses to bound address space; what can be bounded is.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    return True


def _filter_system_calls(libc: ctypes.CDLL) -> bool:
    """Answer "not permitted" to the listed calls, for this process and for ever."""
    if platform.machine() not in _FILTERS:
        return False
    architecture, numbers = _FILTERS[platform.machine()]
    program = _program(architecture, numbers)
    buffer = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    whole = Program(len(program) // 8, ctypes.addressof(buffer))
    return bool(libc.prctl(_SECCOMP, _FILTER_MODE, ctypes.byref(whole), 0, 0) == 0)


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    # struct sock_filter {u16 code; u8 jump_if_true; u8 jump_if_false; u32 k}; see seccomp(2).
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050001, 0x80000000
    count = len(numbers)
    steps = [(load, 0, 0, 4), (equal, 1, 0, architecture), (answer, 0, 0, kill), (load, 0, 0, 0)]
    steps.append((at_least, count + 1, 0, 0x40000000))
    steps += [(equal, count - index, 0, number) for index, number in enumerate(numbers)]
    steps += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def _landlock(libc: ctypes.CDLL, writable: Path | None) -> bool:
    """Forbid writing and executing anywhere but writing below one folder."""
    libc.syscall.restype = ctypes.c_long
    rules = ctypes.create_string_buffer(struct.pack("<Q", _EXECUTE_AND_EVERY_WRITE), 8)
    ruleset = libc.syscall(_LANDLOCK_CREATE, rules, 8, 0)
    if ruleset < 0:
        return False
    try:
        if writable is not None:
            folder = os.open(writable, os.O_RDONLY | os.O_DIRECTORY)
            try:
                beneath = ctypes.create_string_buffer(struct.pack("<Qi", _WRITE | _REMOVE | _MAKE, folder), 12)
                if libc.syscall(_LANDLOCK_ADD, ruleset, _BENEATH, beneath, 0) != 0:
                    return False
            finally:
                os.close(folder)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
