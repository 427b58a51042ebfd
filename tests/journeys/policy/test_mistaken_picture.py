"""A picture taken by mistake under Boroughbridge's policy: deleted at once, and the line manager told."""

import pytest

from tests.browsing import PHONE
from tests.journeys import mistaken_picture as step

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_it_is_deleted_from_today_and_the_line_manager_told(house, somebody):
    leah = somebody(house, "leah", size=PHONE)
    leah.sign_in()
    step.reports(leah)
    step.answers(leah, compromising=False)
    step.deletes_and_tells(leah, "Line Manager")
