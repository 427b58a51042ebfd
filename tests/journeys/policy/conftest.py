"""Journeys through the example federation Boroughbridge: its story is told once, each test has a copy."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser

from schoolgate.cli.demo.telling import tell
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from tests import databases
from tests.journeys.example.house import Threads
from tests.journeys.example.somebody import Somebody

KEY = "boroughbridge"


class OfBoroughbridge(Somebody):
    """Somebody of that federation's cast."""

    federation = KEY


@pytest.fixture(scope="session")
def told_database(template_database: str, django_db_setup: None, django_db_blocker) -> str:
    """A database in which the story of Boroughbridge has been told up to this moment, to be cloned."""
    name = databases.clone(template_database)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        databases.connect_to(name)
        tell(KEY, now=now())
        databases.connect_to(before)
    return name


@pytest.fixture
def own_database(told_database: str, django_db_blocker) -> Iterator[str]:
    """A copy of the told database, for this test alone."""
    name = databases.clone(told_database)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        databases.connect_to(name)
        cache.clear()
        yield name
        databases.connect_to(before)
    databases.drop(name)


@pytest.fixture(autouse=True)
def fast_passwords(settings) -> None:
    """The story was told with the program's own hasher; only what is set anew is hashed fast."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


@pytest.fixture
def house(live_site: str, own_database: str) -> Threads:
    """The pages, served by threads of the test; the worker's sweeps run when the test says."""
    return Threads(live_site, Federation.objects.get(slug=KEY))


@pytest.fixture
def somebody(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Somebody]]:
    """`somebody(house, "martin", language="cy")`: a person of the cast with a browser of their own.

    What is wrong with a page that they saw, or what their browser complained of, fails the test at its end.
    """
    opened: list[Somebody] = []

    def open_one(house, key: str = "", **options: object) -> Somebody:
        walk = re.sub(r"\W+", "-", request.node.name).strip("-")
        one = OfBoroughbridge.with_browser(chromium, house, key, walk=walk, **options)
        opened.append(one)
        return one

    yield open_one
    troubles = [trouble for one in opened for trouble in one.troubles]
    for one in opened:
        one.page.context.close()
    if troubles:
        pytest.fail("\n".join(dict.fromkeys(troubles)), pytrace=False)
