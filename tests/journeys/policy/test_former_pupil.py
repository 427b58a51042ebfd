"""A former pupil under Boroughbridge's policy: three years after they left, or 18, whichever is later."""

import pytest

from tests.browsing import PHONE
from tests.journeys.former_pupil import refused_then_allowed, years_ago

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize(
    ("entry", "clause", "days"),
    [
        ("former-pupil-asks", "boroughbridge-pupils-4", {"born": years_ago(18), "left": years_ago(4)}),
        ("follow-former-pupil", "boroughbridge-pupils-3", {"born": years_ago(20), "left": years_ago(3)}),
    ],
    ids=["the birthday is later", "the end of three years is later"],
)
def test_it_is_refused_the_day_before_and_open_on_the_later_day(house, somebody, entry, clause, days):
    leah, sue = somebody(house, "leah", size=PHONE), somebody(house, "sue", size=PHONE)
    leah.sign_in()
    refused_then_allowed(leah, sue, entry, clause, **days)
