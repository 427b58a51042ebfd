"""A leaver on Friday with three accounts: each step clicked by the person whose step it is.

The account that is shut is gone from the public register, the two that were passed on stand there still.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.conftest import ready
from tests.cast import someone
from tests.conftest import as_owner, deliver_all
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

pytestmark = pytest.mark.timeout(300)
NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(hours=2)
NAMES = ("Forest School", "Reading Club", "Year 4")


@pytest.fixture
def house(own_database):
    """Wildground with three accounts that Priya leads alone; Joe runs handovers, Tom is ready to lead."""
    with as_owner() as owner:
        owner.execute(
            "INSERT INTO core_federation (slug, name, policy_key, languages, is_example)"
            " VALUES ('wildground', 'Wildground Federation', 'wildground', '{en,cy}', true)"
        )
    federation = Federation.objects.get()
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        people = {
            "hanna": someone("Hanna Head", "slt"),
            "priya": someone("Priya Nair", "staff", "lead-staff-member"),
            "joe": someone("Joe Lister", "administrator-moderator"),
            "tom": someone("Tom Ellery", "staff"),
        }
        version = adopt(by=people["hanna"], at=BEFORE)
        ready(people["tom"], version, trained_by=people["hanna"], at=BEFORE)
        for name in NAMES:
            account = Account.objects.create(
                school=school, name=name, network="noticeboard", kind="school", state="open",
                made_at=BEFORE, opened_at=BEFORE, opened_by=people["hanna"],
            )  # fmt: skip
            TeamMember.objects.create(
                account=account, person=people["priya"], part="lead", from_day=local_day(BEFORE)
            )
    return federation, people


@pytest.fixture
def tab(house, sign_in):
    """`tab("joe")`: that person's own browser on the program, signed in."""
    opened = []

    def open_one(key=""):
        context = open_context()
        if key:
            bring_session(context, sign_in(house[1][key]))
        page = context.new_page()
        page.at = page.goto
        opened.append(context)
        return page

    yield open_one
    for context in opened:
        context.close()


def look(page):
    """The page is readable by everybody, and says no word of the machine's."""
    assert wrong_with(page) == []


def open_handover(page, name):
    page.at("/today")
    page.get_by_role("link", name=re.compile(f"See what to do .*{name}")).click()


def test_a_leaver_on_friday_with_three_accounts(house, tab):
    federation, people = house
    priya = tab("priya")
    priya.at("/today")
    assert "/today" in priya.url

    hanna = tab("hanna")
    hanna.at(f"/people/{people['priya'].pk}")
    hanna.get_by_role("link", name="Away or leaving").click()
    hanna.get_by_role("link", name="For good").click()
    for name in NAMES:
        expect(hanna.get_by_role("link", name=name)).to_be_visible()
    expect(hanna.get_by_text("Joe Lister")).to_have_count(3)
    look(hanna)
    hanna.get_by_role("button", name="Record leaver").click()
    deliver_all(federation.pk, NOW)
    hanna.reload()
    expect(hanna.get_by_text("Accounts to hand over")).to_be_visible()
    look(hanna)
    hanna.get_by_role("link", name=NAMES[0]).click()
    expect(hanna.get_by_text("At risk")).to_be_visible()
    look(hanna)
    hanna.at(f"/people/{people['tom'].pk}/away?for=leave")
    look(hanna)

    priya.at("/today")
    assert "/today" not in priya.url.split("?")[0]  # signed out at once

    joe = tab("joe")
    joe.at("/today")
    expect(joe.get_by_role("link", name="See what to do")).to_have_count(3)
    for name in NAMES[:2]:
        open_handover(joe, name)
        joe.get_by_label("Who will be responsible for the account?").select_option(label="Tom Ellery")
        joe.get_by_role("button", name="Name person").click()
        look(joe)
        joe.get_by_role("button", name="Hand over the account to Tom Ellery").click()
        expect(joe.get_by_text("Handed over").first).to_be_visible()
    open_handover(joe, NAMES[2])
    joe.get_by_role("button", name="Close account permanently").click()
    expect(joe.get_by_text("Nothing is saved yet.")).to_be_visible()
    joe.get_by_role("button", name="Close account permanently").click()
    look(joe)
    joe.at("/accounts")
    expect(joe.get_by_role("table").get_by_text("At risk")).to_have_count(0)

    tom = tab("tom")
    tom.at("/accounts")
    assert tom.get_by_text("Tom Ellery").count() >= 2
    visitor = tab()
    visitor.at("/wildground/register")
    assert [visitor.get_by_text(name).count() > 0 for name in NAMES] == [True, True, False]
