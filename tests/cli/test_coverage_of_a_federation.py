"""`schoolgate policy coverage KEY --federation SLUG`: the clauses on which a federation's record rests."""

import json

import pytest

from schoolgate.cli.main import main
from schoolgate.core.events import record
from schoolgate.core.tenancy import scope


@pytest.fixture(autouse=True)
def prepared(monkeypatch):
    """The test's own database stands already."""
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda needs: None)


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
