# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import string

import pytest

from testimony_app.errors import Damage, GovahError, Refusal
from testimony_app.i18n import messages
from testimony_app.model.bundle import Outcome
from testimony_app.model.ids import NotACode
from testimony_app.model.testimony import Kind, State


class Unheard(Damage):
    """A fact that has no words."""

    code = "nobody.wrote-this"


def test_an_error_is_what_happened_what_is_safe_and_what_to_do():
    """The three sentences of an error, and its code."""
    message = messages.describe(NotACode())

    assert message.what == "This is not a testimony code."
    assert message.code == "model.not-a-code"
    assert messages.one_line(message) == (
        "This is not a testimony code; Nothing was changed; Codes look like T-7K2F-Q9; check each letter and try again"
    )


def test_facts_are_shown_as_people_read_them():
    """Bytes become sizes, and names are set apart."""
    message = messages.in_words("exchange.no-room", {"needed": 1_400_000_000, "free": 212})

    assert message.what == "There is not enough room to take this bundle in: 1.4 GB are needed, 212 bytes are free."


def test_a_missing_fact_is_no_second_error():
    """An error that forgot a fact still speaks."""
    assert "\u2026" in messages.in_words("vault.unknown-code").what


def test_an_error_without_words_speaks_as_its_family():
    """Damage is never told as a trifle."""
    assert messages.describe(Unheard()).what == messages.in_words("govah.damage").what


def test_a_bug_has_a_calm_sentence_and_a_code_without_content():
    """What the program was working on does not leak into what is shown."""
    secret = "Laleh spoke of the old prison"

    shown = []
    for text in (secret, "another text"):
        try:
            _look_up(text)
        except KeyError as error:
            shown.append(messages.describe(error))

    assert shown[0] == shown[1]
    assert shown[0].code.startswith("govah.bug-")
    assert secret not in messages.one_line(shown[0])


@pytest.mark.parametrize("code", sorted(messages.TABLE))
def test_every_message_is_whole(code):
    """Three sentences, each one that ends, calm, and short enough to be read."""
    for sentence in messages.TABLE[code]:
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert len(sentence.split()) <= 26
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(name.isidentifier() for name in names)


def test_every_word_of_the_closed_lists_is_known():
    """No state, kind or outcome is shown as its code."""
    assert all(messages.state(state) for state in State)
    assert all(messages.kind(kind) for kind in Kind)
    assert all(messages.outcome(outcome) for outcome in Outcome)
    assert messages.custody("unknown_event") == "unknown_event"


def test_the_roots_have_words():
    """Even an error that only says its family has something to say."""
    for family in (GovahError, Refusal, Damage):
        assert messages.describe(family()).what


def _look_up(text):
    return {}[text]
