"""The turn of the year on a phone: leavers, a new head and a class, from one page."""

import re
from datetime import UTC, date, datetime, timedelta

from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Departure, RoleAssignment
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
YEAR = NOW.year + (NOW.month > 9)


def test_somebody_enters_leavers_and_a_new_head_on_a_phone(make_federation, sign_in):
    federation = make_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        Term.objects.create(
            school=school, name="Summer", first_day=date(YEAR, 6, 7), last_day=date(YEAR, 7, 20)
        )
        head, amina = someone("Olwen Price", "headteacher"), someone("Amina Khan", "staff")
        manager, successor = someone("Nia Ward", "slt"), someone("Dilys Vaughan")
        adopt(by=head, at=NOW - 60 * DAY)
        open_account_of(school, amina, opened_at=NOW - 40 * DAY, name="Year 4 news")
    context = open_context()
    bring_session(context, sign_in(manager))
    page = context.new_page()

    page.goto("/people")
    page.get_by_role("link", name="New school year").click()
    assert not wrong_with(page)
    expect(page.locator("main")).to_contain_text("A class label belongs to the account and moves no one up")

    page.locator("summary", has_text="2. Leaving").click()
    page.get_by_role("link", name="Enter several leavers").click()
    assert not wrong_with(page)
    page.get_by_label("Amina Khan").check()
    page.get_by_role("button", name="See what happens").click()
    assert not wrong_with(page)
    expect(page.locator("main")).to_contain_text("Year 4 news")
    page.get_by_role("button", name="Record leavers").click()
    expect(page.locator("body")).to_contain_text("1 leaver recorded.")

    page.locator("summary", has_text="4. Roles ending").click()
    page.get_by_role("link", name=re.compile("Hand over role.*Headteacher, Olwen Price")).click()
    assert not wrong_with(page)
    page.get_by_label("New person in the role").select_option(label="Dilys Vaughan")
    page.get_by_role("button", name="Check dates and tasks").click()
    assert not wrong_with(page)
    page.get_by_role("button", name="Hand over role").click()
    expect(page.locator("body")).to_contain_text("The role is handed over from that date.")

    page.locator("summary", has_text="2. Leaving").click()
    page.get_by_role("button", name="All leavers entered").click()
    expect(page.locator("main")).to_contain_text("Confirmed by Nia Ward")
    assert not wrong_with(page)
    with scope(federation.pk):
        assert Departure.objects.get().person_id == amina.pk
        assert RoleAssignment.objects.get(person=successor).role_key == "headteacher"
    context.close()


def test_a_head_says_the_class_of_an_account_on_a_phone(make_federation, sign_in):
    federation = make_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        head = someone("Olwen Price", "headteacher")
        adopt(by=head, at=NOW - 60 * DAY)
        account = open_account_of(None, head, opened_at=NOW - 40 * DAY, name="Year 4 news")
    context = open_context()
    bring_session(context, sign_in(head))
    page = context.new_page()
    page.goto(f"/accounts/{account.pk}")
    page.get_by_text("Class or year group", exact=True).click()
    page.get_by_role("link", name="See or set the class").click()
    assert not wrong_with(page)
    expect(page.get_by_label("Class or year group")).to_have_value("Year 4")
    page.get_by_role("button", name="Save class").click()
    expect(page.locator("body")).to_contain_text("Class saved.")
    assert not wrong_with(page)
    context.close()
