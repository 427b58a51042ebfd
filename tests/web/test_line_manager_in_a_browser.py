"""Wootton's line manager on a phone: the post that waits stands on Today, and one tap approves it."""

import pytest
from playwright.sync_api import expect

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from tests.browsing import PHONE, bring_session, complaints_of_axe, open_context
from tests.publishing.five_policies import enter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_line_manager_finds_the_post_on_today_and_approves_it(
    own_database, home, make_federation, sign_in, served, chromium, scripts
):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        at_work = enter("wootton", now())
        post = at_work.handed_in()
    context = open_context(chromium, PHONE, java_script_enabled=scripts, bypass_csp=scripts)
    bring_session(context, sign_in(at_work.approver), served)
    tab = context.new_page()

    tab.goto(f"{served}/today")
    tab.locator(f'a[href="/posts/{post.pk}"]').first.click()
    if scripts:
        assert complaints_of_axe(tab) == []
    tab.get_by_role("button", name="Approve").click()

    expect(tab.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()
    with scope(federation.pk):
        assert queries.post(post.pk).state == "approved"
