"""Wildground with its policy in force: who looks after it, a member of staff, how their pages are read."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import Attestation
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@world()
def policy_known(at: datetime) -> SimpleNamespace:
    """Sian of the SLT looks after the policy, in force since yesterday, and Amina is bound by it."""
    federation = enter_federation()
    with scope(federation.pk):
        sian, amina = someone("Sian Parry", "slt"), someone("Amina Khan", "staff")
        adopt(by=sian, at=at - DAY)
    return SimpleNamespace(federation=federation, sian=sian, amina=amina)


@pytest.fixture
def in_force(in_world, home):
    return in_world(policy_known, NOW)


@pytest.fixture
def sian(in_force):
    return in_force.sian


@pytest.fixture
def owner(sian, sign_in):
    return sign_in(sian)


@pytest.fixture
def amina(in_force):
    return in_force.amina


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
