"""Fixtures of journeys through an example federation: its story is told once, each test has a copy of it.

Each folder of journeys has a fixture `example`: the class of the people in that federation's cast.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection

from schoolgate.core.models import Federation
from schoolgate.web.frame import doors
from tests import databases
from tests.eyes import Eyes
from tests.journeys.example.house import House
from tests.journeys.example.somebody import Somebody
from tests.stories import Stories

SHOTS = os.environ.get("SCHOOLGATE_TEST_SHOTS")
__all__ = ["fast_passwords", "house", "own_database", "pages_at", "somebody"]


@pytest.fixture
def own_database(example: type[Somebody], stories: Stories, django_db_blocker) -> Iterator[str]:
    """A copy of the example's story, for this test alone."""
    name = databases.clone(stories.database_of(example.federation))
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        databases.connect_to(name)
        cache.clear()
        yield name
        databases.connect_to(before)
    databases.drop(name)


@pytest.fixture
def house(own_database: str, example: type[Somebody]) -> House:
    """The pages; the worker's sweeps run when the test says."""
    return House(Federation.objects.get(slug=example.federation))


@pytest.fixture(autouse=True)
def fast_passwords(settings) -> None:
    """The passwords of a story can be checked, and new ones are hashed as fast."""
    settings.PASSWORD_HASHERS = ["tests.telling.QuickArgon2"]


@pytest.fixture
def pages_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`pages_at(instant)`: from now on pages served by threads of this test take it to be that instant."""
    return lambda instant: monkeypatch.setattr(doors, "now", lambda: instant.astimezone(UTC))


@pytest.fixture
def somebody(
    example: type[Somebody], eyes: Eyes, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Somebody]]:
    """`somebody(house, "tom", language="cy")`: a person of the cast with a browser of their own.

    It runs no scripts and draws nothing, and a step costs a request. `browser=True` is a real one, for a step
    whose subject is a script, or a house that is served by a process; where SCHOOLGATE_TEST_SHOTS names a
    folder for pictures, each is.

    What is wrong with a page that they saw, or what their browser complained of (scripts, the content policy,
    files that did not come), fails the test at its end.
    """
    opened: list[Somebody] = []

    def open_one(house, key: str = "", *, browser: bool = False, **options: object) -> Somebody:
        walk = re.sub(r"\W+", "-", request.node.name).strip("-")
        if browser or SHOTS:
            address = house.address or request.getfixturevalue("live_site")
            chromium = request.getfixturevalue("chromium")
            one = example.with_browser(chromium, house, key, address=address, walk=walk, **options)
        else:
            one = example.without_scripts(house, key, walk=walk, eyes=eyes, **options)
        opened.append(one)
        return one

    yield open_one
    troubles = [trouble for one in opened for trouble in one.troubles]
    for one in opened:
        one.close()
    if troubles:
        pytest.fail("\n".join(dict.fromkeys(troubles)), pytrace=False)
