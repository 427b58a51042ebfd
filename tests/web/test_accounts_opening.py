"""The pages on which an account is opened: one screen, one picture, and what the program reads itself."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.accounts.models import Account, PagePicture, ProfileRead, Proposal, Seen, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.web.things import png
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


@world()
def account_waits(at, key, network, owner, opener, country="england"):
    """One account that waits to be opened, and who may."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        people = SimpleNamespace(
            owner=someone("Olwen Price", owner),
            opener=someone("Mari Lewis", opener),
            outsider=someone("Dan Fry", "staff"),
        )
        school = School.objects.create(
            name="Ysgol Gynradd Llanidloes" if key == "llanidloes" else "North", slug="north",
            country=country, languages=["en", "cy"],
        )  # fmt: skip
        adopt(by=people.owner, at=at)
        account = Account.objects.create(
            school=school, name="Year 4", network=network, kind="school", made_at=at,
            contact="the office", pupils_in_audience=False,
        )  # fmt: skip
        TeamMember.objects.create(account=account, person=people.opener, part="lead", from_day=at.date())
    return SimpleNamespace(federation=federation, school=school, account=account, people=people)


BOROUGHBRIDGE = (
    "boroughbridge",
    "facebook",
    "staff-lead-director-of-business-services",
    "lead-member-of-staff",
)
LLANIDLOES = ("llanidloes", "noticeboard", "headteacher", "staff", "wales")
WOOTTON = ("wootton", "noticeboard", "principal", "administrator")


@pytest.fixture
def boroughbridge(in_world, sign_in):
    return There(**vars(in_world(account_waits, NOW, *BOROUGHBRIDGE)), sign_in=sign_in)


@pytest.fixture
def llanidloes(in_world, sign_in):
    return There(**vars(in_world(account_waits, NOW, *LLANIDLOES)), sign_in=sign_in)


def page(browser, name, *args) -> str:
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_setting_up_is_a_task_list_with_pages_that_help_to_answer(boroughbridge):
    listed = boroughbridge.opener.get(reverse("account-setup", args=[boroughbridge.account.pk]))
    check_page(listed.content.decode())
    tasks = {task.key: str(task.status) for task in listed.context["tasks"]}
    assert tasks == {"where": "In progress", "settings": "Not started", "page": "Not started"}

    html = page(boroughbridge.opener, "account-setup-part", boroughbridge.account.pk, "page")
    assert "No one monitors this page round the clock." in html
    assert "If something here worries you, please contact the office." in html
    assert "should tell visitors on each account that it is not monitored round the clock." in html
    html = page(boroughbridge.opener, "account-setup-part", boroughbridge.account.pk, "settings")
    assert "terms of service of the network" in html
    shown = shown_by(html)
    assert "13 years." in shown
    assert "Visitor posts" in shown
    assert "This page is out of date. Check the network." in shown
    assert "For your own records: no rule needs it." in shown
    assert "Read its page now" not in shown, "no program reads this network"
    assert (
        boroughbridge.opener.post(reverse("account-read", args=[boroughbridge.account.pk])).status_code == 404
    )


def test_each_page_is_saved_on_its_own_and_leaves_the_others(boroughbridge):
    pk = boroughbridge.account.pk

    def save(key: str, **given: str):
        return boroughbridge.opener.post(reverse("account-setup-part", args=[pk, key]), given)

    assert save("where", contact="The office", address="http//nowhere").status_code == 422
    following = save("where", contact="The office", handle="@y4", address="https://www.facebook.com/y4")
    assert following["Location"] == reverse("account-setup-part", args=[pk, "settings"])
    assert save("settings", login_is_private="perhaps").status_code == 422
    assert save("settings", login_is_private="no").status_code == 302
    assert save("page", says_who_runs_it="yes", says_not_always_watched="yes").status_code == 302
    with scope(boroughbridge.federation.pk):
        boroughbridge.account.refresh_from_db()
        assert (boroughbridge.account.contact, boroughbridge.account.handle) == ("The office", "@y4")
        assert boroughbridge.account.setup["login_is_private"] is False
        assert Seen.objects.filter(key="login_is_private").count() == 1, "nobody says again what others ask"
    tasks = boroughbridge.opener.get(reverse("account-setup", args=[pk])).context["tasks"]
    assert str(next(task.status for task in tasks if task.key == "where")) == "Completed"
    assert boroughbridge.opener.get(reverse("account-setup-part", args=[pk, "party"])).status_code == 404
    assert boroughbridge.outsider.get(reverse("account-setup-part", args=[pk, "page"])).status_code == 403


def test_a_picture_is_kept_with_the_answers_and_shown_inside_only(boroughbridge, client):
    given = {
        "login_is_private": "no", "says_who_runs_it": "yes", "handle": "@y4", "address": "",
        "contact": "The office", "picture": SimpleUploadedFile("page.png", png(), "image/png"),
    }  # fmt: skip
    address = reverse("account-setup", args=[boroughbridge.account.pk])
    assert boroughbridge.opener.post(address, given).status_code == 302
    with scope(boroughbridge.federation.pk):
        kept = PagePicture.objects.get()

    shown = shown_by(page(boroughbridge.opener, "account", boroughbridge.account.pk))
    assert "Screenshot of its page" in shown
    assert "Recorded by Mari Lewis" in shown
    there = reverse("account-picture", args=[boroughbridge.account.pk, kept.pk])
    assert b"".join(boroughbridge.opener.get(there).streaming_content)
    assert boroughbridge.outsider.get(there).status_code == 404
    assert client.get(there).status_code == 302
    outside = page(boroughbridge.outsider, "account", boroughbridge.account.pk)
    assert "Profile checks" not in shown_by(outside)


def test_what_is_no_picture_is_said_beside_its_field_and_nothing_is_kept(boroughbridge):
    given = {
        "login_is_private": "no",
        "picture": SimpleUploadedFile("page.png", b"no picture at all", "image/png"),
    }
    address = reverse("account-setup", args=[boroughbridge.account.pk])
    assert boroughbridge.opener.post(address, given).status_code == 422
    given["picture"].seek(0)
    assert boroughbridge.outsider.post(address, given).status_code == 403
    with scope(boroughbridge.federation.pk):
        assert not PagePicture.objects.exists()
        assert not Seen.objects.exists()


def test_nobody_is_asked_where_our_own_noticeboard_is(llanidloes):
    page = llanidloes.opener.get(f"/accounts/{llanidloes.account.pk}/setup/where").content.decode()
    assert 'name="contact"' in page
    assert 'name="address"' not in page
    assert 'name="handle"' not in page
    where = "http://testserver/llanidloes/noticeboard/north/"
    assert f'href="{where}"' in llanidloes.opener.get(f"/accounts/{llanidloes.account.pk}").content.decode()


def test_the_program_reads_its_own_noticeboard_and_says_so(llanidloes):
    address = reverse("account-read", args=[llanidloes.account.pk])
    assert llanidloes.opener.post(address).status_code == 302

    shown = shown_by(page(llanidloes.opener, "account", llanidloes.account.pk))
    assert "Read by Schoolgate on its page," in shown
    assert "Ysgol Gynradd Llanidloes" in shown
    with scope(llanidloes.federation.pk):
        assert Seen.objects.get().by is None
        assert ProfileRead.objects.count() == 1


def test_who_cannot_open_it_reads_who_does(boroughbridge):
    says = "Once everything is in place, one of these people will open it: Mari Lewis."
    with scope(boroughbridge.federation.pk):
        helper = someone("Sam Poole", "all-staff")
        TeamMember.objects.create(
            account=boroughbridge.account, person=helper, part="lead", from_day=NOW.date()
        )
    assert says in page(boroughbridge.sign_in(helper), "account", boroughbridge.account.pk)
    html = page(boroughbridge.opener, "account", boroughbridge.account.pk)
    assert says not in html
    assert html.index("If you opened the account now:") < html.index("sg-verdict"), (
        "the answer is about who looks"
    )


def test_opening_reads_the_page_once_more_beforehand(llanidloes):
    refused = llanidloes.opener.post(reverse("account-open", args=[llanidloes.account.pk]))

    assert refused.status_code == 409
    with scope(llanidloes.federation.pk):
        assert ProfileRead.objects.count() == 1


def test_conditions_come_after_an_approval_and_only_where_the_policy_has_them(boroughbridge, sign_in):
    wootton = There(**vars(account_waits.build(NOW, *WOOTTON)), sign_in=sign_in)
    with scope(wootton.federation.pk):
        mari = wootton.account.team.get().person
        proposal = Proposal.objects.create(
            by=mari, name="Year 4", network="noticeboard", started_at=NOW, saved_at=NOW
        )
        Account.objects.filter(pk=wootton.account.pk).update(proposal=proposal)
    address = reverse("account-condition", args=[wootton.account.pk])

    assert wootton.owner.get(address).status_code == 409, "there is no approval yet"
    other = reverse("account-condition", args=[boroughbridge.account.pk])
    assert boroughbridge.owner.get(other).status_code == 404


def test_the_page_of_an_account_asks_as_often_with_ten_answers_as_with_one(boroughbridge, same_queries):
    def look() -> None:
        page(boroughbridge.opener, "account", boroughbridge.account.pk)

    def answer() -> None:
        given = {"login_is_private": "no", "says_who_runs_it": "yes", "says_not_always_watched": "yes"}
        boroughbridge.opener.post(reverse("account-setup", args=[boroughbridge.account.pk]), given)

    boroughbridge.opener.post(
        reverse("account-setup", args=[boroughbridge.account.pk]), {"login_is_private": "no"}
    )
    same_queries(look, answer)
