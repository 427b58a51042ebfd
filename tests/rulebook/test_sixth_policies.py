"""Policies of schools that are none of the five: folders of data in tests/own_policies, no line of code."""

from collections import Counter
from pathlib import Path

import pytest

from schoolgate.cli.new_policy import tried
from schoolgate.rulebook import SITUATIONS, book, decide
from schoolgate.rulebook.coverage import coverage
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.one_file import from_yaml, to_yaml
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.scenarios import prove, proven_by, scenarios_of
from tests.rulebook.knowing_less import permitted_by_knowing_less
from tests.rulebook.test_knowing_less import not_excepted

SIXTH = Path(__file__).parents[1] / "own_policies"
KEYS = sorted(path.parent.name for path in SIXTH.glob("*/policy.yaml"))
FIVE = (
    ("wildground", "item.received"),
    ("learn-to-live", "post.publish"),
    ("boroughbridge", "contact.accept"),
)
FEWEST_CASES = 25
MOST_TEXT = 0.2
"""How much of a policy may be shown only, before it is no policy that decides."""


def answer(policy, situation):
    """What a policy answers to the first stored scenario of its own on this situation."""
    case = next(one for one in scenarios_of(policy) if one.situation == situation)
    return decide(book(policy), situation, case.facts).to_json()


@pytest.fixture(params=KEYS)
def key(request, tmp_path):
    own_policies_in(SIXTH)
    yield request.param
    own_policies_in(tmp_path / "nowhere")


def test_lint_finds_nothing_wrong_with_it(key):
    assert lint(key) == []


def test_each_of_its_examples_comes_out_as_expected(key):
    lines, good = tried(key)
    assert good, "\n".join(line for line in lines if not line.startswith("as expected"))
    assert sum(line.startswith("as expected") for line in lines) >= FEWEST_CASES


def test_no_two_examples_of_it_have_one_name(key):
    names = [case.name for case in scenarios_of(key)]
    assert len(names) == len(set(names))


def test_every_clause_and_point_that_an_example_names_is_there(key):
    known = {clause for pack in book(key).packs for clause in pack.clauses}
    for case in scenarios_of(key):
        expect = case.expect
        named = {*expect.get("clauses", ()), *expect.get("not_clauses", ()), *expect.get("findings", ())}
        named |= {clause for clauses in expect.get("at", {}).values() for clause in clauses}
        assert named | set(case.shows) <= known, case
        assert set(expect.get("points", ())) <= set(SITUATIONS[case.situation].points), case


@pytest.fixture
def proof(key):
    """What the examples prove, worked out once for each policy."""
    if key not in PROOFS:
        PROOFS[key] = prove(book(key), scenarios_of(key))
    return PROOFS[key]


PROOFS = {}


def test_every_rule_of_it_is_noticed_when_it_is_taken_away(proof):
    assert proof.unproven == []


def test_taking_a_rule_of_it_away_changes_the_answer_at_no_other_point(proof):
    assert proof.moved == []


def test_every_shifted_value_of_it_is_noticed(proof):
    assert proof.unnoticed == []


def test_an_example_shows_that_nothing_changes_where_it_says_so(proof):
    assert proof.not_shown == []


def test_every_clause_of_it_is_proven_or_says_why_it_is_only_text(key, proof):
    assert unfulfilled(book(key).pack) == []
    told = coverage(book(key), proven=proven_by(proof))
    text = [one["id"] for one in told["by_clause"] if one["proof"] == "text"]
    assert told["proven"] + told["attested_only"] + len(text) == told["clauses"]
    assert len(text) < MOST_TEXT * told["clauses"]


def test_knowing_less_never_permits_more_under_it(key):
    under = book(key)
    cases = scenarios_of(key)
    assert cases
    tried = Counter()
    found = {case.name: not_excepted(permitted_by_knowing_less(case, under, tried)) for case in cases}
    assert {name: points for name, points in found.items() if points} == {}


def test_it_goes_into_one_file_and_comes_back_the_same(key):
    pack = book(key).pack
    assert from_yaml(to_yaml(pack)) == pack


@pytest.mark.parametrize(("policy", "situation"), FIVE)
def test_the_five_answer_beside_it_as_they_do_alone(policy, situation, tmp_path):
    own_policies_in(tmp_path / "nowhere")
    alone = answer(policy, situation)
    own_policies_in(SIXTH)
    try:
        assert [book(key).meta.key for key in KEYS] == KEYS
        assert answer(policy, situation) == alone
    finally:
        own_policies_in(tmp_path / "nowhere")
