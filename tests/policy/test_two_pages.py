"""Everyday questions to a policy of two pages that was brought in: how many are answered, and that no answer
permits what the policy forbids."""

from pathlib import Path

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.rulebook.packs.blank import BLANK
from tests.policy.ask_own import DANGEROUS, RIGHT, came_out

HERE = Path(__file__).parent / "documents"
RIGHT_TODAY = 23
"""Of thirty; 14 with the ready rules that there were when the questions were written."""


@pytest.mark.slow
def test_most_questions_to_a_policy_of_two_pages_are_answered_and_none_dangerously(make_federation, at):
    with scope(make_federation("ashgrove", BLANK).pk):
        told = came_out(HERE / "ashgrove.txt", HERE / "ashgrove-questions.tsv", HERE / "ashgrove.yaml", at)
    verdicts = [one.verdict for one in told.values()]
    assert [number for number, one in told.items() if one.verdict == DANGEROUS] == []
    assert verdicts.count(RIGHT) >= RIGHT_TODAY
