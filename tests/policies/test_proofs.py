import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.coverage import coverage, proofs_of
from schoolgate.rulebook.lint import lint
from schoolgate.rulebook.packs import pack_keys
from tests.policies.proofs import noticed_by_strangers, proofs


@pytest.mark.parametrize("key", books())
def test_every_binding_is_noticed_when_it_is_taken_away(key):
    found = proofs(book(key))
    assert [one.id for one in book(key).pack.bindings if one.id not in found] == []


@pytest.mark.parametrize("key", books())
def test_what_is_recorded_as_proven_is_what_the_scenarios_prove(key):
    assert proofs_of(key) == proofs(book(key)), "python -m tests.policies.prove writes it anew"


@pytest.mark.parametrize("key", books())
def test_taking_a_binding_away_changes_the_answer_at_no_other_point(key):
    assert noticed_by_strangers(book(key)) == []


@pytest.mark.parametrize("key", pack_keys())
def test_nothing_is_wrong_with_a_pack(key):
    assert lint(key) == []


@pytest.mark.parametrize("key", books())
def test_coverage_lists_every_clause_and_claims_no_more_than_is_proven(key):
    told = coverage(book(key))
    assert [one["id"] for one in told["by_clause"]] == list(book(key).clauses)
    assert told["clauses"] == len(book(key).clauses)
    unbound = [one for one in told["by_clause"] if not one["bindings"]]
    assert {one["proof"] for one in unbound} == {None}
    proven = [one for one in told["by_clause"] if one["proof"] is not None]
    assert told["proven"] + told["attested_only"] == len(proven)
