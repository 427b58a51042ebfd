"""A policy entered wholly through the pages: from an empty home to a post that it judges.

Import a document, pick its clauses, change one, remove one, fill in a rule, try it, adopt, sign; then a post
that the rule refuses with the clause's own words, and one that it lets through.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from schoolgate.core.models import Federation, School
from schoolgate.core.setting_up import mint_link
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.cast import someone, someone_leads
from tests.eyes import expect, wrong_with
from tests.journeys.empty_home import our_own_policy as steps
from tests.publishing.conftest import account_on
from tests.web import scriptless
from tests.web.conftest import browser_of
from tests.web.posts_cast import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_a_school_enters_its_own_policy_and_a_post_is_judged_by_it(own_database, home, phone):
    ben = phone()
    steps.begin(ben, f"/set-up/begin/{mint_link(at=datetime.now(UTC))}")
    steps.empty_policy(ben)
    steps.refused_then_read(ben)
    steps.picks(ben)
    telephone = phone()
    telephone.context.add_cookies(ben.context.cookies())
    steps.goes_on_later(telephone)
    steps.removes(ben_on(ben, "/policy/clauses"))
    steps.writes_the_rule(ben)
    steps.tries_an_example(ben)
    in_welsh(ben)
    steps.adopts(ben)
    steps.signs(ben)
    posts(phone)


def ben_on(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def in_welsh(page: Page) -> None:
    """The same pages in Welsh."""
    page.goto("/policy/import")
    page.get_by_role("button", name="Cymraeg", exact=True).click()
    page.wait_for_load_state()
    wrong = []
    for path in ("", "/2", "/3", "/1"):
        page.goto(f"/policy/import{path}")
        wrong += wrong_with(page, "cy")
    assert wrong == []
    page.get_by_role("button", name="English", exact=True).click()
    page.wait_for_load_state()


def posts(phone) -> None:
    """Vera of the staff writes a post that names a pupil beside their picture, then one without the name.
    It waits until someone leads on safeguarding; she names no lead herself."""
    with scope(Federation.objects.get().pk):
        school = School.objects.get()
        account_on("facebook", school, datetime.now(UTC), opened_by=Person.objects.get())
        vera = browser_of(someone("Vera Voss", "staff"))
    page = phone()
    scriptless.bring_session(page.context, vera)
    for named, heading in (("full", "This isn’t allowed"), ("no", "")):
        page.goto(f"/posts/new/{school.pk}")
        where = page.get_by_role("group", name="Where", exact=True)
        expect(where).to_contain_text("The school on facebook")
        page.get_by_role("textbox", name="Text", exact=True).fill("Sports day is on Friday.")
        page.locator("#id_pictures").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        )
        page.get_by_role("button", name="Add pictures").click()
        page.locator("textarea[name^=alt-]").fill("A child beside a goal.")
        page.get_by_role("group", name="Who can be seen in it?").get_by_label("Pupils").check()
        page.get_by_text("Other people shown or named", exact=True).click()
        page.get_by_role("button", name="Add an entry").click()
        for column, value in (("relation", "pupil"), ("shown", "yes"), ("named", named)):
            page.locator(f"select[name=person-0-{column}]").select_option(value)
        page.get_by_role("button", name="Save draft").click()
        page.wait_for_load_state()
        page.locator("#policy > summary").click()
        says = page.get_by_text(f"The policy says: {steps.NAMES}")
        if heading:
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
            expect(says).to_be_visible()
        else:
            expect(page.get_by_role("heading", name="This isn’t allowed")).to_have_count(0)
            expect(says).to_have_count(0)
        assert wrong_with(page) == []
    no_lead = page.get_by_text("No one leads on safeguarding here yet.")
    expect(no_lead).to_be_visible()
    with scope(school.federation_id):
        someone_leads()
    page.reload()
    expect(page.locator("#missing")).to_be_visible()
    expect(no_lead).to_have_count(0)
    assert wrong_with(page) == []
