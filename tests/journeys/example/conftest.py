"""Journeys through the example federation Wildground: its story is told once, each test has a copy of it."""

from collections.abc import Iterator

import pytest

from schoolgate.core.models import Federation
from tests.journeys.example.house import Processes
from tests.journeys.example.somebody import Somebody
from tests.journeys.told import fast_passwords, house, own_database, pages_at, somebody

__all__ = ["fast_passwords", "house", "own_database", "pages_at", "somebody"]


@pytest.fixture(scope="session")
def example() -> type[Somebody]:
    """The people of this federation's cast."""
    return Somebody


@pytest.fixture
def wildground(own_database: str) -> Federation:
    """The example federation."""
    return Federation.objects.get(slug="wildground")


@pytest.fixture
def running(own_database: str, wildground: Federation, tmp_path) -> Iterator[Processes]:
    """The program as it is run: `schoolgate web` and `schoolgate worker`, on their own timetable."""
    with Processes(own_database, wildground, tmp_path) as house:
        yield house
