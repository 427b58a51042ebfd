import ast
from pathlib import Path

import pytest

import schoolgate
from schoolgate.rulebook import SITUATIONS, book, books
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.coverage import ORDER, coverage, proofs_of, wired_situations
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.packs import pack_keys
from tests.policies.proofs import proofs, recorded

PACKAGE = Path(schoolgate.__file__).parent
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", books())
def test_every_rule_is_noticed_when_it_is_taken_away(key):
    assert proofs(key).unproven == []


@pytest.mark.parametrize("key", books())
def test_taking_a_rule_away_changes_the_answer_at_no_other_point(key):
    assert proofs(key).moved == []


@pytest.mark.parametrize("key", books())
def test_a_scenario_shows_that_nothing_changes_where_that_is_claimed(key):
    assert proofs(key).not_shown == []


@pytest.mark.parametrize("key", books())
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


@pytest.mark.parametrize("key", books())
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


def test_what_is_declared_as_not_filled_is_a_point_a_control_or_a_clause():
    clauses = {clause for key in books() for clause in book(key).pack.clauses}
    for key, one in wired_situations().items():
        assert set(one.not_filled) <= {*SITUATIONS[key].points, *CONTROLS, *clauses}


TABLES = ("asked", "answers", "stages")
"""Modules with a table of situations that the actions of their area ask."""
ASKED_BY_OTHERS = ("asked", "permits")
"""Modules whose situations an action of another area asks: it is given the table."""


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_declared_as_asked_is_asked_by_an_action_and_nothing_else_is(situation):
    beside = ("web", "api", "cli", "jobs", "reports", "rulebook", "config", "locale")
    rooms = [room for room in PACKAGE.iterdir() if room.is_dir() and room.name not in beside]
    code = {path: path.read_text("utf-8") for room in rooms for path in room.glob("**/*.py")}
    tables = [
        f"from {'.'.join(path.relative_to(PACKAGE.parent).with_suffix('').parts)} import"
        for path, text in code.items()
        if path.stem.startswith(TABLES) and _is_in_a_table(situation, text)
    ]
    asked = [
        text
        for path, text in code.items()
        if ("record_decision" in text or path.stem.startswith(ASKED_BY_OTHERS))
        and (f'"{situation}"' in text or any(each in text for each in tables))
    ]
    assert bool(asked) is wired_situations()[situation].asked


def _is_in_a_table(situation: str, text: str) -> bool:
    """Whether a table of a module names this situation, for the actions that import it."""
    tables = [node for node in ast.parse(text).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return any(situation == _value(one) for node in tables for one in ast.walk(node))


def _value(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


@pytest.mark.parametrize("key", books())
def test_coverage_counts_the_clauses_that_an_action_asks(key):
    told = coverage(book(key))
    by_clause = {one["id"]: one for one in told["by_clause"]}
    assert told["wired"] == sum(1 for one in by_clause.values() if one["wired"])
    assert {one["wired"] for one in by_clause.values() if not one["bindings"]} <= {None}
    assert {one["wired"] for one in by_clause.values() if one["bindings"]} <= {True, False}
    assert told["evidenced"] is None


@pytest.mark.parametrize(
    ("clause", "wired"),
    [
        ("wildground-monitoring-4", True),
        ("wildground-roles-10", True),
        ("wildground-behaviour-15", True),
        ("wildground-behaviour-4", True),
        ("wildground-behaviour-9", True),
        ("boroughbridge-donts-9", True),
        ("boroughbridge-donts-10", True),
        ("learn-to-live-code-11", True),
        ("wootton-related-19", True),
        ("wootton-a4-12", True),
        ("wootton-a4-10", True),
        ("wootton-a4-32", True),
        ("llanidloes-tone-7", True),
        ("wildground-listening-3", True),
        ("wootton-a3-8", True),
        ("wootton-ip-12", True),
        ("wootton-ip-13", True),
        ("wootton-a3-7", True),
        ("wootton-business-5", True),
        ("learn-to-live-sanctioned-14", True),
        ("llanidloes-offensive-7", True),
        ("llanidloes-high-9", True),
    ],
)
def test_a_clause_is_wired_where_one_of_its_rules_is_asked_with_every_fact(clause, wired):
    key = next(key for key in books() if clause.startswith(f"{key}-"))
    assert next(one["wired"] for one in coverage(book(key))["by_clause"] if one["id"] == clause) is wired
