"""Which questions of the catalogue are asked depends on what the policy has rules about."""

import pytest

from schoolgate.core.errors import NotFound
from schoolgate.core.tenancy import scope
from schoolgate.policy import advising

ABOUT_DETAILS = "details-with-school-picture"


def test_a_question_about_a_rule_is_asked_under_the_policy_that_has_it(make_federation):
    with scope(make_federation("llanidloes", "llanidloes").pk):
        assert ABOUT_DETAILS in [one.key for one in advising.entries()]
        assert advising.entry_for(ABOUT_DETAILS).key == ABOUT_DETAILS


@pytest.mark.parametrize("policy", ["wildground", "boroughbridge", "learn-to-live", "wootton"])
def test_another_policy_is_not_asked_it_so_that_its_silence_is_not_read_as_a_yes(make_federation, policy):
    with scope(make_federation(policy, policy).pk):
        assert ABOUT_DETAILS not in [one.key for one in advising.entries()]
        with pytest.raises(NotFound):
            advising.entry_for(ABOUT_DETAILS)
