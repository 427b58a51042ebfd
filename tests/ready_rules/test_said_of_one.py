"""A ready rule whose number is one says it as people do."""

import pytest

from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import sentence


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        (
            "look_every",
            {"number": 1, "unit": "school_days"},
            "Each account is checked at least every school day.",
        ),
        ("look_every", {"number": 2, "unit": "days"}, "Each account is checked at least every 2 days."),
        ("review_every", {"number": 1, "unit": "years"}, "The head reviews this policy every year."),
        ("review_every", {"number": 2, "unit": "years"}, "The head reviews this policy every 2 years."),
        ("two_people", {"number": 1}, "Each account is run by at least 1 member of staff."),
        ("two_people", {"number": 2}, "Each account is run by at least 2 members of staff."),
    ],
)
def test_one_is_said_in_the_singular_and_more_in_the_plural(key, values, said):
    ready = ready_rules()[key]
    assert sentence(ready, {**ready.defaults, **dict.fromkeys(ready.roles, "head"), **values}) == said
