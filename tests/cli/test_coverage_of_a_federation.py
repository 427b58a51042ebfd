"""`schoolgate policy coverage KEY --federation SLUG`: the clauses on which a federation's record rests."""

import json

import pytest

from schoolgate.cli.main import main
from schoolgate.core.events import record
from schoolgate.core.tenancy import scope


@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    """The test's own database stands already."""
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda *_, **__: None)


def test_the_clauses_that_its_record_cites_are_evidenced(federation, at, capsys):
    cited = ["wildground-monitoring-4", "wildground-roles-10"]
    with scope(federation.pk):
        record("item.received", subject="inbox.item:7", at=at, actor=None, clauses=cited)
    assert main(["policy", "coverage", "wildground", "--federation", federation.slug, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["evidenced"] == 2
    assert {one["id"] for one in told["by_clause"] if one["evidenced"]} == set(cited)
    assert {one["evidenced"] for one in told["by_clause"]} == {True, False}


def test_a_federation_that_is_not_there_is_named_in_one_line(federation, capsys):
    assert main(["policy", "coverage", "wildground", "--federation", "atlantis"]) == 2
    assert capsys.readouterr().err == "schoolgate policy: there is no federation 'atlantis'\n"


def test_all_counts_each_federation_under_its_own_policy(make_federation, at, capsys):
    for key in ("wildground", "llanidloes"):
        with scope(make_federation(key, key).pk):
            record("item.received", subject="inbox.item:7", at=at, actor=None, clauses=[f"{key}-purpose-1"])
    assert main(["policy", "coverage", "--all", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["federation"], one["policy"]) for one in told["policies"]] == [
        ("llanidloes", "llanidloes"), ("wildground", "wildground"),
    ]  # fmt: skip
    assert [one["evidenced"] for one in told["policies"]] == [1, 0]  # no clause of Wildground has that name
    assert (told["clauses"], told["reached"]) == (262, 0)


def test_without_a_federation_there_is_nothing_to_count(db, capsys):
    assert main(["policy", "coverage", "--all"]) == 2
    assert capsys.readouterr().err == "schoolgate policy: there is no federation here yet\n"
