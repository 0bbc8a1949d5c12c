# SPDX-License-Identifier: Apache-2.0
"""What each page says to a witness alone: few words, nothing that hurries, nothing that blames."""

from __future__ import annotations

from collections.abc import Sequence

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES, auto, current, digits
from testimony_app.i18n.measures import counted, spoken_duration
from testimony_app.model.aftercare import Contact
from testimony_app.model.consent import Answer
from testimony_app.ui import theme, wording
from testimony_app.ui.intake.values import AskedQuestion
from testimony_app.ui.kiosk.choice_page import Shown
from testimony_app.ui.kiosk.choices import Choice
from testimony_app.ui.kiosk.listen_page import ShownTake
from testimony_app.ui.kiosk.parts import LARGE
from testimony_app.ui.kiosk.prompt_page import ShownPrompt

LANGUAGE = "language_"
_MANY = 6
YES, NO, LATER = "yes", "no", "later"
_ANSWERS = {YES: Answer.YES, NO: Answer.NO, LATER: Answer.ASK_AGAIN}


def answer_of(name: str) -> Answer:
    """Return the answer that a button stands for."""
    return _ANSWERS[name]


def languages(codes: Sequence[str]) -> Shown:
    """Ask which language, each in its own name; whoever reads another one is told why it isn't among them."""
    offered = [one for one in LANGUAGES if one.code in codes]
    # Large letters and many languages leave no room for more than the question.
    is_crowded = theme.scale() > LARGE and len(offered) > _MANY
    body = "" if is_crowded else _("You tell what you want to tell, alone and in your own time.")
    if current().code not in codes:
        lacking = _("The first text and the questions are not in {language} yet. Choose one of these languages.")
        body = lacking.format(language=auto(current().own_name)) + " " + body
    return Shown(
        "kiosk_language",
        _("In which language do you want to speak?"),
        body,
        tuple(Choice(LANGUAGE + one.code, wording.language_name(one)) for one in offered),
    )


def welcome(title: str, part: str) -> Shown:
    """Read one part of the consent text; its title stands over the first."""
    return Shown("kiosk_welcome", title, part, (Choice("go_on", _("Go on"), "main"),))


def who_can_open(archives: Sequence[str], *, keeps_copy: bool, is_drop_box: bool) -> Shown:
    """Say who can open what will be sealed, and what stays here."""
    named = _(", ").join(auto(name) for name in archives)
    only = _("Only this archive will be able to open what you tell: {archive}.").format(archive=named)
    if is_drop_box:
        stays = _("It is sealed from your first word. Nobody at this computer can ever open it.")
    elif keeps_copy:
        stays = _("An encrypted copy stays readable here until the archive confirms that it arrived.")
    else:
        stays = _("Until it is sealed, the person who gave you this computer could open it; after that, nobody here.")
    return welcome(only, stays)


def company(*, has_company: bool | None) -> Shown:
    """Ask whether somebody sits beside the witness; it is noted who was present, not who."""
    chosen = {True: "with_somebody", False: "alone", None: ""}[has_company]
    return Shown(
        "kiosk_company",
        _("Is somebody beside you?"),
        _("It is only noted that somebody was there, not who."),
        (
            Choice("alone", _("I am alone"), _mark("alone", chosen)),
            Choice("with_somebody", _("Somebody is with me"), _mark("with_somebody", chosen)),
        ),
    )


def consent(question: AskedQuestion, given: Answer | None, *, number: int, count: int) -> Shown:
    """Put one question of consent; each of the three answers is as good as the others."""
    chosen = next((name for name, answer in _ANSWERS.items() if answer is given), "")
    words = {YES: _("Yes"), NO: _("No"), LATER: _("Ask me later")}
    return Shown(
        "kiosk_consent",
        question.title,
        question.help,
        tuple(Choice(name, text, _mark(name, chosen)) for name, text in words.items()),
        above=digits(_("{number} of {count}. Every answer is right.").format(number=number, count=count)),
    )


def refused() -> Shown:
    """Lead out kindly whoever doesn't want to be recorded."""
    return Shown(
        "kiosk_refused",
        _("Nothing is recorded, and nothing is kept."),
        _("Thank you for reading this. You owe nobody a reason."),
        (Choice("change", _("Change my answer")), Choice("leave", _("Leave"))),
    )


def note(text: str) -> Shown:
    """Say what the next question is about; leaving it out is the first choice."""
    return Shown(
        "kiosk_note",
        text,
        _("You decide how much you tell of it, or nothing at all."),
        (Choice("skip", _("Leave this question out")), Choice("go_on", _("Go on to the question"))),
    )


def prompt(text: str, *, number: int, count: int, seconds: float, has_text: bool) -> ShownPrompt:
    """Put a question, with what was told to it already."""
    told = ""
    if seconds:
        told = _("{length} recorded and safe. Press to add to it").format(length=spoken_duration(seconds))
    elif has_text:
        told = _("What you wrote is kept. Press to speak as well")
    above = digits(_("Question {number} of {count}. You can leave it out.").format(number=number, count=count))
    return ShownPrompt(above, text, told)


def keep(length: str, archives: Sequence[str], ask_again: str, *, keeps_copy: bool) -> Shown:
    """Ask whether to keep or to erase; both are offered alike."""
    named = _(", ").join(auto(name) for name in archives)
    if keeps_copy:
        sealed = _("An encrypted copy stays readable here until the archive confirms that it arrived.")
    else:
        sealed = _("If you keep it, it is sealed for {archive}, and nobody can open it here.").format(archive=named)
    asked = _("You wanted to be asked again: {question}?").format(question=auto(ask_again)) if ask_again else ""
    return Shown(
        "kiosk_keep",
        _("Keep it, or erase it?"),
        "\n\n".join(part for part in (length, asked, sealed) if part),
        (Choice("keep", _("Keep and seal")), Choice("erase", _("Erase everything"))),
    )


def take(question: str, seconds: float, *, number: int, count: int) -> ShownTake:
    """Offer one part for listening."""
    above = digits(_("Part {number} of {count}").format(number=number, count=count))
    length = _("{length} recorded and safe.").format(length=spoken_duration(seconds))
    return ShownTake(above, question, length, is_last=number == count)


def told_length(seconds: float, words: int) -> str:
    """Return how much was told, in words."""
    parts = []
    if seconds:
        parts.append(_("{length} recorded and safe.").format(length=spoken_duration(seconds)))
    if words:
        parts.append(counted(words, "{count} word written and safe.", "{count} words written and safe."))
    return " ".join(parts)


def nothing() -> Shown:
    """Say that there is nothing to keep."""
    return Shown(
        "kiosk_nothing",
        _("You have not recorded or written anything."),
        _("You can go back to the questions, or leave. Both are right."),
        (Choice("questions", _("Back to the questions")), Choice("leave", _("Leave"))),
    )


def ask_to_erase(*, is_everything: bool) -> Shown:
    """Ask once before something is erased for good; the safe way comes first."""
    heading = _("Erase everything that you said and wrote?") if is_everything else _("Erase this part?")
    yes = _("Yes, erase everything") if is_everything else _("Yes, erase this part")
    return Shown(
        "kiosk_erase",
        heading,
        _("Nobody will ask why. It cannot be brought back."),
        (Choice("stay", _("No, go back")), Choice("erase_now", yes, "erase")),
    )


def erased() -> Shown:
    """Say that everything is gone."""
    return Shown(
        "kiosk_erased",
        _("Everything is erased."),
        _("Nothing that you said or wrote is left here."),
        (Choice("done", _("I am done"), "main"),),
    )


def sealing() -> Shown:
    """Say that it is being sealed."""
    return Shown("kiosk_sealing", _("It is being sealed."), _("This can take a moment. Nothing can get lost."))


def sealed(archives: Sequence[str], *, keeps_copy: bool) -> Shown:
    """Say that it is sealed, and for whom."""
    named = _(", ").join(auto(name) for name in archives)
    body = _("Nobody at this computer can open it any more. Only {archive} can.").format(archive=named)
    if keeps_copy:
        body = _("An encrypted copy stays readable here until the archive confirms that it arrived.")
    heading = _("What you told is sealed.")
    return Shown("kiosk_sealed", heading, body, (Choice("go_on", _("Go on"), "main"),))


def after(*, has_more: bool = False) -> Shown:
    """Thank, and say what may come in the days after; more follows where somebody can be called."""
    return Shown(
        "kiosk_after",
        _("Thank you."),
        _(
            "A heavy heart or bad dreams are normal in the days after. Be with somebody tonight, if you can. "
            "The person who helped you is nearby."
        ),
        (Choice("go_on", _("Go on"), "main") if has_more else Choice("done", _("I am done"), "main"),),
    )


def somebody_to_call(contacts: Sequence[Contact]) -> Shown:
    """Say whom the witness can call in the days after; each in a line, how to reach them kept in order."""
    return Shown(
        "kiosk_call",
        _("You can call somebody, tomorrow or later."),
        wording.contact_lines(contacts),
        (Choice("done", _("I am done"), "main"),),
    )


def a_break(lines: Sequence[str]) -> Shown:
    """Rest: nothing that counts, nothing that waits."""
    return Shown(
        "kiosk_break",
        _("Take all the time you need."),
        "\n".join(lines),
        (Choice("resume", _("Go on")), Choice("finished", _("I want to end here"))),
        above=_("Nothing is being recorded. What you said is safe."),
        is_calm=True,
    )


def hidden() -> Shown:
    """Show nothing that tells anything."""
    return Shown("kiosk_hidden", "", "", (Choice("unhide", _("Go on"), "quiet"),))


def trouble() -> Shown:
    """Say the one thing there is to do."""
    return Shown(
        "kiosk_trouble",
        _("Please call the person who helped you."),
        _("Something does not work as it should. What you said is safe."),
        (Choice("again", _("Try again")),),
    )


def lines(word: str, *, is_drop_box: bool, is_telling: bool) -> tuple[str, bool]:
    """Return the line at the bottom, and whether it tells of safety."""
    if word == "device-lost":
        return _("The microphone is gone. What you said is safe. Please call the person who helped you."), False
    if word == "silent":
        return _("The microphone hears nothing. Please call the person who helped you."), False
    if word == "full":
        return _("There is no room left. What you said is safe. Please call the person who helped you."), False
    if word == "unheard":
        return _("The microphone does not start. You can write, or call the person who helped you."), False
    if word == "unplayed":
        return _("It can't be heard here just now. It is safe."), False
    if word == "trouble":
        return _("Something does not work as it should. Please call the person who helped you."), False
    if word == "back":
        return _("The computer stopped for a while. What you said before is safe. You can go on."), True
    if is_drop_box:
        return _("What you say is sealed at once. Nobody at this computer can hear it."), True
    if is_telling:
        return _("What you say is encrypted at once, on this computer only."), True
    return _("Nothing is being recorded yet."), False


def helper(*, is_telling: bool, is_unhiding: bool) -> tuple[str, str, str]:
    """Return what the person who helps is told: heading, body, and what the passphrase does."""
    if is_unhiding:
        return _("For the person who helps"), _("Your passphrase shows the recording again."), _("Show again")
    body = _("Your passphrase takes the laptop back.")
    if is_telling:
        body += " " + _("What was said so far stays here as a draft that only your vault can open.")
    return _("For the person who helps"), body, _("Take the laptop back")


def close_box(*, is_telling: bool) -> Shown:
    """Offer to close a drop box; never while somebody is telling."""
    stay = Choice("stay", _("Go back to the recording"), "main")
    if is_telling:
        return Shown(
            "kiosk_close",
            _("Somebody is telling."),
            _("First keep or erase what was said. Then this can be closed on the first page."),
            (stay,),
        )
    return Shown(
        "kiosk_close",
        _("Close self-recording?"),
        _("What was sealed is safe. Nobody at this computer can open it."),
        (stay, Choice("close_box", _("Close"))),
    )


def call_helper() -> tuple[str, str, str]:
    """Return what stands on the laptop after a crash: heading, body, and what the passphrase does."""
    return (
        _("Please call the person who helped you."),
        _("The computer stopped for a while. What you said is safe, up to the last second."),
        _("Open"),
    )


def came_back() -> Shown:
    """Ask the person who helps whether the witness goes on."""
    return Shown(
        "kiosk_came_back",
        _("Does the witness want to go on?"),
        _("What was said is kept as a draft, up to the last second."),
        (Choice("go_on", _("Go on with self-recording"), "main"), Choice("take_back", _("Take the laptop back"))),
    )


def _mark(name: str, chosen: str) -> str:
    return "chosen" if name == chosen else ""
