"""Named states of the database that tests start from, instead of acting out what happened before.

A world is a function that acts: by the program's own actions it brings a database to a state, and returns
the people and things that tests speak of. It is acted out once in a run, in a database of its own, which all
tests of that world share: what each writes is rolled back, and each gets copies of what the world returned.

    @world(adopted)
    def published(stage, at): ...

    @pytest.fixture
    def stage(in_world, at):
        return in_world(published, at)

`adopted` is acted out first, in the same way, and `published` goes on in a copy of its database.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from schoolgate.core.models import Federation
from tests import databases
from tests.budget import made_once

Build = Callable[..., SimpleNamespace]
InWorld = Callable[..., SimpleNamespace]


@dataclass(frozen=True)
class World:
    """A state to begin from: the function that acts it out, and the world in which it goes on."""

    build: Build
    after: World | None


def world(after: World | None = None) -> Callable[[Build], World]:
    """Make a function a world. It is given what `after` returned, if there is one, `at` and further words."""
    return lambda build: World(build, after)


def enter_federation(
    slug: str = "wildground",
    policy_key: str = "wildground",
    *,
    languages: Sequence[str] = ("en",),
    is_example: bool = False,
) -> Federation:
    """Enter a federation into the directory of this database, as its administrator would."""
    name = slug.replace("-", " ").title()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT test_make_federation(%s, %s, %s, %s, %s)",
            [slug, name, policy_key, list(languages), is_example],
        )
        return Federation.objects.get(pk=cursor.fetchone()[0])


class Worlds:
    """The worlds of this run, each with its database."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._made: dict[tuple[Any, ...], tuple[str, bytes]] = {}

    def database_of(self, of: World, at: datetime, *words: str) -> tuple[str, SimpleNamespace]:
        """Return the name of a world's database, and what it returned, acting it out where nobody has yet."""
        key = (of, at, *words)
        if key not in self._made:
            given: tuple[Any, ...] = ()
            base = self._template
            if of.after is not None:
                base, before = self.database_of(of.after, at, *words)
                given = (before,)
            name = databases.clone(base)
            databases.connect_to(name)
            with made_once():
                returned = pickle.dumps(of.build(*given, at, *words))
            connection.close()
            self._made[key] = name, returned
        name, returned = self._made[key]
        return name, pickle.loads(returned)  # what this run made itself

    def end(self) -> None:
        """Remove the databases."""
        for name, _returned in self._made.values():
            databases.drop(name)


@pytest.fixture(scope="session")
def worlds(template_database: str, django_db_setup: None) -> Iterator[Worlds]:
    """The worlds of this run."""
    made = Worlds(template_database)
    yield made
    made.end()


@pytest.fixture
def in_world(worlds: Worlds, request: pytest.FixtureRequest, django_db_blocker) -> Iterator[InWorld]:
    """`in_world(world, at)`: from now on the test is in that world; returns what is there.

    With `own_database` in a copy of its own, where commits are real.
    """
    before, copies = connection.settings_dict["NAME"], []
    if connection.in_atomic_block:
        pytest.fail("a test enters its world before anything else of the database", pytrace=False)

    def go(of: World, at: datetime, *words: str) -> SimpleNamespace:
        own = "own_database" in request.fixturenames
        with django_db_blocker.unblock():
            name, returned = worlds.database_of(of, at, *words)
            if own:
                connection.close()
                name = databases.clone(name)
                copies.append(name)
            databases.connect_to(name)
        if "home" in request.fixturenames:
            databases.name_for_programs(request.getfixturevalue("monkeypatch"), name)
        if not own:
            request.getfixturevalue("db")
        return returned

    yield go
    with django_db_blocker.unblock():
        databases.connect_to(before)
    for name in copies:
        databases.drop(name)
