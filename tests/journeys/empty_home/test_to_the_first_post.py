"""From an empty home, by the printed address alone, to the first post on the school's own noticeboard.

Each person has a phone of their own and finds the next step where the program says it: on the set-up list, on
their page Today, or in a mail. The worker's sweeps run when the test lets a minute pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from schoolgate.core.models import Federation
from schoolgate.core.setting_up import mint_link
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import deliveries, notices, send_due
from schoolgate.reports.ready import still_open
from tests.conftest import deliver_all
from tests.eyes import expect
from tests.journeys.empty_home import first_post, setting_up
from tests.journeys.empty_home.setting_up import comes_in, looks_right
from tests.journeys.example.house import in_a_thread
from tests.notices.server import Server, running
from tests.working import do_jobs

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def office(own_database, home) -> Iterator[Server]:
    """The school's mail server."""
    cache.clear()
    with running() as server:
        yield server


def minute_passes() -> None:
    """The sweeps of one minute, and the handlers of what has happened."""

    def sweep() -> None:
        at = datetime.now(UTC) + timedelta(minutes=1)
        deliver_all(Federation.objects.get().pk, at)
        for each in (send_due, deliveries, notices):
            each(at)
        do_jobs(at, clock=lambda: datetime.now(UTC))

    in_a_thread(sweep)


def invited(phone: Callable[[], Page], office: Server, name: str) -> Page:
    """Somebody on their own phone, by the link that the mail of their invitation brings."""
    minute_passes()
    address = f"{name}@oakhill.example.org"
    letters = [message_from_string(text, policy=default) for to, text in office.taken if to == address]
    link = re.search(r"http://\S+/invitation/\S+", letters[-1].get_content())
    page = phone()
    page.goto("/" + link[0].split("/", 3)[3])
    comes_in(page, address)
    return page


def test_an_office_goes_from_an_empty_home_to_its_first_post(office, phone):
    olu, visitor = phone(), phone()
    olu.goto("/sign-in")
    expect(olu.get_by_text("Nothing is set up here yet.")).to_be_visible()
    setting_up.first_pages(olu, f"/set-up/begin/{mint_link(at=datetime.now(UTC))}")
    olu.goto("/set-up")
    looks_right(olu)
    setting_up.mail(olu, office)
    setting_up.second(olu)
    dora = invited(phone, office, "dora")
    setting_up.days(olu)
    setting_up.safeguarding(olu, dora)
    setting_up.policy(olu)
    setting_up.people(olu)

    tom, priya = (invited(phone, office, name) for name in ("tom", "priya"))
    first_post.proposes(tom)
    minute_passes()
    for one in (tom, priya):
        first_post.knows_the_policy(one)
    first_post.trained(olu, "Tom Ellery", "Priya Nair")
    first_post.decides(olu)
    first_post.opens(priya)
    first_post.writes(tom)
    olu.goto("/set-up")
    expect(
        olu.get_by_text("A post is written and needs approval from someone other than the author.")
    ).to_be_visible()
    looks_right(olu)
    first_post.approves(priya)
    minute_passes()
    first_post.reads_it(visitor)

    olu.goto("/set-up")
    expect(olu.get_by_role("heading", name="Your first post is live")).to_be_visible()
    looks_right(olu)
    for one in (olu, tom):
        one.goto("/today")
        expect(one.get_by_role("heading", level=1, name=re.compile("Today$"))).to_be_visible()
        expect(one.get_by_text("Getting to your first post")).to_have_count(0)
    # The same at another door.
    with scope(Federation.objects.get().pk):
        assert still_open(at=datetime.now(UTC)) == []
