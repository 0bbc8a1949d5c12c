# SPDX-License-Identifier: Apache-2.0
"""A consent text is evidence: the exact words shown can be proved, and no language stands in for another."""

from __future__ import annotations

import hashlib

import pytest

from testimony_app import resources
from testimony_app.intake import consent
from testimony_app.intake.errors import ConsentTextAltered, NoSuchConsentText
from testimony_app.model.consent import Answer, ConsentKind, current


def test_every_published_language_can_be_put_to_a_witness():
    """Each has a title, an introduction and the same questions in the same order."""
    texts = [consent.text(language) for language in consent.languages()]

    assert {"en", "fa"} <= {text.language for text in texts}
    assert len({tuple(question.purpose for question in text.questions) for text in texts}) == 1
    assert all(text.title and text.intro for text in texts)
    assert all(question.title and question.help for text in texts for question in text.questions)


def test_the_digest_is_that_of_the_file():
    """Whoever has the published file can recompute what an event of consent says was shown."""
    text = consent.text("fa")

    file = resources.binary(f"consent/{text.id}/{text.version}/fa.md")
    assert text.sha256 == hashlib.sha256(file).hexdigest()


def test_no_language_stands_in_for_another():
    """A text that is missing in a language is not available in it; it never falls back."""
    with pytest.raises(NoSuchConsentText):
        consent.text("eo")
    with pytest.raises(NoSuchConsentText):
        consent.text("de", ("general", "v1"))
    with pytest.raises(NoSuchConsentText):
        consent.text("en", ("general", "v0"))


def test_an_altered_text_is_not_shown(tmp_path, monkeypatch):
    """One word changed on this laptop is noticed before a witness sees it."""
    folder = tmp_path / "consent" / "general" / "v2"
    folder.mkdir(parents=True)
    for name in ("meta.toml", "en.md"):
        (folder / name).write_bytes(resources.binary(f"consent/general/v2/{name}").replace(b"you", b"yow"))
    monkeypatch.setattr(resources, "root", lambda: tmp_path)

    with pytest.raises(ConsentTextAltered):
        consent.text("en")


def test_answers_become_an_event(clock):
    """The event says which words were shown, in which language, what was answered, how and when."""
    shown = consent.text("en")

    event = consent.answered(shown, {"P1": Answer.YES}, clock, how="spoken", kind=ConsentKind.AMENDMENT)

    assert (event.text_id, event.text_version, event.text_sha256, event.language) == (
        "general",
        "v2",
        shown.sha256,
        "en",
    )
    assert (event.at, event.how, event.kind) == ("2026-01-31T17:05:09+00:00", "spoken", ConsentKind.AMENDMENT)
    assert current([event]).allows("P1")
    assert not current([event]).allows("P2")
