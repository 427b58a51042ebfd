"""Wildground at work, on a database of the journey's own, and the phones of its people."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page

from schoolgate.people.models import Person
from tests.browsing import PHONE, bring_session, open_context
from tests.journeys.told import pages_at
from tests.web.posts_cast import Stage, set_up

__all__ = ["pages_at"]


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    """`sign_in(person)`: their session, with a second step set up."""

    def give(person: Person) -> Client:
        Authenticator.objects.get_or_create(
            user=person.user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
        )
        browser = Client()
        browser.force_login(person.user)
        return browser

    return give


@pytest.fixture
def stage(own_database, home, federation, sign_in) -> Stage:
    """Wildground at work."""
    return set_up(federation, sign_in)


@pytest.fixture
def phone(stage, live_site, chromium) -> Callable[[str], Page]:
    """`phone("amina")`: a page on that person's phone."""

    def open_one(who: str) -> Page:
        context = open_context(chromium, PHONE)
        bring_session(context, stage.browser(who), live_site)
        page = context.new_page()
        # The very first request of a program loads its pages, which is nothing to measure.
        assert stage.browser(who).get("/today").status_code == 200
        page.goto(f"{live_site}/today")
        return page

    return open_one
