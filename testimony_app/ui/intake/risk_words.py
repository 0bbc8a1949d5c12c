# SPDX-License-Identifier: Apache-2.0
"""The points that are talked over before an interview, in plain words; not a questionnaire to be read out."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _, pgettext
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
    return words[code]


def fitness_words(code: str) -> str:
    """Return whether somebody can decide today, in words."""
    words = {
        "": _("Not talked over yet"),
        "able": _("Yes"),
        "with_support": _("Yes, with somebody’s support"),
        "doubt": _("In doubt: tired, ill, confused, medicine"),
    }
    return words[code]


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
    return words[code]


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
    return words[talk.decision]
