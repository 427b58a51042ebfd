"""Everyday questions to policies of two pages that were brought in: how many are answered, and that no answer
permits what the policy forbids. The questions, and what's right, were written down before any was asked."""

from pathlib import Path

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.rulebook.packs.blank import BLANK
from tests.policy.ask_own import DANGEROUS, READ, RIGHT, came_out

HERE = Path(__file__).parent / "documents"
TODAY = {
    "ashgrove": (26, 1), "meadowbank": (21, 0), "hollins": (19, 2), "thistledown": (22, 0), "marram": (25, 2),
    "skelbeck": (24, 1), "heronsgate": (17, 4),
}  # fmt: skip
"""Of thirty each, how many are right, and how many show the clause that decides first. `ashgrove`: a primary;
`meadowbank`, `hollins`: a pre-school with a closed group, and a primary's pages, in the manner of what such
schools publish; `thistledown`, `marram`: so a day nursery without numbers, and a trust of secondary schools;
`skelbeck`: a primary that an outsider brought in; `heronsgate`: a special school. When they were first asked,
14, 5, 8, 10, 8, 14 and 15 were right."""


@pytest.mark.slow
@pytest.mark.parametrize("policy", TODAY)
def test_most_questions_to_a_policy_of_two_pages_are_answered_and_none_dangerously(
    policy, make_federation, at
):
    with scope(make_federation(policy, BLANK).pk):
        document, asked, cases = (
            HERE / f"{policy}{ending}" for ending in (".txt", "-questions.tsv", ".yaml")
        )
        told = came_out(document, asked, cases, at)
    verdicts = [one.verdict for one in told.values()]
    right, read_first = TODAY[policy]
    assert [number for number, one in told.items() if one.verdict == DANGEROUS] == []
    assert verdicts.count(RIGHT) >= right
    assert verdicts.count(RIGHT) + verdicts.count(READ) >= right + read_first
