# SPDX-License-Identifier: Apache-2.0
"""Runs one parser under Hypothesis: honest examples with some bytes changed, dropped, doubled or put in; and noise.

Knows nothing of what an input reaches, but makes a broken one as small as it can, and runs on every system.
"""

from __future__ import annotations

import time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fuzz.target import Target

_BATCH = 400


def run(target: Target, seconds: float) -> int:
    """Return how many inputs kept the rule; raises what broke it, after telling the smallest such input."""
    done = 0

    @settings(
        max_examples=_BATCH,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(bent(target) | st.binary(max_size=2000))
    def keeps_the_rule(content: bytes) -> None:
        nonlocal done
        done += 1
        target.rule(content)

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        keeps_the_rule()
    return done


@st.composite
def bent(draw, target: Target) -> bytes:
    """Return an honest example with up to four changes in it."""
    content = bytearray(draw(st.sampled_from(target.seeds)))
    piece = st.binary(min_size=1, max_size=8)
    piece = piece | st.sampled_from(target.words) if target.words else piece
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        act = draw(st.sampled_from(["change", "drop", "double", "insert", "cut"]))
        if act == "change" and content:
            content[at] = draw(st.integers(0, 255))
        elif act == "drop":
            del content[at : at + draw(st.integers(1, 40))]
        elif act == "double":
            content[at:at] = content[at : at + draw(st.integers(1, 40))]
        elif act == "cut":
            del content[at:]
        else:
            content[at:at] = draw(piece)
    return bytes(content)
