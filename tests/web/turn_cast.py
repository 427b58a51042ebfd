"""A federation before the summer, and how the pages of the turn of the year are read, for their tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from schoolgate.core.models import School, Term
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import open_account_of
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.worlds import InWorld, enter_federation, world

NOW = datetime.now(UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
YEAR = TODAY.year + (TODAY.month > 9)
SUMMER_ENDS = date(YEAR, 7, 20)
FIRST = date(YEAR, 9, 1)
AHEAD = max(FIRST, TODAY + DAY)
"""The first of September of the turn, or tomorrow where that is over."""
IN_TURN = min(AHEAD, date(YEAR, 9, 30))
"""The same day, or the last one of the turn, which may be today."""
SUMMER = datetime(YEAR, 7, 20, 12, tzinfo=UTC)


@world()
def before_summer(at: datetime, key: str, head: str, role: str) -> SimpleNamespace:
    """A federation before its summer: its policy, the role of two heads, and of an account's lead."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        Term.objects.create(school=school, name="Summer", first_day=date(YEAR, 6, 7), last_day=SUMMER_ENDS)
        olwen, second = someone("Olwen Price", head), someone("Sian Rees", head)
        amina = someone("Amina Khan", role)
        adopt(by=olwen, at=at - 90 * DAY)
        account = open_account_of(school, amina, opened_at=at - 60 * DAY, name="Year 4 news")
    return SimpleNamespace(
        federation=federation, school=school, account=account, olwen=olwen, second=second, amina=amina,
        head=head,
    )  # fmt: skip


@pytest.fixture
def at_policy(in_world: InWorld, sign_in: Any) -> Callable[[str, str, str], SimpleNamespace]:
    """`at_policy(key, head, role)`: that federation, with the browsers of its head and of the lead."""
    entered: list[str] = []

    def enter(*words: str) -> SimpleNamespace:
        found = before_summer.build(NOW, *words) if entered else in_world(before_summer, NOW, *words)
        entered.extend(words)
        found.owner, found.lead = sign_in(found.olwen), sign_in(found.amina)
        return found

    return enter


@pytest.fixture
def wildground(at_policy: Callable[[str, str, str], SimpleNamespace]) -> SimpleNamespace:
    return at_policy("wildground", "slt", "lead-staff-member")


def page(browser: Any, name: str = "year-turn", *args: Any) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return in_a_line(html)


def in_a_line(html: str) -> str:
    return " ".join(shown_by(html).split())


def day_fields(name: str, day: date) -> dict[str, int]:
    return {name: day.isoformat()}


def point(words: str, title: str, following: str = "") -> str:
    found = words.partition(title)[2]
    return found.partition(following)[0] if following else found
