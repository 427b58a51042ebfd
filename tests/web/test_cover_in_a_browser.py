"""Before a holiday, on a phone: somebody says that they are away, and who decides reads of the gap."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from tests.accounts.watched import open_account_of
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.cast import someone

pytestmark = pytest.mark.browser
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
BEGINS = NOW.date() + 7 * DAY
LAST = BEGINS + 15 * DAY


def test_a_lead_says_on_a_phone_that_she_is_away_and_the_page_shows_the_gap(
    chromium, served, make_federation, sign_in
):
    federation = make_federation("wildground", "wildground")
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        for name, first, last in (("Now", -60, -1), ("Next", 16, 90)):
            Term.objects.create(
                school=school, name=name, first_day=BEGINS + first * DAY, last_day=BEGINS + last * DAY
            )
        olwen, amina = someone("Olwen Price", "slt"), someone("Amina Khan", "staff")
        adopt(by=olwen, at=NOW - 60 * DAY)
        open_account_of(school, amina, opened_at=NOW - 40 * DAY)
    contexts = [open_context(chromium, PHONE) for _person in (amina, olwen)]
    for context, person in zip(contexts, (amina, olwen), strict=True):
        bring_session(context, sign_in(person), served)
    hers, theirs = (context.new_page() for context in contexts)

    hers.goto(f"{served}/today")
    hers.get_by_role("link", name="Enter your days away").click()
    assert not wrong_with(hers)
    hers.get_by_role("button", name="Save days").click()
    assert "Days away saved. Roles and sign-in don’t change." in hers.inner_text("body")

    theirs.goto(f"{served}/today")
    theirs.get_by_role("link", name="See who is available, day by day").click()
    assert not wrong_with(theirs)
    assert "No lead" in theirs.inner_text("main")
    assert "By role only" in theirs.inner_text("main")
    for context in contexts:
        context.close()
