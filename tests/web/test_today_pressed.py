"""A morning of the person on duty: each step pressed by that person, from the page of today."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.care import look_in
from schoolgate.accounts.models import Account
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import care
from schoolgate.jobs.minutely import duties
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import CHECKS, choose, open_account_of
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.web.test_inbox_pressed import came_in

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def house(make_federation, sign_in):
    """Wildground, which chose 24 hours: a page by hand that Ben leads and nobody has looked in on, and a
    comment of the day before yesterday."""
    federation = make_federation(languages=["en", "cy"])
    with scope(federation.pk):
        sam, ben = someone("Sam Slater", "slt"), someone("Ben Carter", "lead-staff-member")
        choose(adopt(by=sam, at=NOW - 60 * DAY), sam, CHECKS, check_interval_hours=24)
        school = School.objects.create(name="North School", slug="north")
        today = NOW.date()
        set_calendar(school=school, at=NOW, terms=[("Now", today - 60 * DAY, today + 60 * DAY)])
        page = open_account_of(school, ben, opened_at=NOW - 40 * DAY)
        look_in(account=page, by=ben, at=NOW - 3 * DAY)
        came_in(page, "When does the fair begin?", at=NOW - 2 * DAY)
    care(NOW)
    duties(NOW)
    return SimpleNamespace(federation=federation, ben=sign_in(ben), account=page)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def test_a_morning_ends_with_nothing_left(house):
    wrong: list[str] = []
    context = open_context()
    bring_session(context, house.ben)
    page = context.new_page()
    page.goto(reverse("today"))
    wrong += wrong_with(page)
    expect(page.locator("main")).to_contain_text("Getting started")
    press(page, "Hide")
    expect(page.get_by_role("heading", name="Overdue").first).to_be_visible()
    wrong += wrong_with(page)

    press(page, "Read and reply")
    page.fill("#id_text", "At two o'clock on the field.")
    page.get_by_role("group", name="Is it from the press?").get_by_label("No").check()
    press(page, "Save reply and show me how")
    press(page, "I’ve posted the reply")
    expect(page.locator("main")).to_contain_text("Saved under your name.")

    page.goto(reverse("today"))
    assert "Reply to a comment or message" not in page.content()
    page.locator(".sg-task").get_by_role("link", name="Check").first.click()
    page.wait_for_load_state()
    press(page, "Mark as checked")
    page.goto(reverse("today"))
    expect(page.locator("main")).to_contain_text("Nothing else is waiting for you")
    expect(page.locator("main")).to_contain_text("Next school day:")
    wrong += wrong_with(page)

    # Everything is two touches away: "More", then the page.
    page.get_by_role("link", name="More").click()
    page.wait_for_load_state()
    wrong += wrong_with(page)
    page.get_by_role("link", name="Getting started").click()
    page.wait_for_load_state()
    wrong += wrong_with(page)
    context.close()

    with scope(house.federation.pk):
        done = set(LedgerRow.objects.values_list("event", flat=True))
        assert {"item.answered", "duty.discharged"} <= done
        assert Account.objects.get().watched.last_look.at >= NOW
    assert wrong == []
