# SPDX-License-Identifier: Apache-2.0
"""The questions put to a witness, by set and language.

A set is versioned, because notes and answers refer to a section by its id. A set that is missing in a
language comes in English: unlike a consent text, a question may be put in other words.
"""

from __future__ import annotations

import msgspec

from testimony_app import resources

CURRENT = ("life-story", "v1")
ALONE = ("self-recording", "v1")
"""For somebody who records without an interviewer."""
FALLBACK = "en"


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a guide: a heading, what may be asked, and a note before what may be heavy."""

    id: str
    phase: str
    """`opening`, `events` or `closing`."""
    title: str
    prompts: tuple[str, ...]
    self_prompts: tuple[str, ...] = ()
    content_note: str = ""


class Guide(msgspec.Struct, frozen=True):
    """A set of questions in one language, in the order in which they are offered."""

    id: str
    version: str
    language: str
    title: str
    hint: str
    sections: tuple[Section, ...]
    distress: tuple[str, ...]

    @property
    def self_questions(self) -> tuple[tuple[Section, str], ...]:
        """Return the questions for somebody who records alone, each with its section."""
        return tuple((section, prompt) for section in self.sections for prompt in section.self_prompts)

    def has_closed(self, seen: frozenset[str]) -> bool:
        """Tell whether a closing section was among those that were seen."""
        return any(section.id in seen for section in self.sections if section.phase == "closing")


class _Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    version: str
    languages: tuple[str, ...]
    drafts: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    hint: str
    distress: tuple[str, ...]
    section: tuple[Section, ...]


def languages(of: tuple[str, str] = CURRENT) -> tuple[str, ...]:
    """Return the languages in which a set exists."""
    return _meta(of).languages


def drafts(of: tuple[str, str] = CURRENT) -> tuple[str, ...]:
    """Return the languages of a set that no native reader has signed off yet."""
    return _meta(of).drafts


def guide(language: str, of: tuple[str, str] = CURRENT) -> Guide:
    """Return a set in a language, or in English where it is missing."""
    meta = _meta(of)
    found = language if language in meta.languages else FALLBACK
    words = msgspec.toml.decode(resources.binary(f"{_folder(of)}/{found}.toml"), type=_File)
    return Guide(
        id=meta.id,
        version=meta.version,
        language=found,
        title=words.title,
        hint=words.hint,
        sections=words.section,
        distress=words.distress,
    )


def _folder(of: tuple[str, str]) -> str:
    return "prompts/" + "/".join(of)


def _meta(of: tuple[str, str]) -> _Meta:
    return msgspec.toml.decode(resources.binary(f"{_folder(of)}/meta.toml"), type=_Meta)
