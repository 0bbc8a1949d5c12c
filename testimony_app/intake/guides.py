# SPDX-License-Identifier: Apache-2.0
"""The interview guide that is used here: an archive's own where there is one in the language, else the program's.

An archive writes its guide in three parts (opening, what happened, closing) as plain text, one topic after another:

    # The arrest
    > The next part is about the arrest.        a word of care, said before it
    Where were you? Who was with you?           each further line is a question

A guide without an opening or a closing is refused: nobody is led into the hardest part first, and left there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto import canonical
from testimony_app.intake import prompts
from testimony_app.intake.errors import BadGuide, GuideOlder
from testimony_app.intake.prompts import Guide, Section

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

PHASES = ("opening", "events", "closing")
OWN = "own"
_SETTING = "guide"
_TOPIC, _CARE = "# ", "> "
_CARES = (">", "<")
"""In a text from right to left each of the two looks like the other."""
_MOST_SECTIONS, _MOST_PROMPTS, _LONGEST = 60, 40, 1_000


class OwnGuide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An archive's guide in all its languages, whose it is, and which of its versions."""

    archive: str
    """The name on the archive's card."""
    fingerprint: str
    version: int
    guides: tuple[Guide, ...]


class Guides:
    """The guides of one vault; on the vault's thread."""

    def __init__(self, vault: Vault) -> None:
        """Ask an open vault."""
        self._vault = vault

    def guide(self, language: str) -> Guide:
        """Return the guide to put beside the recorder."""
        own = self.own()
        found = next((one for one in own.guides if one.language == language), None) if own else None
        return found or prompts.guide(language)

    def own(self) -> OwnGuide | None:
        """Return the archive's guide that is kept here, or nothing."""
        kept = self._vault.nameplate.find(_SETTING)
        return msgspec.json.decode(kept, type=OwnGuide) if kept else None

    def keep(self, own: OwnGuide) -> OwnGuide:
        """Use an archive's guide from now on. Raises BadGuide."""
        for guide in own.guides:
            check(guide)
        self._vault.nameplate.put(_SETTING, canonical.dumps(own))
        return own

    def take(self, untrusted_body: bytes, archive: str, fingerprint: str) -> OwnGuide:
        """Use the guide that a trusted archive signed. Raises BadGuide, GuideOlder."""
        try:
            taken = msgspec.json.decode(untrusted_body, type=OwnGuide)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise BadGuide(why="form") from None
        before = self.own()
        if before is not None and before.fingerprint == fingerprint and before.version > taken.version:
            raise GuideOlder
        return self.keep(msgspec.structs.replace(taken, archive=archive, fingerprint=fingerprint))

    def shipped(self) -> bytes:
        """Return what is signed for the collectors: this archive's own guide. Raises BadGuide before there is one."""
        own = self.own()
        if own is None:
            raise BadGuide(why="none")
        return canonical.dumps(own)

    def write(self, guide: Guide, archive: str, fingerprint: str) -> OwnGuide:
        """Keep one language of this archive's own guide, as its next version. Raises BadGuide."""
        before = self.own()
        others = [one for one in before.guides if one.language != guide.language] if before else []
        version = before.version + 1 if before else 1
        return self.keep(OwnGuide(archive, fingerprint, version, (*others, guide)))

    def forget(self) -> None:
        """Use the guide that comes with the program again."""
        self._vault.nameplate.put(_SETTING, b"")


def check(guide: Guide) -> None:
    """Return if a guide begins gently, closes, and is of a sensible size. Raises BadGuide."""
    phases = [section.phase for section in guide.sections]
    texts = [guide.title, guide.hint, *guide.distress]
    for section in guide.sections:
        texts += [section.title, section.content_note, *section.prompts, *section.self_prompts]
    sensible = {
        "opening": phases[:1] == ["opening"],
        "closing": phases[-1:] == ["closing"],
        "order": phases == sorted(phases, key=PHASES.index) if set(phases) <= set(PHASES) else False,
        "empty": all(section.title and section.prompts for section in guide.sections),
        "size": len(phases) <= _MOST_SECTIONS
        and all(len(section.prompts) <= _MOST_PROMPTS for section in guide.sections)
        and all(len(text) <= _LONGEST for text in texts),
        "twice": len({section.id for section in guide.sections}) == len(phases),
    }
    for why, holds in sensible.items():
        if not holds:
            raise BadGuide(why=why)


def as_text(sections: Iterable[Section]) -> str:
    """Return topics as the plain text in which an archive changes them."""
    topics = []
    for section in sections:
        care = [_CARE + section.content_note] if section.content_note else []
        topics.append("\n".join([_TOPIC + section.title, *care, *section.prompts]))
    return "\n\n".join(topics)


def from_text(texts: Sequence[str], like: Guide, language: str = "") -> Guide:
    """Return the guide that the three texts (opening, events, closing) are; the rest is as in another guide.

    Raises BadGuide.
    """
    known = {section.title: section for section in like.sections}
    sections: list[Section] = []
    for phase, text in zip(PHASES, texts, strict=True):
        for number, topic in enumerate(_topics(text), 1):
            before = known.get(topic.title)
            identifier = before.id if before is not None else f"{OWN}-{phase}-{number}"
            own_words = before.self_prompts if before is not None else ()
            sections.append(msgspec.structs.replace(topic, id=identifier, phase=phase, self_prompts=own_words))
    language = language or like.language
    made = msgspec.structs.replace(like, id=OWN, version="", language=language, sections=tuple(sections))
    check(made)
    return made


def _topics(text: str) -> list[Section]:
    topics: list[Section] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith(_TOPIC.strip()):
            title = line.removeprefix(_TOPIC.strip()).strip()
            topics.append(Section(id="", phase="", title=title, prompts=()))
        elif line and not topics:
            raise BadGuide(why="topic")
        elif line.startswith(_CARES):
            topics[-1] = msgspec.structs.replace(topics[-1], content_note=line[1:].strip())
        elif line:
            topics[-1] = msgspec.structs.replace(topics[-1], prompts=(*topics[-1].prompts, line))
    return topics
