# SPDX-License-Identifier: Apache-2.0
"""How far a testimony may go and why not farther, and what was said when, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from testimony_app.i18n import terms
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment, show_year
from testimony_app.i18n.languages import auto
from testimony_app.model import release
from testimony_app.model.consent import DESTROY, LIFTED, Answer, ConsentEvent, ConsentKind
from testimony_app.ui import wording
from testimony_app.ui.archive.values import Allowed, Why
from testimony_app.ui.intake.consent_around import giver_words, level_words


def level_told(allowed: Allowed) -> str:
    """Return how far the testimony may go now."""
    told = (
        _("Closed: nobody hears, reads or finds it"),
        _("Only the archive’s own people may work on it"),
        _("Researchers may hear and read it inside the archive"),
        _("It may be quoted without the witness’s name"),
        _("It may be quoted with a name"),
        _("It may be heard outside the archive"),
    )
    return told[allowed.level]


def reason_told(why: Why, titles: Mapping[str, str]) -> str:
    """Return one thing that keeps it at its level."""
    if why.word == "embargo":
        return embargo_told(why.about, why.review_year)
    asked = auto(titles.get(why.about, why.about))
    answers = {Answer.NO: _("no"), Answer.ASK_AGAIN: _("ask me again")}
    told = {
        "withdrawn": _("The witness has withdrawn everything."),
        "keeping": _("The witness has not agreed that it is kept."),
        "answer": _("To “{question}” the answer is: {answer}.").format(
            question=asked, answer=answers.get(Answer(why.answer), "") if why.answer != "none" else _("not asked")
        )
        if why.word == "answer"
        else "",
        "identity": _("The name of the witness may not be shown.") if why.about else "",
        "objection": _("Somebody who is named in it objects, and nobody has decided yet."),
        "passages": _("Parts of it are not to be passed on, and no copy without them exists yet."),
    }
    return told.get(why.word, why.word)


def embargo_told(condition: str, review_year: int | None) -> str:
    """Return what the release waits for, and when somebody looks again."""
    named = auto(release.told(condition))
    told = {
        "date": _("Not before the year {year}.").format(year=_year_named(condition)),
        "my_death": _("Not before the witness’s death."),
        "death_of": _("Not before the death of {name}.").format(name=named),
        "event": _("Not before this has happened: {event}.").format(event=named),
    }.get(release.kind(condition), "")
    if review_year is None:
        return told
    again = _("To be looked at again in {year}.").format(year=show_year(review_year))
    return f"{told} {again}".strip()


def _year_named(condition: str) -> str:
    named = release.told(condition)
    return show_year(int(named)) if named.isdecimal() else named


def review_told(allowed: Allowed) -> str:
    """Return that the year of review has come, or nothing."""
    if not allowed.is_review_due or allowed.review_year is None:
        return ""
    return _("The year of review has come: {year}.").format(year=show_year(allowed.review_year))


def act_told(event: ConsentEvent, titles: Mapping[str, str]) -> str:
    """Return one act of consent: when, what, how, and what changed by it."""
    head = [show_moment(event.at), terms.consent_kind(event.kind), _how(event.how)]
    if event.given_by not in {"", "witness"}:
        head.append(giver_words(event.given_by))
    said = [
        _("{question}: {answer}").format(
            question=auto(titles.get(purpose, purpose)), answer=wording.answer_word(answer)
        )
        for purpose, answer in event.answers.items()
    ]
    if event.identity_level and event.kind is not ConsentKind.FULL_WITHDRAWAL and event.identity_level != "sealed":
        said.append(level_words(event.identity_level))
    if release.kind(event.release) != "now":
        said.append(embargo_told(event.release, event.review_year))
    if event.wish == DESTROY:
        said.append(_("The witness wishes that it be destroyed."))
    if event.wish == LIFTED:
        said.append(_("The objection is over."))
    if event.spoken_clip:
        said.append(_("It was said aloud, and recorded."))
    if event.note:
        said.append(auto(event.note))
    return "\n".join([wording.DOT.join(part for part in head if part), *said])


def _how(how: str) -> str:
    words = {
        "written": _("answered on the screen"),
        "spoken": _("answered aloud"),
        "witnessed_mark": _("answered before a witness"),
        "paper_scanned": _("answered on paper"),
    }
    return words.get(how, how)
