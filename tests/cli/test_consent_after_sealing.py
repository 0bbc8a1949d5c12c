# SPDX-License-Identifier: Apache-2.0
"""By command line alone: consent changed, narrowed and withdrawn after sealing takes effect at the archive."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_the_whole_job import sealed, text  # noqa: F401 - fixtures


@pytest.fixture
def arrived(govah, pair, sealed):  # noqa: F811 - a fixture
    """Return the code of a testimony that is at the archive."""
    govah("export", pair.collector, "--to", pair.stick)
    assert govah("import", pair.archive, pair.stick).status == 0
    for file in pair.stick.iterdir():
        file.unlink()
    return sealed


def carry(govah, pair):
    """Carry what waits at the collector to the archive, and return what became of each file there."""
    assert govah("export", pair.collector, "--to", pair.stick).status == 0
    return govah("import", pair.archive, pair.stick, "--receipts", pair.stick)


def test_a_withdrawal_closes_the_testimony_at_the_archive(govah, pair, arrived):
    """It isn't shown, found or written out any more; its code and state are."""
    amended = govah("amend", pair.collector, arrived, "--withdraw", "all")
    imported = carry(govah, pair)

    assert amended.json["kind"] == "full_withdrawal"
    assert [one["outcome"] for one in imported.json["results"]] == ["imported"]
    assert [row["state"] for row in govah("list", pair.archive).json["testimonies"]] == ["withdrawn"]
    assert govah("search", pair.archive, "lantern").json["hits"] == []
    shown = govah("show", pair.archive, arrived)
    assert (shown.status, shown.json["error"]["code"]) == (1, "archive.consent-withdrawn")
    assert "lantern" not in shown.out


def test_what_was_withdrawn_is_destroyed_by_decision_and_does_not_come_back(govah, pair, sealed):  # noqa: F811
    """After the archive destroyed it, an old stick can't bring it in again."""
    govah("export", pair.collector, "--to", pair.stick)
    govah("import", pair.archive, pair.stick)
    assert govah("remove", pair.archive, sealed, "--erase").status == 1
    kept = govah("list", pair.archive).json["testimonies"]
    govah("amend", pair.collector, sealed, "--withdraw", "destroy")
    carry(govah, pair)

    destroyed = govah("remove", pair.archive, sealed, "--erase")
    again = govah("import", pair.archive, pair.stick)

    assert [row["code"] for row in kept] == [sealed]
    assert destroyed.status == 0, destroyed.err
    assert govah("list", pair.archive).json["testimonies"] == []
    assert {one["reason"] for one in again.json["results"]} == {"exchange.already-here"}
    assert govah("list", pair.archive).json["testimonies"] == []
    assert govah("check", pair.archive).json["ok"]


def test_a_narrower_consent_is_what_holds(govah, pair, arrived, tmp_path):
    """Answers change one by one; what was not named stays."""
    answers = tmp_path / "now.json"
    answers.write_text(json.dumps({"answers": {"P4": "yes", "P5": "no"}, "release": "date:2090"}), encoding="utf-8")
    govah("amend", pair.collector, arrived, "--answers", answers)
    carry(govah, pair)

    shown = govah("show", pair.archive, arrived).json

    assert [one["kind"] for one in shown["consent"]] == ["amendment"]
    assert shown["access"]["level"] == 1
    assert "embargo" in [reason["word"] for reason in shown["access"]["reasons"]]
    assert "archive" in shown["access"]["allowed"]
    assert "research" not in shown["access"]["allowed"]


def test_a_receipt_for_a_consent_is_no_receipt_for_the_testimony(govah, pair, sealed, tmp_path):  # noqa: F811
    """Only the testimony's own arrival moves it on at the collector."""
    govah("export", pair.collector, "--to", pair.stick)
    govah("import", pair.archive, pair.stick)
    for file in pair.stick.iterdir():
        file.unlink()
    govah("amend", pair.collector, sealed, "--withdraw", "close")
    carry(govah, pair)

    receipts = govah("receipts", pair.collector, pair.stick)

    assert receipts.json["refused"] == []
    assert [row["state"] for row in govah("list", pair.collector).json["testimonies"]] == ["carried"]
    assert govah("remove", pair.collector, sealed).status == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"answers": {"P99": "no"}},
        {"answers": {"P1": "perhaps"}},
        {"release": "after_my_death"},
        {"release": "date:soon"},
        {"kind": "participation_before", "answers": {"P1": "no"}},
        {"passages": [[5.0, 1.0]]},
        {"wish": "destroy", "answers": {"P1": "no"}},
        {"unknown": 1},
    ],
)
def test_what_nobody_could_act_on_is_refused(govah, pair, sealed, tmp_path, said):  # noqa: F811
    """Nothing is sealed for an amendment that says nothing, or nothing clear."""
    answers = tmp_path / "now.json"
    answers.write_text(json.dumps(said), encoding="utf-8")

    refused = govah("amend", pair.collector, sealed, "--answers", answers)

    assert refused.status == 1
    assert refused.json["error"]["code"] in {"intake.bad-amendment", "cli.bad-details", "intake.bad-details"}
    govah("export", pair.collector, "--to", pair.stick)
    assert len(list(pair.stick.glob("*.AGE"))) == 1
