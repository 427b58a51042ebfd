"""A former pupil's friend request under Wildground's policy: the day before they are 18, and on the day."""

import pytest

from tests.journeys.former_pupil import refused_then_allowed, years_ago

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_request_is_refused_the_day_before_the_birthday_and_open_on_it(house, somebody):
    priya = somebody(house, "priya")
    priya.sign_in()
    helen = somebody(house, "helen")
    refused_then_allowed(
        priya, helen, "former-pupil-asks", "wildground-pupils-4", born=years_ago(18), left=years_ago(1)
    )
