"""A picture taken by mistake under Wildground's policy: deleted at once, and the SLT told."""

import pytest

from tests.journeys import mistaken_picture as step

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_it_is_deleted_from_today_and_the_slt_told(house, somebody):
    priya = somebody(house, "priya", both=True)
    priya.sign_in()
    step.reports(priya)
    step.answers(priya, compromising=True)
    step.deletes_and_tells(priya, "SLT")
