"""Named states of the database that tests start from, instead of acting out what happened before.

A world is a function that acts: by the program's own actions it brings a database to a state, and returns
the people and things that tests speak of. It is acted out once in a run, in a database of its own, which all
tests of that world share: what each writes is rolled back, and each gets copies of what the world returned.
Tests with a `home` get a copy of the world's files in it.

    @world(adopted)
    def published(stage, at): ...

    @pytest.fixture
    def stage(in_world, at):
        return in_world(published, at)

`adopted` is acted out first, in the same way, and `published` goes on in a copy of its database.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from schoolgate.core.env import env
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import current_scope
from tests import databases
from tests.budget import made_once
from tests.environment import a_home

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


@contextmanager
def tried_alone() -> Iterator[None]:
    """Around one of several cases that begin in one scene: what it writes, and what the scope has gathered
    and remembered by then, is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    scope = current_scope()
    scope.pending.clear()
    scope.memo.clear()


@dataclass(frozen=True)
class _Made:
    """A world that was acted out: its database, its files if it has a home of its own, what it returned."""

    database: str
    home: Path | None
    returned: bytes


class Worlds:
    """The worlds of this run, each with its database."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._made: dict[tuple[Any, ...], _Made] = {}

    def made(self, of: World, at: datetime, *words: str, own_home: bool) -> _Made:
        """Return a world, acting it out where nobody has yet.

        `own_home`: its files and keys lie in a home of its own, for tests that have one; others share this
        run's.
        """
        key = (of, at, *words, own_home)
        if key not in self._made:
            before = self.made(of.after, at, *words, own_home=own_home) if of.after is not None else None
            given = () if before is None else (pickle.loads(before.returned),)
            name = databases.clone(self._template if before is None else before.database)
            databases.connect_to(name)
            home = a_home("world") if own_home else None
            with made_once(), _at_home(home, name):
                if home is not None and before is not None and before.home is not None:
                    shutil.copytree(before.home, home, dirs_exist_ok=True)
                returned = pickle.dumps(of.build(*given, at, *words))
            self._made[key] = _Made(name, home, returned)
        return self._made[key]


@contextmanager
def _at_home(home: Path | None, database: str) -> Iterator[None]:
    if home is None:
        yield
        return
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHOOLGATE_HOME", str(home))
        databases.name_for_programs(patch, database)
        yield
    env.cache_clear()


@pytest.fixture(scope="session")
def worlds(template_database: str, django_db_setup: None) -> Worlds:
    """The worlds of this run."""
    return Worlds(template_database)


@pytest.fixture
def in_world(worlds: Worlds, request: pytest.FixtureRequest, django_db_blocker) -> Iterator[InWorld]:
    """`in_world(world, at)`: from now on the test is in that world; returns what is there.

    With `own_database` in a copy of its own, where commits are real; with `home` a copy of its files is in
    there.
    """
    before, copies = connection.settings_dict["NAME"], []
    if connection.in_atomic_block:
        pytest.fail("a test enters its world before anything else of the database", pytrace=False)

    def go(of: World, at: datetime, *words: str) -> SimpleNamespace:
        own = "own_database" in request.fixturenames
        home = request.getfixturevalue("home") if "home" in request.fixturenames else None
        with django_db_blocker.unblock():
            made = worlds.made(of, at, *words, own_home=home is not None)
            name = made.database
            if own:
                name = databases.clone(name)
                copies.append(name)
            databases.connect_to(name)
        if home is not None and made.home is not None:
            databases.name_for_programs(request.getfixturevalue("monkeypatch"), name)
            shutil.copytree(made.home, home, dirs_exist_ok=True)
        if not own:
            request.getfixturevalue("db")
        return pickle.loads(made.returned)  # what this run made itself

    yield go
    with django_db_blocker.unblock():
        databases.connect_to(before)
    for name in copies:
        databases.drop(name)


@pytest.fixture
def begin_in(request: pytest.FixtureRequest) -> InWorld:
    """`begin_in(world, at)`: the same for tests that may need several worlds, or something else before.

    The first one is entered, unless the test has touched the database already; others are acted out where it
    is then.
    """
    entered: list[World] = []

    def go(of: World, at: datetime, *words: str) -> SimpleNamespace:
        if entered or connection.in_atomic_block or "own_database" in request.fixturenames:
            return _acted_out(of, at, *words)
        entered.append(of)
        enter: InWorld = request.getfixturevalue("in_world")
        return enter(of, at, *words)

    return go


def _acted_out(of: World, at: datetime, *words: str) -> SimpleNamespace:
    given = () if of.after is None else (_acted_out(of.after, at, *words),)
    return of.build(*given, at, *words)
