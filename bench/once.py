# SPDX-License-Identifier: Apache-2.0
"""Seals and imports once, in a process of its own, and prints the most memory that each held.

`python -m bench.once FOLDER BYTES`. The process is new, so that what it held at most is what the work needed and not
what somebody else did before. Prints three numbers of MiB: sealing, importing here, importing in the reader's process.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from bench.scene import Scene


def main(folder: Path, size: int) -> None:
    """Do both ways once."""
    scene = Scene(folder, size)
    scene.seal()
    sealing = _peak(resource.RUSAGE_SELF)
    scene.take_in()
    print(sealing, _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN))


def _peak(who: int) -> float:
    # The system counts in KiB here, and in bytes on a Mac.
    return resource.getrusage(who).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
