"""The pages of consents, at the office and for a parent, are in order on a phone and at a desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.pupils import actions, links
from schoolgate.pupils.models import Pupil
from tests.browsing import DESK, PHONE, bring_session, open_context, wrong_with
from tests.pupils.lists import Brought, line
from tests.web.posts_cast import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def world(own_database, stage) -> Stage:
    """The stage on a database of its own, because a browser's requests commit."""
    return stage


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESK, "desk")])
def test_the_pages_of_the_office_are_in_order(world, chromium, served, size, name):
    at = datetime.now(UTC) - timedelta(minutes=5)
    with scope(world.federation.pk):
        sam = world.people["sam"]
        Brought(sam, at, world.school, line(picture="Yes", form="4B")).confirm()
        ava = Pupil.objects.get()
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        link = actions.make_link(by=sam, at=at, pupil=ava, **given)
        own = actions.make_link(by=sam, at=at, pupil=ava, giver="pupil")
        actions.mail_link(by=sam, at=at, link=link)
        slug = world.federation.slug
        public = [reverse("consent-code", args=[slug]), reverse("consent", args=[slug, links.code_of(own)])]
    context = open_context(chromium, size)
    bring_session(context, world.browser("sam"), served)
    page = context.new_page()
    for number, address in enumerate([f"/pupils/{ava.pk}", "/pupils?class=4B", *public]):
        page.goto(served + address)
        for fold in page.locator("summary", has_text="Consent links").all():
            fold.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert wrong_with(page, picture=f"consent-office-{name}-{number}") == []
    context.close()
