# SPDX-License-Identifier: Apache-2.0
"""The words of our closed lists: states, kinds, languages, roles, remarks, lengths and times.

Below the screens these are stable codes; here each becomes what a person reads, in the language chosen,
with isolates around whatever must not be scrambled. An unknown code is shown as it is, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from testimony_app.i18n import terms
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import Language, auto, digits, in_own_direction, ltr, spoken_name
from testimony_app.i18n.measures import counted, durations, sizes
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import Answer
from testimony_app.model.listing import Row
from testimony_app.model.testimony import State, Testimony

DASH = "—"
DOT = " · "


def state_word(state: State) -> str:
    """Return the word on a testimony's state chip."""
    return terms.state(state)


def state_tone(state: State) -> str:
    """Return which tone a state's chip has: safe, waiting for somebody, or plain."""
    needs_somebody = (State.DRAFT, State.TO_REVIEW, State.HELD_APART, State.INCOMPLETE)
    if state in needs_somebody:
        return "care"
    return "plain" if state in (State.REMOVED, State.WITHDRAWN) else "sealed"


def languages(codes: tuple[str, ...]) -> str:
    """Return several spoken languages in one line, or a dash."""
    return _(", ").join(auto(spoken_name(code)) for code in codes) or DASH


def language_name(language: Language) -> str:
    """Return a language's own name and, where it is one, its own word for a draft."""
    return auto(f"{language.own_name} ({language.draft})") if language.is_draft else language.own_name


def role_word(role: str) -> str:
    """Return what somebody in the room is there for."""
    words = {
        "interviewer": _("Interviewer"),
        "interpreter": _("Interpreter"),
        "support": _("Support person"),
        "family": _("Family member"),
        "note_taker": _("Note-taker"),
        "technician": _("Technician"),
        "co_interviewer": _("Second interviewer"),
        "guardian": _("Guardian"),
        "other": _("Somebody else"),
    }
    return words.get(role, role)


def answer_word(answer: Answer) -> str:
    """Return a witness's answer in a word."""
    return {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.ASK_AGAIN: _("Later")}[answer]


def remark(row: Row) -> str:
    """Return the line beside a testimony's state: what waits, or what happened."""
    remarks = {
        "interrupted": _("Interrupted; kept up to the last second"),
        "no_consent": _("Consent not finished"),
        "no_recording": _("Nothing recorded yet"),
        "ready": _("Ready to seal"),
        "withdrawn": _("Withdrawn; closed"),
        "wishes_destruction": _("Withdrawn; the witness wishes that it be destroyed"),
    }
    by_state = {
        State.DRAFT: "",
        State.SEALED: _("Waiting for export"),
        State.CARRIED: _("Carried; waiting for a receipt"),
        State.RECEIVED: _("Receipt checked; can be removed"),
    }
    return remarks.get(row.remark) or by_state.get(row.state, "")


def length(row: Row) -> str:
    """Return how long a testimony is: spoken time, or the number of words."""
    return length_words(row.seconds, row.word_count)


def testimony_length(testimony: Testimony) -> str:
    """Return the length of a whole testimony in the same words."""
    return length_words(testimony.seconds, testimony.word_count)


def short_timer(seconds: float) -> str:
    """Return a position as 31:05, with hours only where there are any, isolated."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    told = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
    return ltr(digits(told))


def quoted(name: str) -> str:
    """Return a name somebody typed, isolated so that it keeps its own direction, or a dash."""
    return auto(name) if name else DASH


def contact_lines(contacts: Sequence[Contact]) -> str:
    """Return whom somebody can call, each in a line: who, how to reach them, when."""
    lines = (DOT.join(auto(part) for part in (one.who, one.reach, one.when) if part) for one in contacts)
    return "\n".join(in_own_direction(line) for line in lines)


def length_words(seconds: float, word_count: int) -> str:
    """Return spoken time where there is any, else the number of words, else a dash."""
    if seconds:
        return auto(durations(seconds))
    return auto(counted(word_count, "{count} word", "{count} words")) if word_count else DASH


def size(byte_count: int) -> str:
    """Return a size that keeps together inside a sentence."""
    return auto(sizes(byte_count))


def number(value: int) -> str:
    """Return a plain number in the digits of the language."""
    return digits(str(value))


def sound_line(device: str, rate: int, bits: int) -> str:
    """Return which microphone is open and what it gives: Microphone: USB audio · 48 kHz 24-bit."""
    kilohertz = f"{rate / 1000:g}"
    sound = auto(digits(_("{rate} kHz {bits}-bit").format(rate=kilohertz, bits=bits)))
    return _("Microphone: {name}").format(name=auto(device)) + DOT + sound
