# SPDX-License-Identifier: Apache-2.0
"""Sticks that come and go.

Every two seconds the mounted volumes are listed; those that can be carried away are a person's sticks. What is
asked of a stick here is its name and its room; nothing on it is opened.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

_LOOK_EVERY_MS = 2000
_CARRIED_TO = ("/media/", "/run/media/", "/mnt/usb", "/Volumes/")
_WINDOWS_REMOVABLE = 2


class Drive(msgspec.Struct, frozen=True):
    """A stick or card that is plugged in and can be read."""

    path: Path
    label: str
    free_bytes: int
    total_bytes: int
    file_system: str = ""
    is_read_only: bool = False

    @property
    def has_small_files_only(self) -> bool:
        """Whether no file on it may be larger than 4 GiB."""
        return self.file_system.lower() in {"vfat", "fat32", "msdos", "fat"}


def removable_drives() -> tuple[Drive, ...]:
    """Return the sticks that are there now."""
    volumes = (volume for volume in QStorageInfo.mountedVolumes() if volume.isValid() and volume.isReady())
    return tuple(_described(volume) for volume in volumes if not volume.isRoot() and _can_be_carried(volume))


class Drives(QObject):
    """The sticks of this computer; `changed` tells when one comes, goes, or gets fuller."""

    changed = Signal(object)
    """The sticks as they are now: a tuple of Drive."""

    def __init__(
        self, parent: QObject | None = None, *, list_drives: Callable[[], tuple[Drive, ...]] = removable_drives
    ) -> None:
        super().__init__(parent)
        self._list = list_drives
        self._drives: tuple[Drive, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def drives(self) -> tuple[Drive, ...]:
        """The sticks as last seen."""
        return self._drives

    def start(self) -> None:
        """Look now, and from now on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        now = self._list()
        if now != self._drives:
            self._drives = now
            self.changed.emit(now)


def _described(volume: QStorageInfo) -> Drive:
    return Drive(
        path=Path(volume.rootPath()),
        label=volume.displayName(),
        free_bytes=volume.bytesAvailable(),
        total_bytes=volume.bytesTotal(),
        file_system=bytes(volume.fileSystemType().data()).decode("utf-8", "replace"),
        is_read_only=volume.isReadOnly(),
    )


def _can_be_carried(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  (Windows only)

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _WINDOWS_REMOVABLE)
    if root.startswith(_CARRIED_TO):
        return True
    return _is_on_usb(bytes(volume.device().data()).decode("utf-8", "replace"))


def _is_on_usb(device: str) -> bool:
    # Linux: the block device's own entry says on which bus it hangs.
    block = Path("/sys/class/block") / Path(device).name
    return device.startswith("/dev/") and block.exists() and "/usb" in str(block.resolve())
