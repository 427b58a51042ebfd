"""Wildground at work, on a database of the journey's own, and the phones of its people."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from schoolgate.people.models import Person
from tests.browsing import PHONE, bring_session, close_contexts, open_context
from tests.eyes import Eyes
from tests.journeys.told import pages_at
from tests.web import scriptless
from tests.web.conftest import browser_of
from tests.web.posts_cast import Stage, set_up

__all__ = ["pages_at"]


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    """`sign_in(person)`: their session, with a second step set up."""
    return browser_of


@pytest.fixture
def phone_of(
    request: pytest.FixtureRequest, eyes: Eyes, sign_in: Callable[[Person], Client]
) -> Callable[..., Page]:
    """`phone_of(person)`: a page on that person's phone, without scripts; `browser=True`: of a real one.
    Without a person it's a visitor's."""

    def open_one(person: Person | None = None, *, browser: bool = False) -> Page:
        if browser:
            site = request.getfixturevalue("live_site")
            context = open_context(request.getfixturevalue("chromium"), PHONE, base_url=site)
            request.addfinalizer(close_contexts)
        else:
            site, context = "", scriptless.open_context()
        if person is not None:
            bring_session(context, sign_in(person), site)
        page = context.new_page()
        page.eyes = eyes
        return page

    return open_one


@pytest.fixture
def stage(own_database, home, federation, sign_in) -> Stage:
    """Wildground at work."""
    return set_up(federation, sign_in)


@pytest.fixture
def phone(stage: Stage, phone_of: Callable[..., Page]) -> Callable[..., Page]:
    """`phone("amina")`: that person's phone, on their page of today."""

    def open_one(who: str, **more: bool) -> Page:
        page = phone_of(stage.people[who], **more)
        page.goto("/today")
        return page

    return open_one
