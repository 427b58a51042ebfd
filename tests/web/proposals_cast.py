"""People who propose an account, sign for it and decide, and a proposal as far on as a test needs it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.deciding import sign_proposal
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposing import save_proposal, start_proposal, submit_proposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.conftest import drafted, seen
from tests.accounts.test_wootton import appendix_b
from tests.cast import give, someone
from tests.web.plain import check_page
from tests.worlds import World, enter_federation, world

NOW = datetime.now(UTC)


@pytest.fixture
def at_school(make_federation, sign_in):
    """`at_school("wootton", ann=("Ann Field", "site-author"))`: policy in force, a browser by each key."""

    def enter(key: str, owner: str, **people: tuple[str, ...]) -> SimpleNamespace:
        federation = make_federation(key, key)
        with scope(federation.pk):
            school = School.objects.create(
                name="Wootton Upper", slug="upper", country="wales" if key == "llanidloes" else "england"
            )
            found = {name: someone(*given) for name, given in people.items()}
            found["owner"] = someone("Olwen Price", owner)
            adopt(by=found["owner"], at=NOW)
        browsers = {name: sign_in(person) for name, person in found.items()}
        return SimpleNamespace(
            federation=federation, school=school, people=SimpleNamespace(**found), **browsers
        )

    return enter


WOOTTON = {
    "ann": ("Ann Field", "site-author", "staff"), "lou": ("Lou Grant",),
    "pat": ("Pat Moor", "other-senior-manager"),
    "di": ("Di Rook", "administrator"), "ed": ("Ed Shaw", "administrator"),
    "owner": ("Olwen Price", "principal"),
}  # fmt: skip


@world()
def people_of_wootton(at) -> SimpleNamespace:
    """Who has a part in a proposal there."""
    federation = enter_federation("wootton", "wootton")
    with scope(federation.pk):
        school = School.objects.create(name="Wootton Upper", slug="upper", country="england")
        people = SimpleNamespace(**{name: someone(*given) for name, given in WOOTTON.items()})
        adopt(by=people.owner, at=at)
        give(people.lou, "line-manager", managed=people.ann)
    return SimpleNamespace(federation=federation, school=school, people=people)


@world(people_of_wootton)
def a_draft(cast, at) -> SimpleNamespace:
    """Ann's, with a name alone; `.pk`."""
    ann = cast.people.ann
    with scope(cast.federation.pk):
        draft = start_proposal(by=ann, at=at)
        cast.pk = save_proposal(proposal=draft, by=ann, at=at, name="Art").pk
    return cast


@world(people_of_wootton)
def handed_in(cast, at) -> SimpleNamespace:
    """Appendix B filled in and sent by Ann; `.pk`."""
    ann = cast.people.ann
    with scope(cast.federation.pk):
        answers = answers_of(cast, at)
        proposal = drafted(ann, at, school=cast.school, name="Upper School art", answers=answers)
        cast.pk = submit_proposal(proposal=proposal, by=ann, at=at).pk
    return cast


@world(handed_in)
def signed_by_both(cast, at) -> SimpleNamespace:
    """And signed by both managers."""
    with scope(cast.federation.pk):
        for person in (cast.people.lou, cast.people.pat):
            proposal = Proposal.objects.get(pk=cast.pk)
            sign_proposal(proposal=proposal, by=person, at=at, seen=seen(proposal))
    return cast


@pytest.fixture
def wootton_as(in_world, sign_in):
    """`wootton_as(world)`: Wootton as it is there, a browser by each name."""

    def enter(of: World) -> SimpleNamespace:
        cast = in_world(of, NOW)
        return SimpleNamespace(
            **vars(cast), **{name: sign_in(person) for name, person in vars(cast.people).items()}
        )

    return enter


@pytest.fixture
def wootton(wootton_as) -> SimpleNamespace:
    return wootton_as(people_of_wootton)


@pytest.fixture
def draft(wootton_as) -> SimpleNamespace:
    return wootton_as(a_draft)


@pytest.fixture
def sent(wootton_as) -> SimpleNamespace:
    return wootton_as(handed_in)


@pytest.fixture
def signed(wootton_as) -> SimpleNamespace:
    return wootton_as(signed_by_both)


def answers_of(cast, at) -> dict[str, object]:
    """Appendix B filled in by Ann."""
    people = cast.people
    roles = SimpleNamespace(
        author=people.ann, line_manager=people.lou, owner=people.owner, team=[people.di, people.ed]
    )
    return appendix_b(roles, at)


def form_of(cast, **changes) -> dict[str, object]:
    """Appendix B as the page posts it."""
    posted: dict[str, object] = {
        "name": "Upper School art", "school": cast.school.pk, "network": "noticeboard", "kind": "school",
        "pupils_in_audience": "no",
    }  # fmt: skip
    for key, value in answers_of(cast, NOW).items():
        if key.endswith("_date"):
            posted[f"point-{key}"] = str(value)
        else:
            posted[f"point-{key}"] = {False: "no", True: "yes"}[value] if isinstance(value, bool) else value
    return {**posted, **changes}


def page(browser, name, *args, status: int = 200) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def begun(cast, browser) -> int:
    browser.post(reverse("proposal-new"), {"name": "Art"})
    with scope(cast.federation.pk):
        return Proposal.objects.latest("pk").pk


def sign(browser, pk: int):
    seen = browser.get(reverse("proposal-sign", args=[pk])).context["seen"]
    response = browser.post(reverse("proposal-sign", args=[pk]), {"seen": seen})
    assert response.status_code == 302
    return response
