# SPDX-License-Identifier: Apache-2.0
"""An archive's guide on its way: closed to others, signed, and refused from anybody who is not trusted."""

from __future__ import annotations

import pytest

from testimony_app.crypto.age import HybridRecipient, open_bytes, seal_bytes
from testimony_app.exchange import guide_file
from testimony_app.exchange.guide_file import GuideNotForUs, GuideOfAStranger, NoCollectorKnown, NotAGuide
from testimony_app.intake import prompts
from testimony_app.intake.errors import BadGuide, GuideOlder
from testimony_app.intake.guides import Guides, as_text, check, from_text
from testimony_app.model.partner import Role
from tests.exchange.conftest import introduce

CARE = "The next part is about the arrest."


def own(language="en"):
    """Return the guide of the program with one topic more, as an archive would write it."""
    like = prompts.guide(language)
    parts = [as_text(one for one in like.sections if one.phase == phase) for phase in ("opening", "events", "closing")]
    parts[1] += f"\n\n# The strike\n> {CARE}\nWhat was it about?\nWho took part?"
    return from_text(parts, like)


@pytest.fixture
def written(archive):
    """Return the archive's guides, with one of its own."""
    guides = Guides(archive)
    guides.write(own(), "The archive", "0" * 64)
    return guides


def test_what_an_archive_writes_comes_out_as_it_went_in():
    """Text to guide and back: topics, care and questions stay; known topics keep the words for somebody alone."""
    made = own()

    strike = next(section for section in made.sections if section.title == "The strike")
    assert (strike.phase, strike.content_note, strike.prompts) == (
        "events",
        CARE,
        ("What was it about?", "Who took part?"),
    )
    assert made.sections[0].id == "childhood"
    assert made.sections[0].self_prompts == prompts.guide("en").sections[0].self_prompts
    again = [as_text(one for one in made.sections if one.phase == phase) for phase in ("opening", "events", "closing")]
    assert from_text(again, made) == made


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("", "# A\nB?", "# C\nD?"), "opening"),
        (("# A\nB?", "# C\nD?", ""), "closing"),
        (("# A", "# C\nD?", "# E\nF?"), "empty"),
        (("no title first", "", "# E\nF?"), "topic"),
    ],
)
def test_a_guide_without_a_gentle_beginning_and_end_is_refused(parts, why):
    """Nobody is led into the hardest part first, and left there."""
    with pytest.raises(BadGuide) as refused:
        from_text(parts, prompts.guide("en"))

    assert refused.value.facts["why"] == why


def test_every_guide_of_the_program_would_be_accepted():
    """The rule for others holds for ours."""
    for language in prompts.languages():
        check(prompts.guide(language))


def test_an_archives_guide_reaches_its_collector(friends, written, tmp_path):
    """Written at the archive, taken here: it stands beside the recorder in its language, and only there."""
    collector, archive = friends
    path = guide_file.write(archive, written.shipped(), tmp_path)

    taken = guide_file.read(collector, path)
    here = Guides(collector)
    here.take(taken.body, taken.archive.card.name, taken.archive.fingerprint)

    assert here.guide("en") == own()
    assert here.guide("fa") == prompts.guide("fa")
    assert here.own().archive == archive.card().name
    assert b"strike" not in path.read_bytes()
    here.forget()
    assert here.guide("en") == prompts.guide("en")
    assert here.own() is None


def test_an_older_guide_does_not_come_back(friends, written, tmp_path):
    """An old file on an old stick changes nothing."""
    collector, archive = friends
    old = guide_file.write(archive, written.shipped(), tmp_path)
    written.write(own("fa"), "The archive", "0" * 64)
    new = guide_file.write(archive, written.shipped(), tmp_path)
    here = Guides(collector)
    taken = guide_file.read(collector, new)
    here.take(taken.body, "The archive", taken.archive.fingerprint)

    with pytest.raises(GuideOlder):
        here.take(guide_file.read(collector, old).body, "The archive", taken.archive.fingerprint)

    assert {guide.language for guide in here.own().guides} == {"en", "fa"}


def test_a_strangers_guide_is_refused(collector, archive, written, tmp_path):
    """Whoever was not compared slips no question under an interviewer's hand, and reads none."""
    with pytest.raises(NoCollectorKnown):
        guide_file.write(archive, written.shipped(), tmp_path)
    introduce(archive, collector)
    path = guide_file.write(archive, written.shipped(), tmp_path)

    with pytest.raises(GuideOfAStranger):
        guide_file.read(collector, path)


def test_somebody_elses_guide_stays_closed(friends, make_vault, written, tmp_path):
    """A guide is sealed to those whose cards the archive trusts."""
    path = guide_file.write(friends[1], written.shipped(), tmp_path)

    with pytest.raises(GuideNotForUs):
        guide_file.read(make_vault(Role.COLLECTOR, "another"), path)


def test_a_guide_that_was_touched_is_refused(friends, written, tmp_path):
    """One byte changed, one question slipped in under somebody's signatures, or no guide at all: refused."""
    collector, archive = friends
    path = guide_file.write(archive, written.shipped(), tmp_path)
    whole = path.read_bytes()
    plain = bytes(open_bytes(whole, [collector.identity]))
    slipped = plain.replace(b"The strike", b"The strikE").rstrip(b"\n")
    to = [HybridRecipient.from_text(collector.card().recipient)]
    for body in (whole[:-1] + bytes([whole[-1] ^ 1]), seal_bytes(slipped, to), seal_bytes(b"{}", to), b"no age file"):
        path.write_bytes(body)
        with pytest.raises(NotAGuide):
            guide_file.read(collector, path)


def test_what_is_no_guide_inside_is_refused(collector):
    """Signed by a trusted archive and yet not of the form: the one in use stays."""
    with pytest.raises(BadGuide):
        Guides(collector).take(b'{"archive":"x"}', "x", "0" * 64)
