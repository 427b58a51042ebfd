"""What reached the clauses of the five policies in the decisions that the examples really made."""

import json
from datetime import timedelta

import pytest

from schoolgate.cli.coverage import RESTS, coverage_lines, of_federation
from schoolgate.cli.demo.cast import CAST
from schoolgate.cli.main import main
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import rules_asked as sweep
from schoolgate.policy.measured import reach
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import book
from schoolgate.rulebook.coverage import coverage
from tests.cli.test_demo import TODAY, rolled_back, tales, told  # noqa: F401 - fixtures

MOST_BY_WORD = 0.10
REACHED = {"boroughbridge": 150, "learn-to-live": 70, "llanidloes": 70, "wildground": 100, "wootton": 240}
"""Clauses that the example's own decisions reach, at least: 163, 76, 79, 109 and 262 on 23 November."""
HOW = ("decided", "waited", "shown")


def measured(federation):
    with scope(federation.pk):
        return of_federation(book(federation.policy_key), None)


def counted(one):
    """Whether a decision reached this clause in some way."""
    return one["asked"] is not None and any(one["asked"][how] for how in HOW)


@pytest.mark.parametrize("key", CAST)
def test_every_clause_whose_rule_spoke_in_a_decision_is_counted(told, key):  # noqa: F811
    federation = told(key)
    data = measured(federation)["by_clause"]
    with scope(federation.pk):
        assert reach().counted == DecisionRecord.objects.count()
        assert (reach().waiting, reach().unread) == (0, 0)
        bodies = DecisionRecord.objects.values_list("body", flat=True)
        spoke = {one["clauses"][0] for body in bodies for one in body["findings"]}
    assert spoke & {one["id"] for one in data} <= {one["id"] for one in data if counted(one)}


@pytest.mark.parametrize("key", CAST)
def test_clauses_are_told_apart_by_what_they_rest_on_and_none_is_there_in_name_only(told, key):  # noqa: F811
    data = measured(told(key))
    assert data["rests"]["name"] == 0
    assert data["reached"] >= REACHED[key]
    never = [one for one in data["by_clause"] if one["bindings"] and not counted(one)]
    assert never  # no example does everything
    lines = {line.split()[0]: line for line in coverage_lines(data)}
    for one in never:
        assert lines[one["id"]].endswith(f"{RESTS[one['rests']]}; not asked yet")


def test_of_all_clauses_no_more_than_a_tenth_rests_on_a_word_alone(told):  # noqa: F811
    found = [measured(told(key)) for key in CAST]
    clauses = sum(one["clauses"] for one in found)
    assert clauses == 950
    assert sum(one["rests"]["word"] for one in found) <= MOST_BY_WORD * clauses


def test_what_only_answered_may_i_is_only_told_whatever_its_facts(told):  # noqa: F811
    federation = told("wildground")
    asked = [one for one in measured(federation)["by_clause"] if one["asked"]]
    alone = [one for one in asked if one["asked"]["only_told"] and one["asked"]["decided"]]
    assert alone
    assert {one["rests"] for one in alone} == {"told"}
    without = {one["id"]: one["rests"] for one in coverage(book("wildground"))["by_clause"]}
    assert "rows" in {without[one["id"]] for one in alone}


def test_the_sweep_counts_nothing_twice(told):  # noqa: F811
    federation = told("wildground")
    with rolled_back():
        before = measured(federation)
        for hours in (1, 2, 3):
            sweep.run(TODAY + timedelta(hours=hours))
        assert measured(federation) == before


def test_the_command_prints_the_federations_own_numbers(told, capsys, monkeypatch):  # noqa: F811
    federation = told("wildground")
    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda needs: None)
    assert main(["policy", "coverage", "wildground", "--federation", "wildground", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == measured(federation)
    assert main(["policy", "coverage", "wildground", "--federation", "atlantis"]) == 2
    assert "there is no federation 'atlantis'" in capsys.readouterr().err
