"""Wootton's line manager on a phone: the post that waits stands on Today, and two taps approve it."""

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from tests.publishing.five_policies import enter
from tests.web.scriptless import bring_session, expect, open_context, wrong_with


def test_the_line_manager_finds_the_post_on_today_and_approves_it(
    own_database, home, make_federation, sign_in
):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        at_work = enter("wootton", now())
        post = at_work.handed_in()
    context = open_context()
    bring_session(context, sign_in(at_work.approver))
    tab = context.new_page()

    tab.goto("/today")
    tab.locator(f'a[href="/posts/{post.pk}"]').first.click()
    assert wrong_with(tab) == []
    tab.get_by_label("discussed the content with me first").check()
    tab.get_by_role("button", name="Approve").click()

    expect(tab.get_by_text("Approved. It will be posted within a minute or two.")).to_be_visible()
    with scope(federation.pk):
        assert queries.post(post.pk).state == "approved"
