"""The same pages at Wootton, which signs a long form, and at Learn to Live, which approves nothing."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Proposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import give, someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)
TEXTS = (
    "purpose_reason", "effort_weighed", "success_measure", "under_age_prevention", "under_age_response",
    "department", "aim", "content_description", "contributor_advertising", "security_contributing",
    "security_friends", "ending.what_happens_to_content", "ending.who_closes_it",
    "ending.what_followers_are_told", "host.name",
)  # fmt: skip


def page(browser, name, *args) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def day(key: str, days: int) -> dict[str, str]:
    then = NOW + timedelta(days=days)
    return {f"point-{key}": then.date().isoformat()}


@pytest.fixture
def wootton(make_federation, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        people = SimpleNamespace(
            principal=someone("Olwen Price", "principal"),
            author=someone("Ann Field", "site-author", "staff"),
            manager=someone("Lou Grant"),
            senior=someone("Pat Moor", "other-senior-manager"),
            di=someone("Di Rook", "administrator"),
            ed=someone("Ed Shaw", "administrator"),
        )
        give(people.manager, "line-manager", managed=people.author)
        school = School.objects.create(name="North", slug="north")
        adopt(by=people.principal, at=NOW)
    browsers = {name: sign_in(person) for name, person in vars(people).items()}
    return SimpleNamespace(federation=federation, school=school, people=people, **browsers)


def appendix_b(cast) -> dict[str, object]:
    people, team = cast.people, [cast.people.di.pk, cast.people.ed.pk]
    return {
        "name": "Staff choir",
        "school": cast.school.pk,
        "network": "noticeboard",
        "kind": "school",
        "pupils_in_audience": "no",
        **{f"point-{key}": "As we agreed." for key in TEXTS},
        "point-reason_kind": "pedagogical",
        "point-hours_per_week": "2",
        "point-accountable_manager": people.principal.pk,
        "point-author": people.author.pk,
        "point-line_manager": people.manager.pk,
        "point-administrators": team,
        "point-moderators": team,
        "point-audience": ["own_pupils", "own_staff"],
        "point-audience.pupil_ages": "14-16",
        "point-contributors": ["own_staff"],
        "point-contributors.what_each_may_do": ["own_staff"],
        "point-vulnerable_adults_contribute": "no",
        "point-host": "school",
        **day("go_live_date", 30),
        **day("closure_date", 400),
        **day("evaluation_date", 200),
    }


def test_woottons_form_is_filled_in_signed_and_decided_on_its_pages(wootton):
    wootton.author.post(reverse("proposal-new"), {"name": "Choir"})
    with scope(wootton.federation.pk):
        pk = Proposal.objects.get().pk
    saved = wootton.author.post(reverse("proposal-edit", args=[pk]), appendix_b(wootton))
    assert saved.status_code == 302
    assert 'value="14-16"' in page(wootton.author, "proposal-part", pk, "2")
    assert wootton.author.post(reverse("proposal-submit", args=[pk])).status_code == 302

    decide = wootton.principal.get(reverse("proposal-decide", args=[pk]))
    early = {"answer": "yes", "strong": "yes", "seen": decide.context["seen"]}
    refused = wootton.principal.post(reverse("proposal-decide", args=[pk]), early)
    assert refused.status_code == 409
    assert "Line Manager" in refused.content.decode(), "who signs first"

    for browser in (wootton.manager, wootton.senior):
        assert "Read and sign" in page(browser, "proposal", pk)
        shown = page(browser, "proposal-sign", pk)
        seen = re.search(r'name="seen" value="(\w+)"', shown)[1]
        assert browser.post(reverse("proposal-sign", args=[pk]), {"seen": seen}).status_code == 302
        assert "Read and sign" not in page(browser, "proposal", pk)

    covers = {"covers": ["audience", "contributors", "purpose", "content"]}
    assert "Did you discuss this with the author?" in page(wootton.principal, "proposal", pk)
    assert wootton.principal.post(reverse("proposal-talk", args=[pk]), covers).status_code == 302
    decide = wootton.principal.get(reverse("proposal-decide", args=[pk]))
    given = {"answer": "yes", "strong": "yes", "seen": decide.context["seen"]}
    assert wootton.principal.post(reverse("proposal-decide", args=[pk]), given).status_code == 302

    done = page(wootton.author, "proposal", pk)
    assert done.count("Lou Grant") >= 1
    with scope(wootton.federation.pk):
        assert Account.objects.get().team.count() == 5


@pytest.fixture
def learn_to_live(make_federation, sign_in):
    federation = make_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        people = SimpleNamespace(
            head=someone("Olwen Price", "headteacher"),
            rob=someone("Rob Keane", "staff"),
            network=someone("Nia Webb", "network-manager"),
        )
        school = School.objects.create(name="North", slug="north")
        adopt(by=people.head, at=NOW)
    browsers = {name: sign_in(person) for name, person in vars(people).items()}
    return SimpleNamespace(federation=federation, school=school, people=people, **browsers)


def test_at_learn_to_live_notice_and_leave_take_the_place_of_approval(learn_to_live):
    cast = learn_to_live
    cast.rob.post(reverse("proposal-new"), {"name": "Choir"})
    with scope(cast.federation.pk):
        pk = Proposal.objects.get().pk
    listed = page(cast.rob, "proposal", pk)
    assert reverse("proposal-part", args=[pk, "weighed"]) in listed
    assert reverse("proposal-part", args=[pk, "1"]) not in listed, "the policy asks for nothing to be stated"
    cast.rob.post(
        reverse("proposal-edit", args=[pk]),
        {
            "name": "Year 4",
            "school": cast.school.pk,
            "network": "noticeboard",
            "kind": "teaching",
            "pupils_in_audience": "no",
        },
    )
    cast.rob.post(reverse("proposal-submit", args=[pk]))
    with scope(cast.federation.pk):
        account = Account.objects.get().pk
    answers = {
        "login_is_private": "no", "lets_pupils_in": "yes", "uses_name": "yes", "uses_logo": "no",
        "separate_account": "yes", "shares_with_personal": "no", "acceptable_use_link": "school_website",
    }  # fmt: skip
    assert cast.rob.post(reverse("account-setup", args=[account]), answers).status_code == 302
    assert cast.rob.post(reverse("account-open", args=[account])).status_code == 409

    [choices] = [field.field.choices for field in cast.rob.get(reverse("account-notice", args=[account]))
                 .context["form"] if field.name == "to"]  # fmt: skip
    assert choices == [
        (str(cast.people.network.pk), "Nia Webb (Network Manager)"), (str(cast.people.head.pk), "Olwen Price")
    ]  # fmt: skip
    told = {"to": cast.people.network.pk, "address": "https://a.example/y4", "identity": "@y4"}
    assert cast.rob.post(reverse("account-notice", args=[account]), told).status_code == 302
    assert "Give permission" in page(cast.head, "account", account)
    assert "Give permission" not in page(cast.rob, "account", account)
    assert cast.rob.post(reverse("account-leave", args=[account]), {"asset": "name"}).status_code == 404
    assert cast.head.post(reverse("account-leave", args=[account]), {"asset": "name"}).status_code == 302

    assert cast.rob.post(reverse("account-open", args=[account])).status_code == 302
