import pytest

from schoolgate.rulebook import book
from tests.policies.scenarios import Scenario, failures, readable, unreadable


def test_every_file_of_scenarios_can_be_read():
    assert [str(error) for error in unreadable()] == []


@pytest.mark.parametrize("scenario", readable()[0], ids=str)
def test_a_policy_answers_as_its_scenario_says(scenario: Scenario):
    assert failures(scenario, book(scenario.policy)) == []
