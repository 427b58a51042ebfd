"""Appendix B in a real browser: what is typed is saved by itself, and a detail appears with its choice."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from schoolgate.accounts.models import Proposal
from schoolgate.core.tenancy import scope
from tests.browsing import bring_session, comes, open_context, wrong_with
from tests.web.test_proposals_pressed import wootton

__all__ = ["wootton"]
pytestmark = pytest.mark.browser


@pytest.fixture
def as_somebody(served, wootton, chromium):
    """`as_somebody("ann")`: a page in that person's own browser, on their page of today."""
    opened = []

    def open_one(name: str) -> Page:
        context = open_context(chromium)
        opened.append(context)
        bring_session(context, getattr(wootton, name), served)
        page = context.new_page()
        page.goto(served + reverse("today"))
        return page

    yield open_one
    for context in opened:
        context.close()


def test_what_is_typed_is_saved_by_itself_and_when_the_page_is_left(served, wootton, as_somebody):
    def saved(name: str) -> str:
        with scope(wootton.federation.pk):
            return Proposal.objects.get().answers.get(name, "")

    wrong = []
    part = {key: reverse("proposal-part", args=[wootton.pk, key]) for key in ("1", "3")}

    ann = as_somebody("ann")
    ann.goto(served + part["3"])
    host = ann.locator("[name='point-host.name']")
    expect(host).to_be_hidden()
    ann.get_by_label("A third party", exact=True).check()
    expect(host).to_be_visible()
    host.fill("Example Hosting")
    wrong += wrong_with(ann, picture="form")
    ann.get_by_role("link", name="Back").click()
    ann.wait_for_url("**" + reverse("proposal", args=[wootton.pk]))
    expect(ann.get_by_role("heading", level=1, name="Upper School art")).to_be_visible()
    comes(ann, lambda: saved("host.name") == "Example Hosting")  # left by a link
    ann.goto(served + part["1"])
    ann.get_by_label("What the account should achieve").fill("To show what our artists make.")
    expect(ann.locator("#saved")).to_contain_text("Saved:")
    comes(ann, lambda: saved("aim") == "To show what our artists make.")
    ann.context.clear_cookies()
    ann.get_by_label("Department", exact=True).fill("Art and design")
    expect(ann.locator("#saved")).to_contain_text("aren’t saved")
    assert wrong == []
