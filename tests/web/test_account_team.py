"""Somebody is taken off those who run an account, by whoever opens accounts there; the last lead never."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
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


def test_the_page_of_the_account_leads_there_and_says_what_it_means_to_who_opens_accounts_alone(
    forest, sign_in
):
    account = f"/accounts/{forest['account'].pk}"
    browser = sign_in(forest["opener"])
    for language in ("en", "cy"):
        browser.cookies["django_language"] = language
        assert off(forest, "tom") in browser.get(account).content.decode()
        page = browser.get(off(forest, "tom")).content.decode()
        check_page(page, language)
        assert "Tom Ellery" in page

    for name in ("tom", "priya"):
        browser = sign_in(forest[name])
        assert browser.post(off(forest, "tom")).status_code == 403, name
        assert off(forest, "tom") not in browser.get(account).content.decode(), name


def test_a_part_ends_today_once_the_record_has_it_and_the_last_lead_stays(federation, forest, sign_in):
    browser = sign_in(forest["opener"])
    answer = browser.post(off(forest, "tom"), follow=True)
    assert "They leave this account’s team today." in answer.content.decode()
    with scope(federation.pk):
        forest["tom_part"].refresh_from_db()
        assert forest["tom_part"].to_day == today()
        assert "account.team_changed" in [row.event for row in recorded()]
    assert browser.post(off(forest, "tom")).status_code == 404

    answer = browser.post(off(forest, "priya"))
    assert answer.status_code == 409
    assert "Add another account lead first." in answer.content.decode()
    with scope(federation.pk):
        forest["priya_part"].refresh_from_db()
        assert forest["priya_part"].to_day is None
