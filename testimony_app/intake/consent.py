# SPDX-License-Identifier: Apache-2.0
"""Asks the questions of one consent text and makes a ConsentEvent of the answers.

A consent text is evidence: it has an id, a version and one file for each language, and it is never edited,
only followed by a new version. Its digest goes into each event. A text that is missing in a language is
not available in that language; it never falls back to another.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping

import msgspec

from testimony_app import resources
from testimony_app.clock import Clock, stamp
from testimony_app.intake.errors import ConsentTextAltered, NoSuchConsentText
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import new_id

CURRENT = ("general", "v1")
_HEADING = re.compile(r"^## (P\d+[a-z]?) \| (.+)$")


class Question(msgspec.Struct, frozen=True):
    """One purpose: what is asked, and a line of help."""

    purpose: str
    title: str
    help: str


class ConsentText(msgspec.Struct, frozen=True):
    """A consent text in one language, with the digest that proves which words were shown."""

    id: str
    version: str
    language: str
    sha256: str
    title: str
    intro: str
    questions: tuple[Question, ...]


def languages() -> tuple[str, ...]:
    """Return the languages in which the current text may be put to a witness."""
    return tuple(sorted(_meta()["sha256"]))


def text(language: str) -> ConsentText:
    """Return the current text in a language.

    Raises NoSuchConsentText, or ConsentTextAltered when the file isn't the one that was published.
    """
    published = _meta()["sha256"].get(language)
    if published is None:
        raise NoSuchConsentText(language=language)
    body = resources.binary(f"{_folder()}/{language}.md")
    digest = hashlib.sha256(body).hexdigest()
    if digest != published:
        raise ConsentTextAltered(language=language)
    return _parse(body.decode("utf-8"), language, digest)


def answered(  # noqa: PLR0913 - each is a fact of its own, given by name
    shown: ConsentText,
    answers: Mapping[str, Answer],
    clock: Clock,
    *,
    how: str = "written",
    kind: ConsentKind = ConsentKind.BEFORE,
    identity_level: str = "sealed",
    understood: bool = False,
    spoken_clip: str = "",
) -> ConsentEvent:
    """Return the event that stands for these answers to this text, given now."""
    return ConsentEvent(
        id=new_id(),
        kind=kind,
        at=stamp(clock.now()),
        how=how,
        language=shown.language,
        text_id=shown.id,
        text_version=shown.version,
        text_sha256=shown.sha256,
        answers=dict(answers),
        identity_level=identity_level,
        understood=understood,
        spoken_clip=spoken_clip,
    )


class _Meta(msgspec.Struct):
    sha256: dict[str, str]


def _folder() -> str:
    return "consent/" + "/".join(CURRENT)


def _meta() -> dict[str, dict[str, str]]:
    parsed = tomllib.loads(resources.text(f"{_folder()}/meta.toml"))
    return {"sha256": msgspec.convert(parsed, _Meta).sha256}


def _parse(body: str, language: str, digest: str) -> ConsentText:
    title, intro, questions = "", [], []
    for block in re.split(r"\n(?=#)", body.strip()):
        head, _, rest = block.partition("\n")
        heading = _HEADING.match(head)
        if heading:
            questions.append(Question(heading[1], heading[2].strip(), rest.strip()))
        elif head.startswith("# "):
            title = head[2:].strip()
            intro.append(rest.strip())
    return ConsentText(
        id=CURRENT[0],
        version=CURRENT[1],
        language=language,
        sha256=digest,
        title=title,
        intro="\n\n".join(intro),
        questions=tuple(questions),
    )
