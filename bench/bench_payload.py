# SPDX-License-Identifier: Apache-2.0
"""The path that every byte takes: open, hash, seal, write, sync; against the public age tool in a pipeline.

Both read the same encrypted file and leave an equal one, and both use two cores: ours hashes beside the work. The
runs take turns, and the middle of the ratios counts, since a disk is not equally fast twice.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from testimony_app.crypto import age
from testimony_app.crypto.digest import BesideDigest
from testimony_app.crypto.recipients import X25519Identity

SIZE = 512 * 1024 * 1024
BLOCK = 1024 * 1024


def measure(folder: Path) -> Iterator[Figure]:
    """Yield how fast we re-seal, the ratio to `age -d | tee >(sha512sum) | age -r`, and how fast we seek."""
    identity = X25519Identity.generate()
    draft = folder / "draft.age"
    _written(draft, identity)

    ours, theirs = [], []
    for _ in range(3):
        ours.append(_timed(lambda: _resealed(draft, folder / "ours.age", identity)))
        if shutil.which("age"):
            theirs.append(_timed(lambda: _piped(draft, folder, identity)))
    yield Figure("open, hash, seal, write and sync", SIZE / statistics.median(ours) / 1e6, "MB/s")
    if theirs:
        ratio = statistics.median(their / our for our, their in zip(ours, theirs, strict=True))
        yield Figure("the same against age -d | tee >(sha512sum) | age -r", ratio, "times", at_least=2.0)
    yield Figure(
        "random seek and read of 4 KiB, 99th percentile", _slowest_seek(draft, identity) * 1e3, "ms", at_most=5
    )


def _written(path: Path, identity: X25519Identity) -> None:
    block = random.Random(1).randbytes(BLOCK)
    with path.open("wb") as file:
        writer = age.encrypt(file, [identity.recipient()])
        for _ in range(SIZE // BLOCK):
            writer.write(block)
        writer.finish()
        os.fsync(file.fileno())


def _resealed(source: Path, target: Path, identity: X25519Identity) -> None:
    with source.open("rb", buffering=0) as file, target.open("wb", buffering=0) as out, BesideDigest() as digest:
        reader = age.decrypt(file, [identity])
        writer = age.encrypt(out, [identity.recipient()])
        for buffer in digest.buffers(BLOCK):
            part = memoryview(buffer)[: reader.readinto(buffer)]
            if not part:
                break
            digest.update(part)
            writer.write(part)
        writer.finish()
        os.fsync(out.fileno())
        digest.hexdigest()


def _piped(source: Path, folder: Path, identity: X25519Identity) -> None:
    key = folder / "key.txt"
    with identity.text() as text:
        key.write_bytes(bytes(text.view) + b"\n")
    line = 'age -d -i "$1" "$2" | tee >(sha512sum >"$3.sum") | age -r "$4" >"$3" && sync "$3"'
    words = [str(key), str(source), str(folder / "theirs.age"), identity.recipient().text()]
    subprocess.run(["bash", "-o", "pipefail", "-c", line, "bash", *words], check=True)


def _slowest_seek(source: Path, identity: X25519Identity) -> float:
    places = random.Random(2)
    with source.open("rb") as file:
        reader = age.decrypt(file, [identity])
        taken = []
        for _ in range(1000):
            begun = time.perf_counter()
            reader.seek(places.randrange(SIZE - 4096))
            reader.read(4096)
            taken.append(time.perf_counter() - begun)
    return sorted(taken)[989]


def _timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
