"""Signing in with a school account, clicked: the way out and back under the program's own content policy."""

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from tests.browsing import open_context
from tests.cast import someone
from tests.web.signing import with_password

pytestmark = pytest.mark.browser


def test_a_teacher_joins_their_school_account_and_signs_in_with_it(
    chromium,
    served,
    federation,
    provider,
    directory,
):
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    # The content policy stays in force: this test is about what it lets through.
    page = open_context(chromium, bypass_csp=False).new_page()

    page.goto(f"{served}/sign-in")
    page.get_by_role("button", name="Wildground school").click()
    expect(page.get_by_role("heading", name="You’re not signed in")).to_be_visible()

    page.get_by_role("link", name="Go to the sign-in page").click()
    page.get_by_label("Email address").fill(tom.user.email)
    page.get_by_label("Password", exact=True).fill("three-brown-horses")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{served}/me")
    page.get_by_role("link", name="School accounts").click()
    page.get_by_role("button", name="Wildground school").click()
    expect(page.get_by_text("School account linked.")).to_be_visible()

    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{served}/sign-in?next=/me")
    page.get_by_role("button", name="Wildground school").click()
    expect(page.get_by_role("heading", name="Tom Teacher")).to_be_visible()
