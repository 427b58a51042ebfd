"""Status by section: everyone's own part, what is at risk there, and each number with its tasks."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
STATUS = "/today?as=status"


@world()
def two_overdue(at):
    """Wildground with an account that Ben runs, one overdue task of his and one of the SLT's."""
    federation = enter_federation()
    with scope(federation.pk):
        people = {
            "sam": someone("Sam Slater", "slt"),
            "ben": someone("Ben Carter", "lead-staff-member"),
            "gwen": someone("Gwen Governor", "federation-leadership-team"),
            "dan": someone("Dan Doyle", "staff"),
        }
        adopt(by=people["sam"], at=at - 72 * HOUR)
        account_on("bluesky", School.objects.create(name="North", slug="north"), at - 48 * HOUR)
        for number, whose in enumerate(({"person": people["ben"]}, {"role": "slt"}), start=1):
            open_duty(
                kind="accounts.decide", subject=f"publishing.post:{number}", at=at - 2 * HOUR,
                due=Due.at(at - HOUR), clauses=["wildground-accounts-10"], **whose,
            )  # fmt: skip
    return SimpleNamespace(federation=federation, people=people)


@pytest.fixture
def begun(in_world):
    return in_world(two_overdue, NOW)


@pytest.fixture
def federation(request):
    if "house" in request.fixturenames:
        return request.getfixturevalue("begun").federation
    return request.getfixturevalue("make_federation")()


@pytest.fixture
def house(begun, sign_in):
    """A browser for each of its people."""
    return {name: sign_in(person) for name, person in begun.people.items()}


def seen(browser, address=STATUS, language="en"):
    response = browser.get(address)
    html = response.content.decode()
    assert response.status_code == 200, html[:900]
    check_page(html, language)
    return html


def numbers(html, label="Overdue"):
    return [int(found) for found in re.findall(rf'rows=[a-z]+">{label}: (\d+)<', html)]


def test_everyone_reads_their_own_part_and_a_number_opens_its_tasks(house):
    """And nobody else's. What is no number is not found; the record is for people who may open it."""
    gwens, bens = seen(house["gwen"]), seen(house["ben"])
    assert numbers(bens) == [1]
    assert "Your tasks and those of your roles" in bens
    assert numbers(seen(house["sam"])) == numbers(gwens) == [2]
    assert "The whole federation" in gwens
    assert numbers(seen(house["dan"])) == []
    assert "/evidence#section-" in gwens
    assert "/evidence" not in bens

    address = re.search(r'href="(/today\?as=status[^"]+rows=overdue)"', gwens)[1]
    address = address.replace("&amp;", "&")
    theirs = seen(house["gwen"], address)
    assert ("Post 1" in theirs, "Post 2" in theirs) == (True, True)
    mine = seen(house["ben"], address)
    assert ("Post 1" in mine, "Post 2" in mine) == (True, False)
    assert "No tasks are left here" in seen(house["dan"], address)
    for query in ("&rows=overdue", "&section=0&rows=overdue", "&section=1&rows=x", "&period=x"):
        assert house["gwen"].get(STATUS + query).status_code == 404, query


def test_what_is_at_risk_leads_to_where_it_is_mended(house, federation):
    with scope(federation.pk):
        account = account_on("mastodon", School.objects.get(), NOW)
        account.team.all().delete()
    html = seen(house["gwen"])
    assert re.search(r'href="/accounts\?show=nobody">Accounts with no current account lead: \d', html)
    assert "no current account lead" not in seen(house["dan"])


def test_today_leads_there_for_everyone(house):
    for browser in house.values():
        assert 'href="?as=status"' in browser.get("/today").content.decode()


def test_it_speaks_welsh(house, federation):
    with scope(federation.pk):
        Person.objects.filter(name="Gwen Governor").update(language="cy")
    assert "Statws fesul adran" in seen(house["gwen"], language="cy")


def test_without_a_policy_it_says_so(federation, sign_in):
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
    assert "No policy has been adopted here yet" in seen(sign_in(sam))


def test_it_asks_little(house, queries):
    for browser in house.values():
        browser.get(STATUS)
        with queries() as asked:
            browser.get(STATUS)
        assert len([one for one in asked if one["sql"] not in ("BEGIN", "COMMIT")]) <= 25
