import ast
from pathlib import Path

import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.coverage import ORDER, coverage, proofs_of
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.packs import pack_keys
from tests.policies.proofs import proofs, recorded
from tests.policies.scenarios import each_policy

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", each_policy())
def test_every_rule_is_noticed_when_it_is_taken_away(key):
    assert proofs(key).unproven == []


@pytest.mark.parametrize("key", each_policy())
def test_taking_a_rule_away_changes_the_answer_at_no_other_point(key):
    assert proofs(key).moved == []


@pytest.mark.parametrize("key", each_policy())
def test_a_scenario_shows_that_nothing_changes_where_that_is_claimed(key):
    assert proofs(key).not_shown == []


@pytest.mark.parametrize("key", each_policy())
def test_what_is_recorded_as_proven_is_what_the_scenarios_prove(key):
    assert proofs_of(key)._asdict() == recorded(proofs(key)), "python -m tests.policies.prove writes it anew"


def test_every_test_that_keeps_a_clause_is_one_that_runs():
    named = {test for key in books() for kept in book(key).pack.kept for test in kept.tests}
    assert sorted(test for test in named if not runs(test)) == []
    assert not runs("tests/policies/test_proofs.py::test_nothing_of_the_kind")
    assert not runs("tests/policies/proofs.py::proofs")


def runs(test):
    """Whether pytest finds a test by this name, and nothing keeps it from running."""
    path, *way = test.split("::")
    if not (ROOT / path).is_file() or not Path(path).match("test_*.py"):
        return False
    place = ast.parse((ROOT / path).read_text("utf-8"))
    for name in way:
        place = next((one for one in place.body if getattr(one, "name", "") == name.partition("[")[0]), None)
        if place is None or any("skip" in ast.unparse(one) for one in place.decorator_list):
            return False
    return isinstance(place, ast.FunctionDef) and place.name.startswith("test_")


@pytest.mark.parametrize("key", pack_keys())
def test_nothing_is_wrong_with_a_pack(key):
    assert lint(key) == []


@pytest.mark.parametrize("key", books())
def test_every_clause_is_fulfilled(key):
    assert unfulfilled(book(key).pack) == []


@pytest.mark.parametrize("key", each_policy())
def test_every_shifted_value_is_noticed(key):
    assert proofs(key).unnoticed == []


@pytest.mark.parametrize("key", books())
def test_coverage_lists_every_clause_and_claims_no_more_than_is_proven(key):
    told = coverage(book(key))
    assert [one["id"] for one in told["by_clause"]] == list(book(key).clauses)
    assert told["clauses"] == len(book(key).clauses)
    assert {one["proof"] for one in told["by_clause"]} <= set(ORDER)
    assert told["evidenced"] is None
    assert coverage(book(key), {told["by_clause"][0]["id"]})["evidenced"] == 1
    assert told["proven"] + told["attested_only"] == told["clauses"]
    assert told["attested_only"] < 0.06 * told["clauses"]
