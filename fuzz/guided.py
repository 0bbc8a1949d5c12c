# SPDX-License-Identifier: Apache-2.0
"""Runs one parser under atheris, which watches what each input reaches and keeps what reaches further.

`python -m fuzz.guided NAME SECONDS FOLDER`; a process of its own, since atheris ends the one that it runs in. The
folder keeps what was found worth keeping, and a broken rule's input as `broken-*`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

WATCHED = (
    "testimony_app.crypto", "testimony_app.exchange", "testimony_app.archive.query", "testimony_app.archive.folding",
    "testimony_app.archive.sounds", "testimony_app.i18n.said", "testimony_app.i18n.said_span",
    "testimony_app.i18n.date_words", "testimony_app.i18n.calendars", "testimony_app.safekeeping.sheet_words",
    "testimony_app.model.ids",
)  # fmt: skip


def main(name: str, seconds: str, folder: Path) -> None:
    """Invent inputs for so many seconds; ends the process."""
    with atheris.instrument_imports(include=list(WATCHED)):
        from fuzz.targets import find  # noqa: PLC0415 - watched from here on
    target = find(name)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words or (b"\0",)), encoding="ascii")
    options = [
        f"-max_total_time={seconds}", f"-max_len={max(target.longest, *map(len, target.seeds))}", f"-dict={words}",
        f"-artifact_prefix={folder}/broken-", "-rss_limit_mb=1024", "-timeout=10", "-len_control=0", "-verbosity=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.rule)
    atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
