"""Opening kept back and then opened, clicked through as the person whose step it is; and a site's page."""

import re

import pytest

from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.models import Account
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.clock import now
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.conftest import drafted, ready, seen
from tests.accounts.test_sites import board
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.web.things import png


@pytest.fixture
def goes_to(sign_in):
    """`goes_to(person)`: that person's own browser on a desk."""

    def open_one(person):
        context = open_context()
        bring_session(context, sign_in(person))
        return context.new_page()

    return open_one


def test_an_account_is_kept_back_and_then_opened(goes_to, own_database, make_federation, tmp_path):
    at = now()
    with scope(make_federation("wildground", "wildground").id):
        slt, amina, bryn = someone("Sian Parry", "slt"), someone("Amina Khan", "staff"), someone("Bryn Ellis")
        mari = someone("Mari Lewis", "administrator-moderator")
        school = School.objects.create(name="North", slug="north", languages=["en", "cy"])
        version = adopt(by=slt, at=at)
        case = {
            "aim": "To show families what Year 4 does.", "intended_audience": "Families",
            "promotion": "In the newsletter.", "run_by": [amina.pk, bryn.pk], "visibility": "open",
        }  # fmt: skip
        proposal = drafted(amina, at, school=school, answers=case)
        submit_proposal(proposal=proposal, by=amina, at=at)
        for person in (amina, bryn):
            ready(person, version, trained_by=slt, at=at)
        decide_proposal(proposal=proposal, by=slt, at=at, approve=True, seen=seen(proposal))
        account = Account.objects.get()
    picture = tmp_path / "page.png"
    picture.write_bytes(png())

    page = goes_to(mari)
    page.goto(f"/accounts/{account.pk}")
    needed = page.get_by_role("link", name=re.compile("Needed from"))
    assert needed.count() == 2
    needed.first.click()
    assert page.locator(f"#{page.url.partition('#')[2]}").is_visible()
    page.goto(f"/accounts/{account.pk}")
    page.get_by_role("button", name="Open this account").click()
    expect(page.locator("main")).to_contain_text(re.compile("Waiting for|Needed from"))

    page.goto(f"/accounts/{account.pk}")
    assert wrong_with(page) == []
    page.get_by_role("link", name="Set up this account").click()
    assert wrong_with(page) == []
    page.get_by_role("link", name="Address and contact").click()
    page.get_by_label("Contact").fill("The office")
    page.get_by_role("button", name="Save and continue").click()
    assert wrong_with(page) == []
    page.locator("[name=login_is_private][value=no]").check()
    page.get_by_role("button", name="Save and continue").click()
    assert wrong_with(page) == []
    page.locator("[name=says_who_runs_it][value=yes]").check()
    page.get_by_label("Screenshot of its page").set_input_files(str(picture))
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Open this account").click()
    expect(page.locator("body")).to_contain_text("The account is open and on the register.")
    assert wrong_with(page) == []

    page.goto("/wildground/register")
    expect(page.locator("main")).to_contain_text("Year 4")


def test_the_page_of_a_site_is_readable_by_everybody(goes_to, own_database, make_federation):
    at = now()
    with scope(make_federation("wootton", "wootton").id):
        olwen = someone("Olwen Price", "principal", "administrator")
        adopt(by=olwen, at=at)
        school = School.objects.create(name="North", slug="north", languages=["en"])
        site = board(type("Cast", (), {"school": school}), at)
        site.team.create(person=olwen, part="administrator", from_day=at.date())
    page = goes_to(olwen)
    for where in ("", "/settle", "/text", "/look", "/absence"):
        page.goto(f"/accounts/{site.pk}/site{where}")
        assert wrong_with(page) == []
    page.goto(f"/accounts/{site.pk}")
    assert wrong_with(page) == []
    page.goto("/wootton/noticeboard/north/rules")
    assert wrong_with(page) == []
