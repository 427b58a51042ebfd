"""Journeys through the example federation Boroughbridge: its story is told once, each test has a copy."""

import pytest

from schoolgate.core.models import Federation
from tests.journeys.example.house import Threads
from tests.journeys.example.somebody import Somebody
from tests.journeys.told import fast_passwords, own_database, pages_at, somebody, told_database

__all__ = ["fast_passwords", "own_database", "pages_at", "somebody", "told_database"]

KEY = "boroughbridge"


class OfBoroughbridge(Somebody):
    """Somebody of that federation's cast."""

    federation = KEY


@pytest.fixture(scope="session")
def example() -> type[Somebody]:
    """The people of this federation's cast."""
    return OfBoroughbridge


@pytest.fixture
def house(live_site: str, own_database: str) -> Threads:
    """The pages, served by threads of the test; the worker's sweeps run when the test says."""
    return Threads(live_site, Federation.objects.get(slug=KEY))
