"""Journeys through the example federation Wildground: its story is told once, each test has a copy of it."""

import pytest

from schoolgate.core.models import Federation
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
