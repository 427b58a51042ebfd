"""The rota, each step pressed where it stands: set by the head, followed by who is on duty."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

DAY = timedelta(days=1)


@pytest.fixture
def people(make_federation, sign_in):
    """A head at a desk and a teacher on a phone, each on a page of their own."""
    federation, at = make_federation("llanidloes", "llanidloes"), datetime.now(UTC)
    begins = at.date() + 7 * DAY
    with scope(federation.pk):
        school = School.objects.create(name="Oakhill", slug="oakhill", country="wales")
        for name, first, last in (("Now", -60, -1), ("Next", 16, 90)):
            given = {"first_day": begins + first * DAY, "last_day": begins + last * DAY}
            Term.objects.create(school=school, name=name, **given)
        head, tom = someone("Helen Marsh", "headteacher"), someone("Tom Ellery", "staff")
        adopt(by=head, at=at - 60 * DAY)
        open_account_of(school, tom, opened_at=at - 40 * DAY)
    contexts = [open_context(), open_context()]
    for context, person in zip(contexts, (head, tom), strict=True):
        bring_session(context, sign_in(person))
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_a_shift_set_at_a_desk_is_checked_in_for_on_a_phone(people):
    hers, his = people
    hers.goto("/rota")
    assert not wrong_with(hers)
    hers.get_by_role("link", name="Set up a rota").click()
    assert not wrong_with(hers)
    hers.get_by_label("Llanidloes").check()
    hers.get_by_role("button", name="Start rota").click()
    assert not wrong_with(hers)
    hers.get_by_label("Who is on duty?").select_option(label="Tom Ellery")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        hers.get_by_label(day).check()
    hers.get_by_label("Starts at").fill("00:00")
    hers.get_by_label("Ends at").fill("00:00")
    hers.get_by_label("Ends on").select_option(label="Next day")
    hers.get_by_role("button", name="Add shift").click()
    expect(hers.locator("main")).to_contain_text("7 shifts added")
    assert not wrong_with(hers)
    hers.goto("/rota")
    expect(hers.locator("main")).to_contain_text("Tom Ellery")
    assert not wrong_with(hers)

    his.goto("/today")
    expect(his.locator("main")).to_contain_text("You’re on duty until")
    his.get_by_role("button", name="Check in").first.click()
    expect(his.locator("main")).to_contain_text("Checked in")
    assert not wrong_with(his)
    his.goto("/rota")
    expect(his.locator("main")).to_contain_text("Checked in")
    assert not wrong_with(his)
    his.get_by_text("Add to my calendar").click()
    his.get_by_role("button", name="Make a calendar address").click()
    assert not wrong_with(his)
    assert "/rota/" in his.get_by_label("Calendar address").input_value()


def test_a_lead_says_on_a_phone_that_he_is_away_and_the_week_shows_the_gap(people):
    hers, his = people
    his.goto("/today")
    his.get_by_role("link", name="Enter your days away").click()
    assert not wrong_with(his)
    his.get_by_role("button", name="Save days").click()
    expect(his.locator("body")).to_contain_text("Days away saved")
    hers.goto("/today")
    hers.get_by_role("link", name="See who is available, day by day").click()
    expect(hers.locator("main")).to_contain_text("By role only")
