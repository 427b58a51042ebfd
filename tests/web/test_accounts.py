"""The pages of proposals and accounts, walked as the people whose steps they are."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Proposal, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


@world()
def four_people(at):
    """Wildground with its policy in force, and four people."""
    federation = enter_federation()
    with scope(federation.pk):
        people = SimpleNamespace(
            slt=someone("Sian Parry", "slt"),
            amina=someone("Amina Khan", "staff"),
            bryn=someone("Bryn Ellis", "staff"),
            opener=someone("Mari Lewis", "administrator-moderator"),
        )
        school = School.objects.create(name="North", slug="north")
        version = adopt(by=people.slt, at=at)
    return SimpleNamespace(federation=federation, school=school, version=version, people=people)


@pytest.fixture
def wildground(in_world, sign_in):
    return There(**vars(in_world(four_people, NOW)), sign_in=sign_in)


def filled_in(cast, **changes):
    return {
        "name": "Year 4",
        "school": cast.school.pk,
        "network": "noticeboard",
        "kind": "school",
        "pupils_in_audience": "no",
        "point-aim": "To show families what Year 4 does.",
        "point-intended_audience": "Families",
        "point-promotion": "In the newsletter.",
        "point-run_by": [cast.people.amina.pk, cast.people.bryn.pk],
        "point-visibility": "open",
        **changes,
    }


@pytest.fixture
def draft(wildground) -> Proposal:
    response = wildground.amina.post(reverse("proposal-new"), {"name": "Year 4"})
    with scope(wildground.federation.pk):
        proposal = Proposal.objects.get()
    assert response["Location"] == reverse("proposal-part", args=[proposal.pk, "1"])
    return proposal


def page(browser, name, *args) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_the_form_asks_the_policys_own_points_with_their_clauses_and_says_what_is_missing(wildground, draft):
    clause = "Applicants must state in the business case what the account is for."
    html = page(wildground.amina, "proposal-part", draft.pk, "1")
    assert "What the account should achieve" in html
    assert f"Process for creating new accounts: {clause}" in html

    edit = reverse("proposal-edit", args=[draft.pk])
    wildground.amina.post(edit, filled_in(wildground, **{"point-aim": ""}))
    shown = page(wildground.amina, "proposal-check", draft.pk)
    there = reverse("proposal-part", args=[draft.pk, "1"]) + "?then=check#id_point-aim"
    assert f'<a href="{there}">What the account should achieve</a>' in shown
    refused = wildground.amina.post(reverse("proposal-submit", args=[draft.pk]))
    assert refused.status_code == 409
    assert clause in refused.content.decode()
    typed = filled_in(wildground, youngest_pupil="ninety")
    assert wildground.amina.post(edit, typed).status_code == 422

    for name in ("proposal", "proposal-edit", "proposal-submit", "proposal-sign", "proposal-decide"):
        ask = wildground.bryn.post if name in ("proposal-submit", "proposal-sign") else wildground.bryn.get
        assert ask(reverse(name, args=[draft.pk])).status_code == 404, "a draft is nobody else's business"

    taken_back = reverse("proposal-withdraw", args=[draft.pk])
    assert wildground.bryn.post(taken_back).status_code == 404
    assert wildground.amina.post(taken_back).status_code == 302
    assert "Withdrawn" in page(wildground.amina, "proposal", draft.pk)


def test_from_a_proposal_to_the_public_register(wildground, draft, client):
    wildground.amina.post(reverse("proposal-edit", args=[draft.pk]), filled_in(wildground))
    wildground.amina.post(reverse("proposal-submit", args=[draft.pk]))
    assert "Decide on an account proposal" in page(wildground.slt, "today")
    refused = wildground.amina.get(reverse("proposal-decide", args=[draft.pk]))
    assert refused.status_code == 403
    assert "Sian Parry" in refused.content.decode(), "who to ask"

    for name in ("amina", "bryn"):
        browser = getattr(wildground, name)
        for kind in ("policy_read", "policy_understood"):
            browser.post(reverse("policy-vouch"), {"kind": kind, "version": wildground.version.pk})
        person = getattr(wildground.people, name)
        wildground.slt.post(reverse("record-training", args=[person.pk]))

    assert "Nothing to do" in page(wildground.bryn, "today"), "who is ready"

    decide = wildground.slt.get(reverse("proposal-decide", args=[draft.pk]))
    said = shown_by(decide.content.decode()).split("If approved:")[1]
    assert "What the policy says:" in said
    assert "who decides" not in said
    assert "has opened the proposal" not in said
    given = {"answer": "yes", "seen": decide.context["seen"]}
    wildground.slt.post(reverse("proposal-decide", args=[draft.pk]), given)
    with scope(wildground.federation.pk):
        account = Account.objects.get()

    wildground.opener.post(
        reverse("account-setup", args=[account.pk]),
        {"login_is_private": "no", "says_who_runs_it": "yes", "contact": "The office"},
    )
    opened = wildground.opener.post(reverse("account-open", args=[account.pk]))

    assert opened.status_code == 302
    public = client.get(reverse("register", args=["wildground"])).content.decode()
    assert "Year 4" in public
    assert "Amina Khan" not in public
    [told] = client.get(reverse("register-json", args=["wildground"])).json()["accounts"]
    assert "Amina Khan" not in str(told)
    assert (
        told
        | {
            "name": "Year 4",
            "network": "Noticeboard",
            "handle": "",
            "address": "http://testserver/wildground/noticeboard/north/",
            "school": "North",
            "purpose": "To show families what Year 4 does.",
            "contact": "The office",
        }
        == told
    )


def test_opening_too_early_says_what_is_waited_for(wildground):
    with scope(wildground.federation.pk):
        account = Account.objects.create(
            school=wildground.school, name="Year 4", network="noticeboard", kind="school", made_at=NOW
        )
        for person in (wildground.people.amina, wildground.people.bryn):
            TeamMember.objects.create(account=account, person=person, part="lead", from_day=NOW.date())
    response = wildground.opener.post(reverse("account-open", args=[account.pk]))

    assert response.status_code == 409
    assert "Waiting for" in response.content.decode()


def test_another_federations_account_is_not_there(wildground, make_federation):
    with scope(make_federation("llanidloes", "llanidloes").pk):
        other = Account.objects.create(name="Y4", network="noticeboard", kind="school", made_at=NOW)

    assert wildground.opener.get(reverse("account", args=[other.pk])).status_code == 404


def test_the_lists_ask_as_often_for_one_row_as_for_six(wildground, client, same_queries):
    def more(first: int, last: int) -> None:
        with scope(wildground.federation.pk):
            for number in range(first, last):
                account = Account.objects.create(
                    school=wildground.school, name=f"A {number}", network="noticeboard", kind="school",
                    made_at=NOW, state="open", opened_at=NOW, opened_by=wildground.people.slt,
                )  # fmt: skip
                TeamMember.objects.create(
                    account=account, person=wildground.people.amina, part="lead", from_day=NOW.date()
                )
                Proposal.objects.create(
                    by=wildground.people.slt, school=wildground.school, started_at=NOW, saved_at=NOW
                )

    more(0, 1)
    lists = [
        (wildground.slt, reverse("accounts")),
        (wildground.slt, reverse("proposals")),
        (client, reverse("register", args=["wildground"])),
        (client, reverse("register-json", args=["wildground"])),
    ]
    for browser, address in lists[::2]:
        assert browser.get(address).status_code == 200
    same_queries(lambda: [browser.get(address) for browser, address in lists], lambda: more(1, 6))


def test_the_lists_go_on_over_their_pages(wildground, client):
    with scope(wildground.federation.pk):
        Account.objects.bulk_create(
            Account(
                name=f"A {number:03}", network="noticeboard", kind="school", made_at=NOW, state="open",
                opened_at=NOW, opened_by=wildground.people.slt,
            )
            for number in range(60)
        )  # fmt: skip
    first = client.get(reverse("register-json", args=["wildground"])).json()
    second = client.get(first["next"]).json()

    names = [row["name"] for row in first["accounts"] + second["accounts"]]
    assert names == [f"A {number:03}" for number in range(60)]
    assert second["next"] is None


def test_a_key_that_is_none_of_ours_and_a_federation_that_does_not_exist_are_not_there(wildground, client):
    for query in ("name=x&id=y", "name=x", "name=%00&id=1", "name=x&id=99999999999999999999"):
        assert client.get(f"{reverse('register', args=['wildground'])}?{query}").status_code == 404, query
    assert client.get(reverse("register", args=["nowhere"])).status_code == 404


def test_keys_are_given_only_by_those_who_keep_them(wildground):
    with scope(wildground.federation.pk):
        account = Account.objects.create(name="Y4", network="bluesky", kind="school", made_at=NOW)

    assert wildground.amina.get(reverse("account-connect", args=[account.pk])).status_code == 403
    assert wildground.opener.get(reverse("account-connect", args=[account.pk])).status_code == 200
