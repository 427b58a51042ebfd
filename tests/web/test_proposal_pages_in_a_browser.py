"""Every page of a proposal's form on a phone, under each of the five policies: short and sound."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.accounts.models import Proposal
from schoolgate.core.tenancy import scope
from tests.browsing import PHONE, bring_session, comes, open_context, too_wide, wrong_with
from tests.web.test_proposal_pages import PAGES, at, part  # noqa: F401

pytestmark = pytest.mark.browser
TALLEST = 3000
"""Pixels of a page on a phone 390 pixels wide, with every detail asked."""


@pytest.fixture
def on_a_phone(served, chromium):
    opened = []

    def enter(cast):
        context = open_context(chromium, size=PHONE)
        opened.append(context)
        bring_session(context, cast.ann, served)
        return context.new_page()

    yield enter
    for context in opened:
        context.close()


@pytest.mark.parametrize("key", PAGES)
def test_every_page_is_short_on_a_phone(at, on_a_phone, served, key):  # noqa: F811
    cast = at(key)
    page, wrong, tall = on_a_phone(cast), [], {}
    if key == "wootton":  # who writes there decides what other pages ask
        every = ["own_pupils", "pupils_family", "other_school_pupils", "public", "others"]
        typed = {"point-contributors": every, "point-audience": every, "point-host": "third_party"}
        cast.ann.post(part(cast, "2"), typed)
        cast.ann.post(part(cast, "3"), typed)
    for one in PAGES[key]:
        page.goto(served + part(cast, one))
        tall[one] = page.evaluate("document.documentElement.scrollHeight")
        most = key == "wootton" and one in ("2", "3")
        wrong += wrong_with(page) if most else too_wide(page, PHONE)
    for name in ("proposal", "proposal-check"):
        page.goto(served + reverse(name, args=[cast.pk]))
        wrong += too_wide(page, PHONE)
    page.context.add_cookies([{"name": "django_language", "value": "cy", "url": served}])
    for name in ("proposal", "proposal-check"):
        page.goto(served + reverse(name, args=[cast.pk]))
        tall[name] = page.evaluate("document.documentElement.scrollHeight")
    assert max(tall.values()) <= TALLEST, tall
    assert wrong == []


def test_leaving_a_page_by_its_list_or_by_the_browser_loses_nothing(at, on_a_phone, served):  # noqa: F811
    cast = at("wildground")
    page = on_a_phone(cast)
    page.goto(served + part(cast, "1"))
    page.get_by_label("What the account should achieve").fill("To show our work.")
    page.get_by_text("All parts").click()
    page.get_by_role("button", name="Account", exact=True).click()
    page.wait_for_url("**/edit/account")
    page.wait_for_load_state()
    page.get_by_label("Account name").fill("Art and craft club")
    page.go_back()
    page.get_by_role("button", name="Add another person").click()
    people = page.get_by_role("group", name="People who will look after it")
    expect(people.get_by_role("combobox")).to_have_count(3)

    def saved() -> Proposal | None:
        with scope(cast.federation.pk):
            return Proposal.objects.filter(name="Art and craft club").first()

    proposal = comes(page, saved)  # the browser sends it on its own when the page is left
    assert proposal.answers["aim"] == "To show our work."
