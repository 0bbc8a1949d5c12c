# SPDX-License-Identifier: Apache-2.0
"""Keeps the computer awake while somebody speaks: no sleep, no dimmed screen, and on Linux no closed lid.

Linux and macOS offer a small program of their own for this, which we start and which ends with us, even when we
are killed; Windows a request that belongs to this process. What other programs can see of it is that sound is
being used, not by whom or for what.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

_REASON = "Sound in use"
_SYSTEM_REQUIRED, _EXECUTION_REQUIRED = 1, 3
_END_SECONDS = 2.0


class SystemAwake:
    """This computer, kept awake between `hold` and `release`."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._request: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether the system has agreed, and still does."""
        return self._request is not None or (self._child is not None and self._child.poll() is None)

    def hold(self) -> bool:
        """Keep the computer awake from now on; return whether the system agreed."""
        if self.is_held:
            return True
        if sys.platform == "win32":
            self._request = _windows_request()
            return self._request is not None
        self._child = _started(_command())
        return self.is_held

    def release(self) -> None:
        """Let it sleep again; may be called again."""
        if self._request is not None:
            _end_windows_request(self._request)
            self._request = None
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            # `cat` ends when nobody can write to it any more; so it does when we are killed.
            child.stdin.close()
        with suppress(OSError):
            child.terminate()
        try:
            child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _command() -> list[str]:
    """Return the system's own program that keeps it awake; none where there is none."""
    if sys.platform == "darwin":
        return ["/usr/bin/caffeinate", "-i", "-s", "-d", "-w", str(os.getpid())]
    inhibit = shutil.which("systemd-inhibit")
    cat = shutil.which("cat")
    if inhibit is None or cat is None:
        return []
    what = "--what=sleep:idle:handle-lid-switch"
    return [inhibit, what, "--who=Sound", f"--why={_REASON}", "--mode=block", cat]


def _started(command: list[str]) -> subprocess.Popen[bytes] | None:
    if not command:
        return None
    try:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True
        )
    except OSError:
        return None
    # A system without the service behind the program ends it at once.
    with suppress(subprocess.TimeoutExpired):
        child.wait(0.2)
        if child.stdin is not None:
            child.stdin.close()
        return None
    return child


def _windows_request() -> int | None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only
        from ctypes import wintypes  # noqa: PLC0415

        class Reason(ctypes.Structure):
            _fields_ = (("version", wintypes.ULONG), ("flags", wintypes.DWORD), ("text", wintypes.LPWSTR))

        kernel = ctypes.windll.kernel32
        kernel.PowerCreateRequest.restype = wintypes.HANDLE
        request = kernel.PowerCreateRequest(ctypes.byref(Reason(0, 1, _REASON)))
        if request not in {None, wintypes.HANDLE(-1).value}:
            for kind in (_SYSTEM_REQUIRED, _EXECUTION_REQUIRED):
                kernel.PowerSetRequest(wintypes.HANDLE(request), kind)
            return int(request)
    return None


def _end_windows_request(request: int) -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only
        from ctypes import wintypes  # noqa: PLC0415

        for kind in (_SYSTEM_REQUIRED, _EXECUTION_REQUIRED):
            ctypes.windll.kernel32.PowerClearRequest(wintypes.HANDLE(request), kind)
        ctypes.windll.kernel32.CloseHandle(wintypes.HANDLE(request))
