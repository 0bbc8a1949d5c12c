# SPDX-License-Identifier: Apache-2.0
"""The points that are talked over before an interview, in plain words; not a questionnaire to be read out."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.i18n.languages import auto
from testimony_app.model import risks
from testimony_app.model.risks import RiskTalk


def danger_words(code: str) -> str:
    """Return how great a danger is, in words."""
    words = {
        "": _("Not talked over yet"),
        "none": _("None that is known"),
        "possible": _("Possible"),
        "serious": _("Serious"),
        "unsure": _("Nobody can say"),
    }
    return words.get(code, code)


def fitness_words(code: str) -> str:
    """Return whether somebody can decide today, in words."""
    words = {
        "": _("Not talked over yet"),
        "able": _("Yes"),
        "with_support": _("Yes, with somebody’s support"),
        "doubt": _("In doubt: tired, ill, confused, medicine"),
    }
    return words.get(code, code)


def topic_words(code: str) -> str:
    """Return what else is talked over, in words."""
    words = {
        "who_knows": _("Who knows that the witness is here"),
        "travel": _("Journeys ahead, to Iran or through its neighbours"),
        "case": _("An asylum or court case, and what the lawyer says"),
        "told_before": _("Told elsewhere already; may that be used instead"),
        "health": _("Health today: breaks, hearing, sight, medicine"),
        "support": _("Who is with the witness tonight and tomorrow"),
        "leave_out": _("What the witness does not want to be asked"),
        "wishes": _("Wishes about interviewer and interpreter"),
        "surroundings": _("Who could see or hear; telephones outside the room"),
    }
    return words.get(code, code)


def told_of_risks(talk: RiskTalk) -> tuple[str, ...]:
    """Return what was talked over, point by point, and what was decided; nothing where it wasn't."""
    if talk == RiskTalk():
        return ()
    closed = {risks.DANGER: danger_words, risks.FITNESS: fitness_words}
    titles = {risks.DANGER: danger_title(), risks.FITNESS: fitness_title()}
    told = []
    for point, answer in talk.answers:
        title = titles[point] if point in titles else topic_words(point)
        said = closed[point](answer) if point in closed else auto(answer)
        told.append(_("{point}: {answer}").format(point=title, answer=said))
    reason = _("Why it went on: {reason}").format(reason=auto(talk.reason)) if talk.reason else ""
    return tuple(line for line in (*told, decided_words(talk), reason) if line)


def danger_title() -> str:
    """Return what is asked about danger."""
    return _("Danger for the witness or family, if it were known")


def fitness_title() -> str:
    """Return what is asked about being able to decide."""
    return _("Able to decide today")


def decision_words(code: str) -> str:
    """Return what can be decided, as a button says it."""
    words = {
        risks.POSTPONE: _("Postpone"),
        risks.NOT_AT_ALL: _("Do not record"),
        risks.WRITE_ONLY: _("Write, without sound"),
        risks.NO_NAME: _("Go on without a name"),
        risks.GO: pgettext("decide to go on", "Go on"),
    }
    return words[code]


def decided_words(talk: RiskTalk) -> str:
    """Return what was decided, for the card that opens the talk."""
    words = {
        "": _("Not talked over yet."),
        risks.POSTPONE: _("Decided: another day."),
        risks.NOT_AT_ALL: _("Decided: it is not recorded."),
        risks.WRITE_ONLY: _("Decided: written, without sound."),
        risks.NO_NAME: _("Decided: to go on without a name."),
        risks.GO: _("Decided: to go on."),
    }
    return words.get(talk.decision, talk.decision)
