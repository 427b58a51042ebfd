"""A governor opens the report, follows a number to its rows, and sends the report as a link that ends."""

import pytest

from schoolgate.core.clock import now
from schoolgate.core.models import LedgerRow
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.reports.governors_measures import ENDED, LASTS, MADE, OPENED
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
REPORT = "/evidence?as=report"


def test_a_governor_follows_a_number_to_its_rows(house, somebody):
    grace = somebody(house, "grace", both=True)
    grace.sign_in()
    grace.open("/evidence")
    grace.press("Governors’ report")
    grace.headed("Governors’ report")
    grace.sees("Questions to ask")
    grace.look("governors")

    for part in grace.page.locator("details.sg-card > summary").all():
        part.click()
    grace.look("governors-figures")
    report = grace.page.url
    grace.page.get_by_role("link", name=grace.say("Posts published"), exact=False).first.click()
    grace.headed(grace.say("Posts published"))
    grace.look("governors-posts")

    grace.page.goto(report)
    grace.page.locator("#promises > summary").click()
    link = grace.page.get_by_role("link", name=grace.say("Comments and messages received"))
    number = int(link.inner_text())
    assert number
    link.click()
    grace.page.wait_for_url("**/inbox?*since=*")
    assert grace.page.locator("main tbody tr").count() == number
    grace.look("governors-rows")


def test_the_report_is_sent_as_a_link_that_is_disabled_or_ends(house, somebody, wildground, pages_at):
    grace = somebody(house, "grace", both=True)
    grace.sign_in()
    grace.open(REPORT)
    withdrawn = makes_a_link(grace)

    visitor = somebody(house, both=True)
    visitor.open(withdrawn)
    visitor.headed("Governors’ report")
    visitor.sees("Questions to ask")
    visitor.sees("This link works until")
    visitor.look("governors-by-link")
    for part in visitor.page.locator("details.sg-card > summary").all():
        part.click()
    # Numbers open their rows for those who sign in; the link shows the numbers and leads no further.
    expect(visitor.page.locator("main").get_by_role("link")).to_have_count(0)
    expect(visitor.named("Make link")).to_have_count(0)
    visitor.look("governors-by-link-figures")

    grace.open(REPORT)
    grace.sees("Last opened")
    grace.look("governors-links")
    grace.page.get_by_role("button", name=grace.say("Disable link")).click()
    grace.sees("Link disabled.")
    nothing_is_shown(visitor, withdrawn)

    left = makes_a_link(grace)
    assert left != withdrawn
    pages_at(now() + LASTS)
    nothing_is_shown(visitor, left)
    with scope(wildground.pk):
        written = list(
            LedgerRow.objects.filter(event__startswith="governors.")
            .order_by("number")
            .values_list("event", flat=True)
        )
    assert [event for event in written if event != OPENED] == [MADE, ENDED, MADE]
    assert OPENED in written[: written.index(ENDED)]
    assert OPENED not in written[written.index(ENDED) :]


def makes_a_link(grace):
    """Make a link on the page of the report, and return where it leads on this test's own server."""
    fold = grace.page.locator("#links")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    grace.named("Make link").click()
    grace.sees("Link made. Copy it from below.")
    return parts_of(grace.page.locator("#links .sg-content").first.inner_text()).path


def nothing_is_shown(visitor, address):
    """The link has ended: the page says so, and what to do."""
    assert visitor.page.goto(address).status == 404
    visitor.headed("Page not found")
    visitor.sees("This link no longer works.")
    visitor.sees("Ask the school for a new one.")
    expect(visitor.page.get_by_text(visitor.say("Questions to ask"))).to_have_count(0)
    visitor.look("governors-link-ended")
