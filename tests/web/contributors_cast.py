"""An open account that Mia moderates, and people outside it who ask for access."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Admission, Proposal, SmallProposal, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.asking import record_decision
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


def page(browser, name, *args, status=200, language="en", **asked) -> str:
    response = browser.get(reverse(name, args=args), asked)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html, language)
    return html


def post(browser, where, *args, status=302, **given) -> str:
    response = browser.post(reverse(where, args=args), given)
    assert response.status_code == status
    return response.content.decode()


def requests_of(account: int) -> str:
    return f"{reverse('admissions')}?account={account}"


ROLES = {
    "wootton": {
        "head": ("Olwen Price", "principal"), "mia": ("Mia Lowe", "moderator", "staff"),
        "vera": ("Vera Finch", "vetter-of-external-contributors"), "amy": ("Amy Reed", "staff"),
    },
    "wildground": {
        "head": ("Sam Slater", "slt"), "mia": ("Mia Lowe", "administrator-moderator"),
        "amy": ("Amy Reed", "staff"),
    },
    "llanidloes": {"head": ("Olwen Price", "headteacher"), "mia": ("Mia Lowe", "moderator")},
}  # fmt: skip


@world()
def moderated_by_mia(at, key: str) -> SimpleNamespace:
    """A federation with one open account that Mia moderates, and its people."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        people = {name: someone(*given) for name, given in ROLES[key].items()}
        school = School.objects.create(name="North", slug="north")
        version = adopt(by=people["head"], at=at)
        form = Proposal.objects.create(
            by=people["mia"], school=school, name="Science club", network="facebook", kind="school",
            answers={"vetter": people["vera"].pk} if "vera" in people else {}, started_at=at, saved_at=at,
        )  # fmt: skip
        Proposal.objects.filter(pk=form.pk).update(
            state="approved", version=version, submitted_at=at, decided_at=at, decided_by=people["head"],
            decision=record_decision("account.decide", {}, at=at, by=people["head"], subject=form),
        )  # fmt: skip
        account = Account.objects.create(
            name="Science club", network="facebook", kind="school", school=school, state="open",
            proposal=form, made_at=at, opened_at=at, opened_by=people["head"],
        )  # fmt: skip
        TeamMember.objects.create(account=account, person=people["mia"], part="moderator", from_day=at.date())
    return SimpleNamespace(federation=federation, account=account.pk, people=SimpleNamespace(**people))


def moderated(in_world, sign_in, key: str) -> There:
    """That world, with a browser for each of its people."""
    return There(**vars(in_world(moderated_by_mia, NOW, key)), sign_in=sign_in)


@pytest.fixture
def wootton(in_world, sign_in):
    return moderated(in_world, sign_in, "wootton")


@pytest.fixture
def wildground(in_world, sign_in):
    return moderated(in_world, sign_in, "wildground")


def entered(cast, **changes) -> int:
    given = {
        "who": "D. Frey", "asked_for": "friend", "kind": "person", "relation": "other",
        "known_how": "Helps at the club.", **changes,
    }  # fmt: skip
    assert cast.mia.post(requests_of(cast.account), given).status_code == 302
    with scope(cast.federation.pk):
        return Admission.objects.latest("pk").pk


def small_of(cast) -> int:
    with scope(cast.federation.pk):
        return SmallProposal.objects.latest("pk").pk
