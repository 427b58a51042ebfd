"""Wildground with its policy in force: who looks after it, a member of staff, how their pages are read."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.policy.models import Attestation
from tests.web.plain import check_page

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def sian(federation, cast, home):
    """A member of the SLT, who looks after the policy; it is in force since yesterday."""
    who = cast("Sian Parry", "slt")
    with scope(federation.pk):
        adopt(by=who, at=NOW - DAY)
    return who


@pytest.fixture
def owner(sian, sign_in):
    return sign_in(sian)


@pytest.fixture
def amina(cast, sian):
    return cast("Amina Khan", "staff")


@pytest.fixture
def hers(amina, sign_in):
    return sign_in(amina)


def shown(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    html = answer.content.decode()
    check_page(html)
    return html


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def words_of(federation):
    with scope(federation.pk):
        return list(
            Attestation.objects.order_by("id").values_list("about_person__name", "kind", "answer", "on_paper")
        )
