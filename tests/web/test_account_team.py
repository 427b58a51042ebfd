"""Somebody is taken off those who run an account, by whoever opens accounts there; the last lead never."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from tests.cast import someone
from tests.conftest import recorded
from tests.days import today
from tests.web.plain import check_page

NOW = datetime.now(UTC)


@pytest.fixture
def forest(federation):
    """Wildground, with an account that Priya leads and Tom helps to run."""
    with scope(federation.pk):
        people = {
            "head": someone("Hanna Head", "slt"),
            "opener": someone("Mari Lewis", "administrator-moderator"),
            "priya": someone("Priya Nair", "staff"),
            "tom": someone("Tom Ellery", "staff"),
        }
        adopt(by=people["head"], at=NOW - timedelta(days=9))
        people["account"] = account = Account.objects.create(
            school=School.objects.create(name="North", slug="north"), name="Forest School",
            network="noticeboard", kind="school", state="open", made_at=NOW, opened_at=NOW,
            opened_by=people["head"],
        )  # fmt: skip
        for name, part in (("priya", "lead"), ("tom", "runner")):
            people[f"{name}_part"] = TeamMember.objects.create(
                account=account, person=people[name], part=part, from_day=today() - timedelta(days=9)
            )
    return people


def off(forest, name):
    return f"/accounts/{forest['account'].pk}/team/{forest[f'{name}_part'].pk}/off"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_of_the_account_leads_there_and_says_what_it_means(forest, sign_in, language):
    browser = sign_in(forest["opener"])
    browser.cookies["django_language"] = language
    assert off(forest, "tom") in browser.get(f"/accounts/{forest['account'].pk}").content.decode()
    page = browser.get(off(forest, "tom")).content.decode()
    check_page(page, language)
    assert "Tom Ellery" in page


def test_a_part_ends_today_and_the_record_has_it(federation, forest, sign_in):
    answer = sign_in(forest["opener"]).post(off(forest, "tom"), follow=True)
    assert "They leave this account’s team today." in answer.content.decode()
    with scope(federation.pk):
        forest["tom_part"].refresh_from_db()
        assert forest["tom_part"].to_day == today()
        assert "account.team_changed" in [row.event for row in recorded()]


def test_the_last_lead_stays(federation, forest, sign_in):
    answer = sign_in(forest["opener"]).post(off(forest, "priya"))
    assert answer.status_code == 409
    assert "Add another account lead first." in answer.content.decode()
    with scope(federation.pk):
        forest["priya_part"].refresh_from_db()
        assert forest["priya_part"].to_day is None


def test_a_part_that_has_ended_is_not_there(forest, sign_in):
    browser = sign_in(forest["opener"])
    browser.post(off(forest, "tom"))
    assert browser.post(off(forest, "tom")).status_code == 404


@pytest.mark.parametrize("name", ["tom", "priya"])
def test_who_opens_no_accounts_is_refused_and_sees_no_way_there(forest, sign_in, name):
    browser = sign_in(forest[name])
    assert browser.post(off(forest, "tom")).status_code == 403
    assert off(forest, "tom") not in browser.get(f"/accounts/{forest['account'].pk}").content.decode()
