import pytest

from schoolgate.rulebook import book
from tests.policies.scenarios import Scenario, all_scenarios, ask, unexpected


@pytest.mark.parametrize("scenario", list(all_scenarios()), ids=str)
def test_a_policy_answers_as_its_scenario_says(scenario: Scenario):
    assert unexpected(scenario, ask(scenario, book(scenario.policy))) == []
