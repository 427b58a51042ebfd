import pytest

from schoolgate.rulebook import book, books, situation
from tests.policies.scenarios import by_file, failures, readable, scenarios, unreadable


def test_every_file_of_scenarios_can_be_read():
    assert [str(error) for error in unreadable()] == []


@pytest.mark.parametrize("key", books())
def test_every_clause_that_a_scenario_names_is_there(key):
    known = {clause for pack in book(key).packs for clause in pack.clauses}
    for scenario in scenarios(key):
        expect = scenario.expect
        named = {*expect.get("clauses", ()), *expect.get("not_clauses", ()), *expect.get("findings", ())}
        named |= {clause for clauses in expect.get("at", {}).values() for clause in clauses}
        assert named | set(scenario.shows) <= known, scenario
        assert set(expect.get("points", ())) <= set(situation(scenario.situation).points), scenario


@pytest.mark.parametrize("file", by_file(readable()[0]))
def test_a_policy_answers_as_each_scenario_of_a_file_says(file):
    wrong = {str(one): failures(one, book(one.policy)) for one in by_file(readable()[0])[file]}
    assert {one: said for one, said in wrong.items() if said} == {}
