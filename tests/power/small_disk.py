# SPDX-License-Identifier: Apache-2.0
"""A disk in a file, whose power can be cut: what had reached the file is what a computer finds when it comes back.

An ext4 image is mounted through a loop device. What a program has written but not synced is in the system's memory
and not in the image. So a copy of the image, taken while the program is stopped, is the disk after a power cut; it is
mounted elsewhere, where ext4 plays its journal, and read. Needs root and a loop device, nothing else. It does not
model a drive that lies about having flushed, nor FAT, NTFS or APFS.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

MEBIBYTES = 96


def why_not():
    """Return why no disk can be made here, or nothing."""
    if os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can mount a disk image"
    if not all(shutil.which(tool) for tool in ("mkfs.ext4", "mount", "umount")):
        return "mkfs.ext4, mount or umount is missing"
    if not Path("/dev/loop-control").exists():
        return "there is no loop device"
    return ""


def make(image):
    """Write an empty file system into a file; raises CalledProcessError."""
    with image.open("wb") as file:
        file.truncate(MEBIBYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-b", "4096", str(image)], check=True, capture_output=True)


@contextmanager
def mounted(image, folder):
    """Mount an image for the length of a block; raises CalledProcessError where that is not allowed."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def snapshot(image, copy):
    """Copy what has reached the image, holes left out."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", str(image), str(copy)], check=True)
