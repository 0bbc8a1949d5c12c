# SPDX-License-Identifier: Apache-2.0
"""Asks the questions of one consent text and makes a ConsentEvent of the answers.

A consent text is evidence: it has an id, a version and one file for each language, and it is never edited,
only followed by a new version; every version that was ever published stays readable. Its digest goes into each
event. A text that is missing in a language is not available in that language; it never falls back to another. A
text that no native reader has signed off says so itself, in its own language and under its own digest.
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
from testimony_app.model.consent import UNCHANGED, Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import new_id

CURRENT = ("general", "v2")
PUBLISHED = (("general", "v1"), CURRENT)
"""Every text that a witness may ever have been shown."""
CHECK, ALOUD = "check", "aloud"
_HEADING = re.compile(r"^## (P\d+[a-z]?|check|aloud) \| (.+)$")
_DRAFT = "> "


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
    draft_note: str = ""
    """That no native reader has checked these words, and which words count; empty in a text that counts."""
    check: Question | None = None
    """What is asked before the interview begins, so that it shows whether all this was explained well."""
    aloud: Question | None = None
    """What may be said aloud, where consent is given by voice."""
    alone: tuple[str, ...] = ()
    """The purposes that are asked of somebody who records alone; what is not asked counts as no."""

    @property
    def asked_alone(self) -> tuple[Question, ...]:
        """The questions for somebody who records alone: all of them where the text makes no difference."""
        return tuple(one for one in self.questions if not self.alone or one.purpose in self.alone)


def languages() -> tuple[str, ...]:
    """Return the languages in which the current text may be put to a witness, drafts among them."""
    return tuple(sorted(_meta(CURRENT).sha256))


def text(language: str, of: tuple[str, str] = CURRENT) -> ConsentText:
    """Return a text in a language, the current one unless another was published under that name and version.

    Raises NoSuchConsentText, or ConsentTextAltered when the file isn't the one that was published.
    """
    meta = _meta(of) if of in PUBLISHED else _Meta({})
    published = meta.sha256.get(language)
    if published is None:
        raise NoSuchConsentText(language=language)
    body = resources.binary(f"{_folder(of)}/{language}.md")
    digest = hashlib.sha256(body).hexdigest()
    if digest != published:
        raise ConsentTextAltered(language=language)
    return msgspec.structs.replace(
        _parse(body.decode("utf-8"), language), id=of[0], version=of[1], sha256=digest, alone=meta.alone
    )


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


def said_again(before: ConsentEvent, clock: Clock, kind: ConsentKind, *, clip: str = "") -> ConsentEvent:
    """Return the act of somebody who says once more what was agreed to: it changes nothing, and shows that it holds."""
    return ConsentEvent(
        id=new_id(),
        kind=kind,
        at=stamp(clock.now()),
        how="spoken",
        language=before.language,
        text_id=before.text_id,
        text_version=before.text_version,
        text_sha256=before.text_sha256,
        answers={},
        identity_level=UNCHANGED,
        release=UNCHANGED,
        given_by=before.given_by,
        capacity=before.capacity,
        understood=before.understood,
        spoken_clip=clip,
        card=before.card,
    )


class _Meta(msgspec.Struct, frozen=True):
    sha256: dict[str, str]
    alone: tuple[str, ...] = ()


def _folder(of: tuple[str, str]) -> str:
    return "consent/" + "/".join(of)


def _meta(of: tuple[str, str]) -> _Meta:
    return msgspec.convert(tomllib.loads(resources.text(f"{_folder(of)}/meta.toml")), _Meta)


def _parse(body: str, language: str) -> ConsentText:
    title, paragraphs, asked = "", [""], []
    for block in re.split(r"\n(?=#)", body.strip()):
        head, _, rest = block.partition("\n")
        heading = _HEADING.match(head)
        if heading:
            asked.append(Question(heading[1], heading[2].strip(), rest.strip()))
        elif head.startswith("# "):
            title, paragraphs = head[2:].strip(), rest.strip().split("\n\n")
    is_draft = paragraphs[0].startswith(_DRAFT)
    besides = {one.purpose: one for one in asked if one.purpose in {CHECK, ALOUD}}
    return ConsentText(
        id="",
        version="",
        language=language,
        sha256="",
        title=title,
        intro="\n\n".join(paragraphs[is_draft:]),
        questions=tuple(one for one in asked if one.purpose not in besides),
        draft_note=paragraphs[0].removeprefix(_DRAFT) if is_draft else "",
        check=besides.get(CHECK),
        aloud=besides.get(ALOUD),
    )
